import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/operations/index.ts';
import { compareSchemas } from '../../src/schema/compare/compare.ts';
import type { Difference, Omission } from '../../src/schema/compare/difference.ts';
import { nothingUnknown } from '../../src/schema/compare/difference.ts';
import { compareExpressions } from '../../src/schema/compare/spelling.ts';
import { unknownAfter, unknownInEither } from '../../src/schema/compare/unknown.ts';
import { createSchema } from '../../src/schema/state.ts';
import { addColumn, column, createIndex, createTable, dropIndex, foreignKey, index, name, run } from './deeds.ts';

const ruby = { language: 'ruby' } as const;

function schemaOf(operations: readonly Operation[], complete = true) {
  const schema = createSchema({ complete, engine: 'postgres' });
  for (const operation of operations) schema.apply(operation, { inChangeSet: false });
  return schema;
}

function differences(here: readonly Operation[], there: readonly Operation[], unknown = nothingUnknown, omits: readonly Omission[] = []): string[] {
  return compareSchemas(schemaOf(here), schemaOf(there), { engine: 'postgres', unknown, omits: new Set(omits) }).map(print);
}

function print({ table, part, name: title, what, here, there, certain }: Difference): string {
  return `${certain ? '' : '? '}${table.name} ${part}${title === null ? '' : ` ${title}`} ${what}: ${here ?? '-'} | ${there ?? '-'}`;
}

describe('columns', () => {
  const table = (...columns: Parameters<typeof createTable>[1]) => [createTable('users', columns)];
  it('takes other spellings of one type and default for the same', () => {
    expect(differences(
      table(column('a', 'varchar', [255]), column('b', 'int4'), column('c', 'timestamp', [6]), column('d', 'numeric', [10]), column('e', 'integer', [], { default: { kind: 'constant', value: 0 } }), column('f', 'boolean', [], { default: { kind: 'constant', value: 'f' } }), column('g', 'timestamp', [], { default: { kind: 'expression', sql: 'now()', functions: ['now'] } }), column('h', 'text', [], { default: { kind: 'constant', value: null } }), column('i', 'bigserial')),
      table(column('a', 'character varying', [255]), column('b', 'integer'), column('c', 'timestamp'), column('d', 'numeric', [10, 0]), column('e', 'integer', [], { default: { kind: 'constant', value: '0' } }), column('f', 'boolean', [], { default: { kind: 'constant', value: false } }), column('g', 'timestamp', [], { default: { kind: 'expression', sql: 'NOW()', functions: ['now'] } }), column('h', 'text'), column('i', 'bigint', [], { nullable: false, default: { kind: 'expression', sql: "nextval('public.x'::regclass)", functions: ['nextval'] } })),
    )).toEqual([]);
  });
  it('tells type, null, default, what is missing on either side', () => {
    expect(differences(
      table(column('a', 'varchar', [20]), column('b'), column('c', 'integer', [], { default: { kind: 'constant', value: 1 } }), column('d', 'text', [], { nullable: false })),
      table(column('a', 'varchar', [30]), column('b', 'integer', [], { nullable: false }), column('c'), column('e', 'text')),
    )).toEqual(['users column a type: varchar(20) | varchar(30)', 'users column b null: NULL | NOT NULL', 'users column c default: 1 | -', 'users column d missing-there: text NOT NULL | -', 'users column e missing-here: - | text']);
  });
  it('does not call a default different that is only spelled otherwise', () => {
    const value = (sql: string) => table(column('a', 'timestamp', [], { default: { kind: 'expression', sql, functions: ['now'] } }));
    expect(differences(value('now()'), value('CURRENT_TIMESTAMP'))).toEqual(['? users column a default: now() | CURRENT_TIMESTAMP']);
    expect(differences(table(column('a', 'jsonb', [], { default: { kind: 'constant', value: '{}' } })), table(column('a', 'jsonb', [], { default: { kind: 'constant', value: '{ }' } })))).toEqual(["? users column a default: '{}' | '{ }'"]);
  });
  it('compares generated columns by whether they are stored, their expressions as spellings', () => {
    const generated = (expression: string, stored = true) => table(column('a', 'integer', [], { generated: { expression, stored } }));
    expect(differences(generated('b * 2'), generated('(b * 2)'))).toEqual([]);
    expect(differences(generated('b * 2'), generated('2 * b'))).toEqual(['? users column a generated: b * 2 | 2 * b']);
    expect(differences(generated('b * 2'), table(column('a')))).toEqual(['users column a generated: b * 2 | -']);
  });
});

describe('indexes and constraints', () => {
  const base = createTable('users', [column('id', 'bigserial', [], { primaryKey: true }), column('a', 'text'), column('b', 'text')]);
  it('finds an index of another name, and what an index of the same name does otherwise', () => {
    expect(differences([base, createIndex(index('users', ['a'], { name: 'x' }))], [base, createIndex(index('users', ['a'], { name: 'y' }))])).toEqual(['users index y name: x | y']);
    expect(differences([base, createIndex(index('users', ['a'], { name: 'x', unique: true, where: 'a IS NOT NULL' }))], [base, createIndex(index('users', ['b'], { name: 'x', method: 'hash' }))])).toEqual([
      'users index x columns: a | b', 'users index x unique: true | false', 'users index x method: btree | hash', 'users index x where: a IS NOT NULL | -',
    ]);
    expect(differences([base, createIndex(index('users', ['a'], { name: 'x' }))], [base])).toEqual(['users index x missing-there: (a) | -']);
  });
  it('does not call a condition different that is only spelled otherwise', () => {
    const partial = (where: string) => [base, createIndex(index('users', ['a'], { name: 'x', where }))];
    expect(differences(partial("a = 'x'"), partial("((a)::text = 'x'::text)"))).toEqual([]);
    expect(differences(partial("a IN ('x')"), partial("a = 'x'"))).toEqual(["? users index x where: a IN ('x') | a = 'x'"]);
  });
  it('tells a unique constraint from a unique index where the dump does', () => {
    const constraint = [base, run({ kind: 'add-unique', table: name('users'), name: 'u', columns: ['a'], usingIndex: null, deferrable: false, nullsNotDistinct: false })];
    const made = [base, createIndex(index('users', ['a'], { name: 'u', unique: true }))];
    expect(differences(constraint, made)).toEqual(['users index u constraint: true | false']);
    expect(differences(constraint, made, nothingUnknown, ['unique-constraint'])).toEqual([]);
  });
  it('takes the names that Rails makes up for none', () => {
    const keyed = (more: Parameters<typeof foreignKey>[2]) => [base, createTable('posts', [column('user_id', 'bigint')]), run({ kind: 'add-foreign-key', table: name('posts'), foreignKey: foreignKey(['user_id'], 'users', more), ifNotExists: false }, ruby)];
    expect(differences(keyed({}), keyed({ name: 'fk_rails_0123456789', referencedColumns: ['id'], onDelete: 'no action' }))).toEqual([]);
    expect(differences(keyed({}), keyed({ name: 'mine', onDelete: 'cascade' }))).toEqual(['posts foreign-key mine name: - | mine', 'posts foreign-key mine on-delete: - | cascade']);
    expect(differences(keyed({ validated: false }), keyed({}))).toEqual(['posts foreign-key validated: false | true']);
    expect(differences(keyed({}), [base, createTable('posts', [column('user_id', 'bigint')])])).toEqual(['posts foreign-key missing-there: (user_id) REFERENCES users | -']);
  });
  it('calls a check unknown whose expression only is spelled otherwise', () => {
    const checked = (expression: string, title: string | null = 'c') => [base, run({ kind: 'add-check', table: name('users'), check: { name: title, expression, validated: true }, ifNotExists: false }, ruby)];
    expect(differences(checked("a IN ('x', 'y')"), checked("(a = ANY (ARRAY['x'::text, 'y'::text]))"))).toHaveLength(1);
    expect(differences(checked("a IN ('x', 'y')"), checked("(a = ANY (ARRAY['x'::text, 'y'::text]))"))[0]).toMatch(/^\? users check c expression/);
    expect(differences(checked('a > b', null), checked('(a > b)', 'chk_rails_0123456789'))).toEqual([]);
    expect(differences(checked('a > b'), [base])).toEqual(['users check c missing-there: a > b | -']);
  });
  it('compares primary keys', () => {
    expect(differences([createTable('t', [column('a'), column('b')], { primaryKey: ['a'] })], [createTable('t', [column('a'), column('b')], { primaryKey: ['a', 'b'] })])).toEqual([
      't column b null: NULL | NOT NULL', 't primary-key columns: a | a, b',
    ]);
  });
});

describe('what is unknown', () => {
  it('is never called different', () => {
    const made = createTable('users', [column('a')]);
    const opaque = run({ kind: 'opaque', reason: 'not read', text: 'add_column :users, name, :text' }, ruby);
    expect(unknownAfter([opaque])).toEqual({ all: false, tables: new Set(['users']) });
    expect(differences([made], [createTable('users', [column('b')])], unknownAfter([opaque]))).toEqual(['? users column a missing-there: integer | -', '? users column b missing-here: - | integer']);
    expect(unknownAfter([run({ kind: 'opaque', reason: 'not read', text: 'do_things' }, ruby)]).all).toBe(true);
    expect(unknownAfter([run({ kind: 'opaque', reason: 'not read', text: 'ALTER TABLE "public"."Users" ADD x' })]).tables).toEqual(new Set(['Users']));
  });
  it('is what runs on a condition, under all names that its table gets', () => {
    const unknown = unknownAfter([{ ...addColumn('users', column('b')), certain: false }, run({ kind: 'rename-table', table: name('users'), to: name('people') })]);
    expect(unknown).toEqual({ all: false, tables: new Set(['users', 'people']) });
    expect(unknownAfter([dropIndex({ name: name('i') }, { certain: false })]).all).toBe(true);
    expect(unknownInEither(unknown, { all: true, tables: new Set(['x']) })).toEqual({ all: true, tables: new Set(['users', 'people', 'x']) });
  });
  it('is a table that was only seen altered, and one that an incomplete schema does not list', () => {
    expect(differences([addColumn('users', column('a'))], [createTable('users', [column('a'), column('b')])])).toEqual(['? users column b missing-here: - | integer']);
    const partial = compareSchemas(schemaOf([], false), schemaOf([createTable('users', [])]), { engine: 'postgres', unknown: nothingUnknown, omits: new Set() });
    expect(partial.map(({ certain }) => certain)).toEqual([false]);
  });
});

describe('tables', () => {
  it('are missing on either side, but for those of Active Record itself', () => {
    expect(differences([createTable('a', [column('x')])], [createTable('b', [column('y')]), createTable('schema_migrations', [column('version', 'varchar')])])).toEqual(['a table missing-there: x | -', 'b table missing-here: - | y']);
  });
});

describe('spelling of expressions', () => {
  it.each([
    ["a = 'X'", "((a)::text = 'X'::text)", 'same'],
    ['now()', 'NOW( )', 'same'],
    ["nextval('x')", "nextval('x'::regclass)", 'same'],
    ['a::character varying(20)[]', 'a', 'same'],
    ['public.f(a)', 'f("a")', 'same'],
    ["a = 'X'", "a = 'x'", 'unknown'],
  ])('%s and %s', (here, there, expected) => { expect(compareExpressions(here, there)).toBe(expected); });
});
