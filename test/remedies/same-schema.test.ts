import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/operations/index.ts';
import { columnType } from '../../src/operations/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import {
  changeTypeInSteps, checkInTwoSteps, concurrentIndex, concurrentIndexRemoval, dropColumnAfterIgnoring, foreignKeyInTwoSteps, notNullColumnInSteps, notNullInSteps, primaryKeyInSteps, renameColumnInThreeDeployments,
  rewritingColumnInSteps, uniqueConstraintUsingIndex, uniqueIndexAlone, volatileDefaultInSteps,
} from '../../src/remedies/index.ts';
import { addColumn, column, createIndex, createTable, dropColumn, dropIndex, foreignKey, index, name } from '../schema/deeds.ts';
import { at, context, deploy, run, structure } from './scene.ts';

const teams = createTable('teams', [column('id', 'bigserial', [], { nullable: false })], { primaryKey: ['id'] });
const users = createTable('users', [
  column('id', 'bigserial', [], { nullable: false }),
  column('name', 'varchar', [80], { nullable: false, default: { kind: 'constant', value: "o'x" } }),
  column('email', 'text'),
  column('order', 'integer'),
  column('team_id', 'bigint'),
  column('price', 'integer', [], { nullable: false, default: { kind: 'constant', value: 3 } }),
], { primaryKey: ['id'] });
const hung: Operation[] = [
  createIndex(index('users', ['name'], { name: 'index_users_on_name', unique: true })),
  createIndex(index('users', ['email', 'name'], { name: 'mail_then_name', where: "name <> 'name'" })),
  createIndex(index('users', [], { name: 'lower_name', keys: [{ column: null, expression: 'lower((name)::text)' }] })),
  at({ kind: 'add-check', table: name('users'), check: { name: 'name_not_empty', expression: "name <> ''", validated: true }, ifNotExists: false }),
  at({ kind: 'add-foreign-key', table: name('users'), foreignKey: foreignKey(['team_id'], 'teams', { name: 'team_key', referencedColumns: ['id'] }), ifNotExists: false }),
  at({ kind: 'add-unique', table: name('users'), name: 'mail_and_name', columns: ['email', 'name'], usingIndex: null, deferrable: false, nullsNotDistinct: false }),
];
const before = [teams, users, ...hung];
const rows = `INSERT INTO teams SELECT FROM generate_series(1, 3);
  INSERT INTO users (name, email, "order", team_id, price) SELECT 'n' || i, CASE WHEN i % 3 > 0 THEN 'e' || i END, i, 1 + i % 3, i FROM generate_series(1, 2500) i`;

let original: PGlite;
let remedied: PGlite;
beforeAll(async () => {
  [original, remedied] = [new PGlite(), new PGlite()];
});
afterAll(async () => {
  await original.close();
  await remedied.close();
});

/** Both databases end with the same structure, whether one runs the operation or the other its remedy. */
async function same(operation: Operation, make: (c: RemedyContext) => Remedy, options: { more?: readonly Operation[]; prepare?: string; settle?: string } = {}): Promise<Remedy> {
  const all = [...before, ...(options.more ?? [])];
  const c = context(all, { operations: [operation] });
  const remedy = make(c);
  for (const database of [original, remedied]) {
    await database.exec('DROP TABLE IF EXISTS users, teams, small CASCADE');
    await run(database, all);
    await database.exec(`${rows}; ${options.prepare ?? ''}`);
  }
  await run(original, [operation]);
  if (options.settle) await original.exec(options.settle);
  await deploy(remedied, remedy, c);
  expect(await structure(remedied)).toEqual(await structure(original));
  return remedy;
}

describe('a remedy ends in the schema that was asked for', () => {
  it('create index', () => same(createIndex(index('users', ['email'], { name: 'i' })), (c) => concurrentIndex(at({ kind: 'create-index', index: index('users', ['email'], { name: 'i' }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null }), c)));
  it('drop index', () => same(dropIndex({ name: name('lower_name') }), (c) => concurrentIndexRemoval(at({ kind: 'drop-index', table: null, name: name('lower_name'), columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null }), c)));
  it('unique index', async () => {
    const deed = { kind: 'create-index' as const, index: index('users', ['order'], { name: 'u', unique: true }), concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null };
    await same(at(deed), (c) => uniqueIndexAlone(at(deed), c));
  });
  it('unique constraint', async () => {
    const operation = at({ kind: 'add-unique', table: name('users'), name: null, columns: ['order', 'email'], usingIndex: null, deferrable: true, nullsNotDistinct: false });
    await same(operation, (c) => uniqueConstraintUsingIndex(operation, c));
  });
  it('foreign key', async () => {
    const key = foreignKey(['order'], 'users', { name: 'fk', referencedColumns: ['id'], onDelete: 'cascade' });
    await same(at({ kind: 'add-foreign-key', table: name('users'), foreignKey: key, ifNotExists: false }), (c) => foreignKeyInTwoSteps(name('users'), key, c));
  });
  it('check', async () => {
    const check = { name: 'positive', expression: '"order" > 0', validated: true };
    await same(at({ kind: 'add-check', table: name('users'), check, ifNotExists: false }), (c) => checkInTwoSteps(name('users'), check, c));
  });
  it('not null', () => same(at({ kind: 'set-not-null', table: name('users'), column: 'order', fill: { kind: 'constant', value: 0 } }), (c) => notNullInSteps(name('users'), 'order', c), { prepare: 'UPDATE users SET "order" = NULL WHERE id < 5' }));
  it('not null column', async () => {
    const operation = at({ kind: 'add-column', table: name('users'), column: column('score', 'integer', [], { nullable: false }), ifNotExists: false });
    await same(addColumn('users', column('score', 'integer')), (c) => notNullColumnInSteps(operation, c), { settle: 'UPDATE users SET score = 1; ALTER TABLE users ALTER score SET NOT NULL' });
  });
  it('volatile default', async () => {
    const operation = at({ kind: 'add-column', table: name('users'), column: column('token', 'uuid', [], { nullable: false, default: { kind: 'expression', sql: 'gen_random_uuid()', functions: ['gen_random_uuid'] } }), ifNotExists: false });
    await same(operation, (c) => volatileDefaultInSteps(operation, c));
  });
  it.each(['bigserial', 'serial'])('%s column', async (type) => {
    const operation = at({ kind: 'add-column', table: name('users'), column: column('number', type), ifNotExists: false });
    await same(operation, (c) => rewritingColumnInSteps(operation, c));
  });
  it('identity column', async () => {
    const operation = at({ kind: 'add-column', table: name('users'), column: column('number', 'integer', [], { identity: 'always', nullable: false }), ifNotExists: false });
    await same(operation, (c) => rewritingColumnInSteps(operation, c));
  });
  it('drop column', () => same(dropColumn('users', 'name'), (c) => dropColumnAfterIgnoring(at({ kind: 'drop-column', table: name('users'), column: 'name', ifExists: false, cascade: false }), c)));
  it.each(['name', 'email', 'order', 'team_id', 'price'])('rename column %s', async (from) => {
    const operation = at({ kind: 'rename-column', table: name('users'), column: from, to: 'Neuer Name' });
    const settle = from === 'name' ? 'ALTER INDEX index_users_on_name RENAME TO "index_users_on_Neuer Name"' : undefined;
    await same(operation, (c) => renameColumnInThreeDeployments(operation, c), settle ? { settle } : {});
  });
  it('type of a primary key', async () => {
    const small = createTable('small', [column('id', 'serial', [], { nullable: false }), column('parent_id', 'integer')], { primaryKey: ['id'] });
    const keys = [['small', 'parent_id'], ['teams', 'small_id']].map(([child = '', title = '']) => at({ kind: 'add-foreign-key', table: name(child), foreignKey: foreignKey([title], 'small', { name: `${child}_key`, onDelete: 'cascade' }), ifNotExists: false }));
    const more = [small, addColumn('teams', column('small_id', 'integer')), ...keys];
    const operation = at({ kind: 'alter-column-type', table: name('small'), column: 'id', type: columnType('bigint'), collation: null, using: null, restated: null });
    await same(operation, (c) => changeTypeInSteps(operation, c), { more, prepare: 'INSERT INTO small SELECT FROM generate_series(1, 5); UPDATE small SET parent_id = 1', settle: 'ALTER SEQUENCE small_id_seq AS bigint' });
    expect((await remedied.query('INSERT INTO small DEFAULT VALUES RETURNING id')).rows).toEqual([{ id: 6 }]);
  });
  it.each([[null, 'small_pkey'], ['by_number', null]])('primary key, with a unique index of %s', async (built, key) => {
    const small = createTable('small', [column('number', 'bigint'), column('note', 'text')]);
    const more = [small, ...(built === null ? [] : [createIndex(index('small', ['number'], { name: built, unique: true }))])];
    const operation = at({ kind: 'add-primary-key', table: name('small'), columns: ['number'], usingIndex: null, ...(key === null ? {} : { name: key }) });
    // The index that is there already becomes the key's.
    await same(operation, (c) => primaryKeyInSteps(operation, ['number'], c), { more, prepare: 'INSERT INTO small SELECT n FROM generate_series(1, 50) n', ...(built === null ? {} : { settle: `DROP INDEX ${built}` }) });
  });
  it.each([
    ['bigserial', column('id', 'bigserial', [], { nullable: false, primaryKey: true })],
    ['uuid', column('id', 'uuid', [], { nullable: false, primaryKey: true, default: { kind: 'expression', sql: 'gen_random_uuid()', functions: ['gen_random_uuid'] } })],
  ] as const)('new primary key of %s on a table without one', async (_, definition) => {
    const operation = at({ kind: 'add-column', table: name('small'), column: definition, ifNotExists: false });
    const remedy = definition.type.name === 'uuid' ? volatileDefaultInSteps : rewritingColumnInSteps;
    await same(operation, (c) => remedy(operation, c), { more: [createTable('small', [column('note', 'text')])], prepare: 'INSERT INTO small SELECT n::text FROM generate_series(1, 2500) n' });
  });
  it.each([
    ['price', columnType('bigint'), null], ['price', columnType('numeric', [10, 2]), 'price / 100.0'], ['name', columnType('text'), null], ['team_id', columnType('integer'), null],
    ['order', columnType('text'), `'n' || "order"`],
  ] as const)('type of %s', async (title, type, using) => {
    const operation = at({ kind: 'alter-column-type', table: name('users'), column: title, type, collation: null, using, restated: null });
    const remedy = await same(operation, (c) => changeTypeInSteps(operation, c));
    expect(remedy.steps.length).toBeGreaterThan(3);
  });
});
