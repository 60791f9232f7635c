import { describe, expect, it } from 'vitest';
import { lowered, type Setting, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;
type Row = readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: readonly unknown[]];

const mysql: Setting = { engine: 'mysql' };

describe('constraints', () => {
  const rows: readonly Row[] = [
    ['add_foreign_key', [':posts', ':users'], {}, {}, [{ kind: 'add-foreign-key', table: { name: 'posts' }, foreignKey: { columns: ['user_id'], references: { name: 'users' }, referencedColumns: [], validated: true, onDelete: null }, ifNotExists: false }]],
    ['add_foreign_key', [':posts', ':users'], { column: ':author_id', primary_key: ':uuid', on_delete: ':nullify', on_update: ':restrict', validate: false, deferrable: ':deferred', if_not_exists: true }, {}, [{ foreignKey: { columns: ['author_id'], referencedColumns: ['uuid'], onDelete: 'set null', onUpdate: 'restrict', validated: false, deferrable: true }, ifNotExists: true }]],
    ['add_foreign_key', ['app.posts', 'auth.users'], {}, {}, [{ table: { schema: 'app' }, foreignKey: { columns: ['user_id'], references: { schema: 'auth', name: 'users' } } }]],
    ['add_foreign_key', [':lines', ':orders'], { primary_key: [':shop_id', ':id'] }, {}, [{ foreignKey: { columns: ['order_shop_id', 'order_id'], referencedColumns: ['shop_id', 'id'] } }]],
    ['add_foreign_key', [':posts', ':users'], { validate: false }, mysql, [{ foreignKey: { validated: true } }]],
    ['add_foreign_key', [':posts', ':users'], { validate: false }, { rails: [5, 1], version: [5, 1] }, [{ foreignKey: { validated: true } }]],
    ['add_foreign_key', [':posts', ':users'], {}, { libraries: ['safe-pg-migrations'] }, [{ foreignKey: { validated: false } }, { kind: 'validate-constraint', constraint: 'foreign-key' }]],
    ['remove_foreign_key', [':posts', ':users'], {}, {}, [{ kind: 'drop-constraint', constraint: 'foreign-key', name: null, references: { name: 'users' }, columns: [], ifExists: false }]],
    ['remove_foreign_key', [':posts'], { column: ':author_id' }, {}, [{ columns: ['author_id'], references: null }]],
    ['remove_foreign_key', [':posts'], { name: 'fk', if_exists: true }, {}, [{ name: 'fk', ifExists: true }]],
    ['remove_foreign_key', [':posts'], { to_table: ':users', column: ':author_id' }, {}, [{ references: { name: 'users' }, columns: ['author_id'] }]],
    ['validate_foreign_key', [':posts', ':users'], {}, {}, [{ kind: 'validate-constraint', constraint: 'foreign-key', references: { name: 'users' } }]],
    ['validate_foreign_key', [':posts'], { name: ':fk' }, {}, [{ name: 'fk' }]],
    ['validate_constraint', [':posts', 'x'], {}, {}, [{ kind: 'validate-constraint', name: 'x', constraint: 'unknown' }]],
    ['add_check_constraint', [':users', 'age > 0'], { name: 'age_ok', validate: false, if_not_exists: true }, {}, [{ kind: 'add-check', check: { name: 'age_ok', expression: 'age > 0', validated: false }, ifNotExists: true }]],
    ['add_check_constraint', [':users', 'age > 0'], { validate: false }, mysql, [{ check: { validated: true } }]],
    ['add_check_constraint', [':users', 'age > 0', 'age_ok'], {}, {}, [{ check: { name: 'age_ok', validated: false } }, { kind: 'validate-constraint', name: 'age_ok' }]],
    ['remove_check_constraint', [':users'], { name: 'age_ok' }, {}, [{ kind: 'drop-constraint', constraint: 'check', name: 'age_ok' }]],
    ['validate_check_constraint', [':users'], { name: 'age_ok' }, {}, [{ kind: 'validate-constraint', constraint: 'check', name: 'age_ok' }]],
    ['add_unique_constraint', [':users', [':a', ':b']], { name: 'u', deferrable: ':deferred', nulls_not_distinct: true }, {}, [{ kind: 'add-unique', name: 'u', columns: ['a', 'b'], usingIndex: null, deferrable: true, nullsNotDistinct: true }]],
    ['add_unique_constraint', [':users'], { using_index: 'i', name: 'u' }, {}, [{ columns: [], usingIndex: 'i', deferrable: false }]],
    ['add_unique_key', [':users', ':a'], {}, {}, [{ kind: 'add-unique', columns: ['a'] }]],
    ['remove_unique_constraint', [':users', ':a'], {}, {}, [{ kind: 'drop-constraint', constraint: 'unique', columns: ['a'] }]],
    ['add_exclusion_constraint', [':users', 'r WITH &&'], { using: ':gist', where: 'a', name: 'e' }, {}, [{ kind: 'add-exclusion', name: 'e', expression: 'USING gist (r WITH &&) WHERE (a)' }]],
    ['remove_exclusion_constraint', [':users'], { name: 'e' }, {}, [{ kind: 'drop-constraint', constraint: 'exclusion', name: 'e' }]],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    const { deeds } = lowered(name, args, options, setting);
    expect(deeds).toMatchObject(expected);
    expect(deeds).toHaveLength(expected.length);
  });
});

describe('extensions, enums and schemas', () => {
  const rows: readonly Row[] = [
    ['enable_extension', ['pgcrypto'], {}, {}, [{ kind: 'create-extension', extension: 'pgcrypto', ifNotExists: true }]],
    ['enable_extension', ['ext.hstore'], {}, {}, [{ extension: 'hstore' }]],
    ['disable_extension', ['hstore'], {}, {}, [{ kind: 'drop-extension', cascade: false }]],
    ['disable_extension', ['hstore'], {}, { version: [7, 0] }, [{ cascade: true }]],
    ['create_enum', [':mood', ['happy', 'sad']], {}, {}, [{ kind: 'create-enum', type: { name: 'mood' }, values: ['happy', 'sad'] }]],
    ['drop_enum', ['auth.mood'], { if_exists: true }, {}, [{ kind: 'drop-type', type: { schema: 'auth', name: 'mood' }, ifExists: true, cascade: false }]],
    ['rename_enum', [':mood', ':temper'], {}, {}, [{ kind: 'rename-type', to: 'temper' }]],
    ['rename_enum', [':mood'], { to: ':temper' }, {}, [{ to: 'temper' }]],
    ['add_enum_value', [':mood', 'calm'], { after: 'happy', if_not_exists: true }, {}, [{ kind: 'add-enum-value', value: 'calm', before: null, after: 'happy', ifNotExists: true }]],
    ['rename_enum_value', [':mood'], { from: 'a', to: 'b' }, {}, [{ kind: 'rename-enum-value', value: 'a', to: 'b' }]],
    ['create_schema', [':auth'], { if_not_exists: true }, {}, [{ kind: 'create-schema', schema: 'auth', ifNotExists: true }]],
    ['drop_schema', ['auth'], { if_exists: true }, {}, [{ kind: 'drop-schema', ifExists: true, cascade: true }]],
    ['rename_schema', [':a', ':b'], {}, {}, [{ kind: 'rename-schema', schema: 'a', to: 'b' }]],
    ['create_virtual_table', [':emails', ':fts5', ['subject']], {}, { engine: 'sqlite' }, [{ kind: 'create-table', options: 'USING fts5(subject)' }]],
    ['drop_virtual_table', [':emails', ':fts5', ['subject']], {}, { engine: 'sqlite' }, [{ kind: 'drop-table' }]],
    ['truncate_tables', [':a', ':b'], {}, {}, [{ kind: 'truncate', tables: [{ name: 'a' }, { name: 'b' }] }]],
    ['assume_migrated_upto_version', [2024], {}, {}, [{ kind: 'other' }]],
    ['add_enum_value', [':mood'], {}, {}, [{ kind: 'opaque' }]],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    const { deeds } = lowered(name, args, options, setting);
    expect(deeds).toMatchObject(expected);
    expect(deeds).toHaveLength(expected.length);
  });
});
