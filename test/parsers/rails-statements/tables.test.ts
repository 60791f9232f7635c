import { describe, expect, it } from 'vitest';
import { printType, type ColumnDefinition } from '../../../src/operations/index.ts';
import { code, deedOf, lowered, proc, tableOf, type Setting, type TableCall, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;

function shown(column: ColumnDefinition | undefined): string {
  if (!column) return 'none';
  const value = column.default.kind === 'none' ? '' : ` = ${column.default.kind === 'constant' ? String(column.default.value) : column.default.kind === 'expression' ? column.default.sql : column.default.text}`;
  return `${column.name} ${printType(column.type)}${column.nullable ? '' : ' NOT NULL'}${column.autoIncrement ? ' AUTO' : ''}${column.primaryKey ? ' KEY' : ''}${value}`;
}

describe('the primary key of create_table', () => {
  const rows: readonly (readonly [options: Options, setting: Setting, expected: string])[] = [
    [{}, {}, 'id bigserial NOT NULL KEY'],
    [{}, { version: [5, 1] }, 'id bigserial NOT NULL KEY'],
    [{}, { version: [5, 0] }, 'id serial NOT NULL KEY'],
    [{}, { version: [4, 2] }, 'id serial NOT NULL KEY'],
    [{}, { engine: 'mysql' }, 'id bigint NOT NULL AUTO KEY'],
    [{}, { engine: 'mysql', version: [5, 0] }, 'id integer NOT NULL AUTO KEY'],
    [{}, { engine: 'sqlite' }, 'id integer NOT NULL AUTO KEY'],
    [{ id: ':integer' }, {}, 'id serial NOT NULL KEY'],
    [{ id: ':integer' }, { version: [5, 0] }, 'id integer NOT NULL KEY'],
    [{ id: ':bigint' }, { version: [5, 0] }, 'id bigint NOT NULL KEY'],
    [{ id: ':bigint' }, { engine: 'mysql', version: [5, 0] }, 'id bigint NOT NULL AUTO KEY'],
    [{ id: ':serial' }, {}, 'id serial NOT NULL KEY'],
    [{ id: ':uuid' }, {}, 'id uuid NOT NULL KEY = gen_random_uuid()'],
    [{ id: ':uuid' }, { version: [5, 0] }, 'id uuid NOT NULL KEY = uuid_generate_v4()'],
    [{ id: ':uuid', default: proc('uuid7()') }, {}, 'id uuid NOT NULL KEY = uuid7()'],
    [{ id: ':uuid', default: null }, {}, 'id uuid NOT NULL KEY'],
    [{ id: ':string', limit: 36 }, {}, 'id varchar(36) NOT NULL KEY'],
    [{ id: { type: ':bigint', unsigned: true } }, { engine: 'mysql' }, 'id bigint unsigned NOT NULL AUTO KEY'],
    [{ id: { type: ':string', limit: 10 }, primary_key: 'code' }, {}, 'code varchar(10) NOT NULL KEY'],
    [{ primary_key: ':code' }, {}, 'code bigserial NOT NULL KEY'],
    [{ id: false }, {}, 'none'],
    [{ primary_key: [':a', ':b'] }, {}, 'none'],
    [{ as: 'SELECT 1' }, {}, 'none'],
  ];
  it.each(rows)('%j %j is %s', (options, setting, expected) => {
    expect(shown(tableOf('create_table', [':users'], options, setting, []).columns[0])).toBe(expected);
  });

  it('can have several columns', () => {
    const table = tableOf('create_table', [':lines'], { primary_key: [':shop_id', ':id'] }, {}, [['integer', [':shop_id']], ['integer', [':id']]]);
    expect(table.primaryKey).toEqual(['shop_id', 'id']);
    expect(table.columns.map(shown)).toEqual(['shop_id integer NOT NULL', 'id integer NOT NULL']);
  });
});

describe('the block of create_table', () => {
  const block = (...calls: TableCall[]) => tableOf('create_table', [':posts'], { id: false }, {}, calls);

  it('defines columns', () => {
    const table = block(
      ['string', [':a', ':b'], { null: false }],
      ['column', [':c', 'numeric(5,2)']],
      ['primary_key', [':d', ':uuid']],
      ['timestamps'],
      ['virtual', [':e'], { type: ':integer', as: 'a + 1', stored: true }],
      ['blob', [':f']],
      ['string', [':a'], { limit: 3 }],
    );
    expect(table.columns.map(shown)).toEqual([
      'a varchar(3)', 'b varchar NOT NULL', 'c numeric(5,2)', 'd uuid NOT NULL KEY = gen_random_uuid()',
      'created_at timestamp(6) NOT NULL', 'updated_at timestamp(6) NOT NULL', 'e integer', 'f bytea',
    ]);
    expect(table.primaryKey).toEqual(['d']);
  });

  it('defines indexes, keys and constraints', () => {
    const table = block(
      ['string', [':a'], { index: { unique: true } }],
      ['index', [[':a', ':b']], { name: 'mine' }],
      ['references', [':user', ':owner'], { foreign_key: true, null: false }],
      ['belongs_to', [':thing'], { polymorphic: true }],
      ['foreign_key', [':users'], { column: ':editor_id', validate: false }],
      ['check_constraint', ['a > 0'], { name: 'c' }],
      ['unique_constraint', [[':a']], { name: 'u' }],
      ['exclusion_constraint', ['r WITH &&'], { using: ':gist', name: 'e' }],
    );
    expect(table.indexes.map((index) => index.name)).toEqual(['index_posts_on_a', 'mine', 'index_posts_on_user_id', 'index_posts_on_owner_id', 'index_posts_on_thing']);
    expect(table.indexes[0]?.unique).toBe(true);
    expect(table.foreignKeys).toMatchObject([{ columns: ['user_id'], references: { name: 'users' } }, { columns: ['owner_id'], references: { name: 'owners' } }, { columns: ['editor_id'], validated: true }]);
    expect(table.columns.map(shown)).toEqual(['a varchar', 'user_id bigint NOT NULL', 'owner_id bigint NOT NULL', 'thing_type varchar', 'thing_id bigint']);
    expect(table.checks).toEqual([{ name: 'c', expression: 'a > 0', validated: true }]);
    expect(table.constraints).toEqual([{ kind: 'unique', name: 'u', columns: ['a'] }, { kind: 'exclusion', name: 'e', columns: [] }]);
  });

  it('follows the version', () => {
    const calls: TableCall[] = [['references', [':user']], ['timestamps'], ['datetime', [':at']]];
    const shape = (version: readonly number[]) => {
      const table = tableOf('create_table', [':posts'], { id: false }, { version }, calls);
      return [table.columns.map(shown).join(', '), table.indexes.length];
    };
    expect(shape([4, 2])).toEqual(['user_id integer, created_at timestamp, updated_at timestamp, at timestamp', 0]);
    expect(shape([5, 0])).toEqual(['user_id integer, created_at timestamp NOT NULL, updated_at timestamp NOT NULL, at timestamp', 1]);
    expect(shape([5, 1])[0]).toBe('user_id bigint, created_at timestamp NOT NULL, updated_at timestamp NOT NULL, at timestamp');
    expect(shape([6, 0])[0]).toBe('user_id bigint, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL, at timestamp');
    expect(shape([7, 0])[0]).toBe('user_id bigint, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL, at timestamp(6)');
  });

  it('builds a concurrent index as a statement of its own', () => {
    const { deeds } = lowered('create_table', [':posts'], {}, {}, [['index', [':a'], { algorithm: ':concurrently' }]]);
    expect(deeds).toMatchObject([{ kind: 'create-table', indexes: [] }, { kind: 'create-index', concurrently: true }]);
  });

  it('knows columns of libraries and reports what it does not know', () => {
    expect(block(['attachment', [':avatar']], ['database_authenticatable']).columns.map(shown)).toEqual([
      'avatar_file_name varchar', 'avatar_content_type varchar', 'avatar_file_size bigint', 'avatar_updated_at timestamp(6)', 'email varchar NOT NULL = ', 'encrypted_password varchar NOT NULL = ',
    ]);
    const { deeds, problems } = lowered('create_table', [':posts'], {}, {}, [['strng', [':a']], ['column_exists?', [':a']]]);
    expect(deeds).toMatchObject([{ kind: 'opaque' }, { kind: 'create-table' }]);
    expect(problems).toMatchObject([{ kind: 'misspelled-call', call: 't.strng', suggestion: 't.string' }]);
  });
});

describe('statements about tables', () => {
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: readonly unknown[]])[] = [
    ['create_table', ['auth.users'], { force: ':cascade', comment: 'x', if_not_exists: false }, {}, [{ table: { schema: 'auth', name: 'users' }, force: 'cascade', comment: 'x', ifNotExists: false }]],
    ['create_table', [':users'], { force: true, temporary: true, if_not_exists: true }, {}, [{ force: true, temporary: true, ifNotExists: true }]],
    ['create_table', [':users_rest'], { id: false, options: 'PARTITION OF users DEFAULT' }, {}, [{ partitionOf: { name: 'users' }, partitionBounds: 'DEFAULT' }]],
    ['create_table', [':users_a'], { id: false, options: "PARTITION OF public.users FOR VALUES IN ('a')" }, {}, [{ partitionBounds: "FOR VALUES IN ('a')" }]],
    ['create_table', [':users'], { options: 'PARTITION BY RANGE (created_at)' }, {}, [{ partitionBy: 'RANGE (created_at)', options: 'PARTITION BY RANGE (created_at)' }]],
    ['create_table', [':users'], { options: 'INHERITS (public.base)' }, {}, [{ inherits: [{ schema: 'public', name: 'base' }] }]],
    ['create_table', [':users'], { charset: 'utf8mb4', collation: 'utf8mb4_bin' }, { engine: 'mysql' }, [{ options: 'DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' }]],
    ['create_table', [':users'], {}, { engine: 'mysql', version: [5, 1] }, [{ options: 'ENGINE=InnoDB' }]],
    ['create_table', [':users'], { as: 'SELECT 1 AS a' }, {}, [{ fromQuery: true, columns: [] }]],
    ['create_table', [code('name')], {}, {}, [{ table: { name: '#{name}', dynamic: true } }]],
    ['create_join_table', [':users', ':posts'], {}, {}, [{ table: { name: 'posts_users' }, columns: [{ name: 'user_id', nullable: false, type: { name: 'bigint' } }, { name: 'post_id' }], indexes: [], primaryKey: [] }]],
    ['create_join_table', [':users', ':posts'], { table_name: ':likes', column_options: { null: true, type: ':uuid', foreign_key: true, index: true } }, {}, [{ table: { name: 'likes' }, columns: [{ nullable: true, type: { name: 'uuid' } }, {}], foreignKeys: [{}, {}], indexes: [{}, {}] }]],
    ['create_join_table', [':users', ':posts'], {}, { version: [5, 0] }, [{ columns: [{ type: { name: 'integer' } }, {}] }]],
    ['drop_table', [':users'], { if_exists: true, force: ':cascade' }, {}, [{ kind: 'drop-table', table: { name: 'users' }, ifExists: true, cascade: true }]],
    ['drop_table', [':a', ':b'], {}, {}, [{ table: { name: 'a' } }, { table: { name: 'b' } }]],
    ['drop_join_table', [':users', ':posts'], {}, {}, [{ kind: 'drop-table', table: { name: 'posts_users' } }]],
    ['rename_table', [':a', ':b'], {}, {}, [{ kind: 'rename-table', table: { name: 'a' }, to: { name: 'b' } }]],
    ['change_table_comment', [':a', 'x'], {}, {}, [{ kind: 'set-table-option', option: 'comment', value: 'x' }]],
    ['change_table_comment', [':a'], { from: 'x', to: null }, {}, [{ value: null }]],
    ['change_table', [':a'], { bulk: true }, {}, [{ kind: 'opaque' }]],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    const { deeds } = lowered(name, args, options, setting);
    expect(deeds).toMatchObject(expected);
    expect(deeds).toHaveLength(expected.length);
  });

  it('guards create_table if_not_exists', () => {
    expect(lowered('create_table', [':a'], { if_not_exists: true }).guards[0]).toMatchObject([{ kind: 'not-exists' }]);
    expect(deedOf('create_table', [':a'])).toMatchObject({ kind: 'create-table' });
  });
});
