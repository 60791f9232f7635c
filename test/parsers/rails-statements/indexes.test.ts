import { describe, expect, it } from 'vitest';
import { code, deedOf, lowered, type Setting, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;

describe('add_index', () => {
  const rows: readonly (readonly [columns: Written, options: Options, setting: Setting, expected: unknown])[] = [
    [':email', { unique: true }, {}, { index: { keys: [{ column: 'email', expression: null }], unique: true, method: 'btree' }, concurrently: false }],
    [[':a', ':b'], { order: { b: ':desc' }, length: { a: 10 } }, {}, { index: { keys: [{ column: 'a' }, { column: 'b', order: 'desc' }] } }],
    [':a', { order: ':desc' }, {}, { index: { keys: [{ order: 'desc' }] } }],
    [':a', { order: { a: 'DESC NULLS LAST' } }, {}, { index: { keys: [{ order: 'desc', nulls: 'last' }] } }],
    [[':a', ':b'], { length: { a: 10 } }, { engine: 'mysql' }, { index: { keys: [{ column: 'a', length: 10 }, { column: 'b' }] } }],
    [':a', { length: 5 }, { engine: 'mysql' }, { index: { keys: [{ column: 'a', length: 5 }] } }],
    [':a', { opclass: { a: ':gin_trgm_ops' }, using: ':gin' }, {}, { index: { method: 'gin', keys: [{ opclass: 'gin_trgm_ops' }] } }],
    [':a', { opclass: ':text_pattern_ops' }, {}, { index: { keys: [{ opclass: 'text_pattern_ops' }] } }],
    ['lower(email)', {}, {}, { index: { keys: [{ column: null, expression: 'lower(email)' }] } }],
    ['lower(email), created_at DESC NULLS LAST', {}, {}, { index: { keys: [{ expression: 'lower(email)' }, { column: 'created_at', order: 'desc', nulls: 'last' }] } }],
    ['name varchar_pattern_ops', {}, {}, { index: { keys: [{ column: 'name', opclass: 'varchar_pattern_ops' }] } }],
    ["coalesce(a, 'x,y'), b", {}, {}, { index: { keys: [{ expression: "coalesce(a, 'x,y')" }, { column: 'b' }] } }],
    [':a', { algorithm: ':concurrently' }, {}, { concurrently: true, algorithm: null }],
    [':a', { algorithm: ':inplace' }, { engine: 'mysql' }, { concurrently: false, algorithm: 'INPLACE' }],
    [':a', { type: ':fulltext' }, { engine: 'mysql' }, { index: { method: 'fulltext', unique: false } }],
    [':a', { where: 'b IS NULL', include: [':c', ':d'], nulls_not_distinct: true, comment: 'x' }, {}, { index: { where: 'b IS NULL', include: ['c', 'd'], nullsNotDistinct: true, comment: 'x' } }],
    [':a', { if_not_exists: true, name: 'mine' }, {}, { ifNotExists: true, index: { name: 'mine' } }],
    [':a', {}, { libraries: ['safe-pg-migrations'] }, { concurrently: true }],
    [':a', { algorithm: ':default' }, { libraries: ['safe-pg-migrations'] }, { concurrently: false }],
    [code('columns'), {}, {}, { index: { name: null, keys: [{ column: '#{columns}' }] } }],
  ];
  it.each(rows)('%j %j %j', (columns, options, setting, expected) => {
    expect(deedOf('add_index', [':users', columns], options, setting)).toMatchObject({ kind: 'create-index', index: { table: { name: 'users' } } });
    expect(deedOf('add_index', [':users', columns], options, setting)).toMatchObject(expected as object);
  });

  it('leaves out the condition that MySQL has not', () => {
    expect(deedOf('add_index', [':users', ':a'], { where: 'b' }, { engine: 'mysql' })).not.toHaveProperty('index.where');
  });
});

describe('other statements about indexes', () => {
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: unknown])[] = [
    ['remove_index', [':users', ':a'], {}, {}, { kind: 'drop-index', table: { name: 'users' }, name: null, columns: ['a'], concurrently: false, ifExists: false }],
    ['remove_index', [':users', [':a', ':b']], {}, {}, { columns: ['a', 'b'] }],
    ['remove_index', [':users'], { column: [':a', ':b'] }, {}, { name: null, columns: ['a', 'b'] }],
    ['remove_index', [':users'], { name: 'mine' }, {}, { name: { schema: null, name: 'mine' }, columns: [] }],
    ['remove_index', ['auth.users'], { name: ':mine' }, {}, { name: { schema: 'auth', name: 'mine' } }],
    ['remove_index', [':users', ':a'], { name: 'mine', algorithm: ':concurrently', if_exists: true }, {}, { name: { name: 'mine' }, columns: ['a'], concurrently: true, ifExists: true }],
    ['remove_index', [':users', 'lower(email)'], {}, {}, { name: { name: 'index_users_on_lower_email' }, columns: [] }],
    ['remove_index', [':users', ':a'], {}, { version: [4, 2] }, { name: { name: 'index_users_on_a' }, columns: ['a'] }],
    ['remove_index', [':users', { name: 'mine' }], {}, {}, { name: { name: 'mine' } }],
    ['rename_index', [':users', 'a', 'b'], {}, {}, { kind: 'rename-index', table: { name: 'users' }, name: 'a', to: 'b' }],
    ['disable_index', [':users', 'a'], {}, { engine: 'mysql' }, { kind: 'set-table-option', option: 'other', value: 'index a invisible' }],
    ['enable_index', [':users', 'a'], {}, { engine: 'mysql' }, { value: 'index a visible' }],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    expect(deedOf(name, args, options, setting)).toMatchObject(expected as object);
  });
});

describe('references', () => {
  const kinds = (options: Options, setting: Setting = {}) => lowered('add_reference', [':posts', ':user'], options, setting).deeds;

  it('has an index since 5.0 and a bigint since 5.1', () => {
    expect(kinds({})).toMatchObject([
      { kind: 'add-column', column: { name: 'user_id', type: { name: 'bigint' }, nullable: true } },
      { kind: 'create-index', index: { name: 'index_posts_on_user_id', keys: [{ column: 'user_id' }] }, concurrently: false },
    ]);
    expect(kinds({}, { version: [5, 0] })).toMatchObject([{ column: { type: { name: 'integer' } } }, { kind: 'create-index' }]);
    expect(kinds({}, { version: [4, 2] })).toMatchObject([{ column: { type: { name: 'integer' } } }]);
    expect(kinds({}, { version: [4, 2] })).toHaveLength(1);
    expect(kinds({ index: true, type: ':bigint' }, { version: [4, 2] })).toMatchObject([{ column: { type: { name: 'bigint' } } }, {}]);
  });

  it('takes index and foreign key from their own options', () => {
    expect(kinds({ null: false, index: { algorithm: ':concurrently', unique: true }, foreign_key: { to_table: ':people', on_delete: ':cascade', validate: false } })).toMatchObject([
      { column: { nullable: false } },
      { concurrently: true, index: { unique: true } },
      { kind: 'add-foreign-key', foreignKey: { columns: ['user_id'], references: { name: 'people' }, onDelete: 'cascade', validated: false } },
    ]);
    expect(kinds({ index: false, foreign_key: true })).toMatchObject([{}, { kind: 'add-foreign-key', foreignKey: { references: { name: 'users' }, validated: true } }]);
  });

  it('has two columns when it is polymorphic', () => {
    expect(kinds({ polymorphic: true, null: false, type: ':uuid' })).toMatchObject([
      { column: { name: 'user_type', type: { name: 'varchar' }, nullable: false } },
      { column: { name: 'user_id', type: { name: 'uuid' }, nullable: false } },
      { index: { keys: [{ column: 'user_type' }, { column: 'user_id' }], name: 'index_posts_on_user' } },
    ]);
  });

  it('guards every part from 7.1 on', () => {
    expect(kinds({ if_not_exists: true, foreign_key: true })).toMatchObject([{ ifNotExists: true }, { ifNotExists: true }, { ifNotExists: true }]);
    expect(kinds({ if_not_exists: true, foreign_key: true }, { rails: [7, 0], version: [7, 0] })).toMatchObject([{ ifNotExists: true }, { ifNotExists: false }, { ifNotExists: false }]);
  });

  it('is removed with its key, column and type column', () => {
    expect(lowered('remove_reference', [':posts', ':user'], { foreign_key: true, polymorphic: true }).deeds).toMatchObject([
      { kind: 'drop-constraint', constraint: 'foreign-key', columns: ['user_id'], references: { name: 'users' } },
      { kind: 'drop-column', column: 'user_id' },
      { kind: 'drop-column', column: 'user_type' },
    ]);
    expect(lowered('remove_belongs_to', [':posts', ':user'], { foreign_key: { to_table: ':people' } }).deeds).toMatchObject([{ references: { name: 'people' } }, {}]);
  });
});
