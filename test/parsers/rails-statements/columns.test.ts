import { describe, expect, it } from 'vitest';
import { printType } from '../../../src/operations/index.ts';
import { code, deedOf, lowered, proc, type Setting, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;

const mysql: Setting = { engine: 'mysql' };
const sqlite: Setting = { engine: 'sqlite' };

describe('the type of a column', () => {
  const rows: readonly (readonly [type: Written, options: Options, setting: Setting, printed: string])[] = [
    [':string', {}, {}, 'varchar'],
    [':string', { limit: 20 }, {}, 'varchar(20)'],
    [':string', {}, mysql, 'varchar(255)'],
    [':string', { limit: 191 }, { engine: 'mariadb' }, 'varchar(191)'],
    [':text', { limit: 65535 }, {}, 'text'],
    [':text', { limit: 65536 }, mysql, 'mediumtext'],
    [':text', { limit: 4294967295 }, mysql, 'longtext'],
    [':text', { limit: 255 }, mysql, 'tinytext'],
    [':text', { size: ':long' }, mysql, 'longtext'],
    [':integer', {}, {}, 'integer'],
    [':integer', { limit: 2 }, {}, 'smallint'],
    [':integer', { limit: 8 }, {}, 'bigint'],
    [':integer', { limit: 1 }, mysql, 'tinyint'],
    [':integer', { limit: 3 }, mysql, 'mediumint'],
    [':integer', { unsigned: true }, mysql, 'integer unsigned'],
    [':unsigned_bigint', {}, mysql, 'bigint unsigned'],
    [':bigint', {}, mysql, 'bigint'],
    [':boolean', {}, {}, 'boolean'],
    [':boolean', {}, mysql, 'tinyint(1)'],
    [':float', {}, {}, 'double'],
    [':float', { limit: 24 }, {}, 'real'],
    [':float', {}, mysql, 'float'],
    [':float', { limit: 53 }, mysql, 'double'],
    [':decimal', { precision: 10, scale: 2 }, {}, 'numeric(10,2)'],
    [':decimal', { precision: 10 }, mysql, 'decimal(10)'],
    [':decimal', {}, {}, 'numeric'],
    [':datetime', {}, {}, 'timestamp(6)'],
    [':datetime', { precision: null }, {}, 'timestamp'],
    [':datetime', {}, { version: [6, 1] }, 'timestamp'],
    [':datetime', {}, { version: [7, 0], datetimeType: 'timestamptz' }, 'timestamptz(6)'],
    [':datetime', {}, { version: [6, 1], datetimeType: 'timestamptz' }, 'timestamp'],
    [':datetime', {}, mysql, 'datetime(6)'],
    [':datetime', {}, { engine: 'mysql', version: [5, 2] }, 'datetime'],
    [':timestamp', {}, {}, 'timestamp'],
    [':timestamp', {}, mysql, 'timestamp'],
    [':timestamp', {}, sqlite, 'datetime(6)'],
    [':timestamptz', {}, {}, 'timestamptz'],
    [':time', { precision: 3 }, {}, 'time(3)'],
    [':binary', {}, {}, 'bytea'],
    [':binary', { limit: 16 }, mysql, 'varbinary(16)'],
    [':binary', { limit: 16777215 }, mysql, 'mediumblob'],
    [':json', {}, mysql, 'json'],
    [':jsonb', { array: true }, {}, 'jsonb[]'],
    [':uuid', {}, {}, 'uuid'],
    [':enum', { enum_type: ':mood' }, {}, 'mood'],
    [':bit_varying', { limit: 8 }, {}, 'varbit(8)'],
    [':virtual', { type: ':string', as: 'lower(a)', stored: true }, {}, 'varchar'],
    [':vector', { limit: 3 }, {}, 'vector(3)'],
    ['character varying(40)', {}, {}, 'varchar(40)'],
    ['timestamp(3) with time zone', {}, {}, 'timestamptz(3)'],
    ['double precision', {}, {}, 'double'],
    ['int(11) unsigned', {}, mysql, 'integer unsigned'],
    ['tinyint(1)', {}, mysql, 'tinyint(1)'],
    ["ENUM('a','b')", {}, mysql, "enum('a','b')"],
    ['text[]', {}, {}, 'text[]'],
    ['public.mood', {}, {}, 'public.mood'],
  ];
  it.each(rows)('%j %j %j is %s', (type, options, setting, printed) => {
    const deed = deedOf('add_column', [':users', ':a', type], options, setting);
    expect(deed.kind === 'add-column' && printType(deed.column.type)).toBe(printed);
  });

  it('says that a computed type is computed', () => {
    const deed = deedOf('add_column', [':users', ':a', code('kind')]);
    expect(deed.kind === 'add-column' && deed.column.type).toEqual({ name: '#{kind}', args: [], dynamic: true });
  });
});

describe('the default of a column', () => {
  const rows: readonly (readonly [type: Written, value: Written, expected: unknown])[] = [
    [':string', 'x', { kind: 'constant', value: 'x' }],
    [':string', ':draft', { kind: 'constant', value: 'draft' }],
    [':integer', '0', { kind: 'constant', value: 0 }],
    [':boolean', 0, { kind: 'constant', value: false }],
    [':boolean', 't', { kind: 'constant', value: true }],
    [':datetime', 'now()', { kind: 'constant', value: null }],
    [':date', '2020-01-01', { kind: 'constant', value: '2020-01-01' }],
    [':uuid', 'gen_random_uuid()', { kind: 'expression', sql: 'gen_random_uuid()', functions: ['gen_random_uuid'] }],
    [':datetime', proc('CURRENT_TIMESTAMP'), { kind: 'expression', sql: 'CURRENT_TIMESTAMP', functions: ['current_timestamp'] }],
    [':string', proc("lower('now()') || upper(x)"), { kind: 'expression', sql: "lower('now()') || upper(x)", functions: ['lower', 'upper'] }],
    [':jsonb', {}, { kind: 'constant', value: '{}' }],
    [':string', code('Time.now'), { kind: 'unknown', text: 'Time.now' }],
    [':string', null, { kind: 'constant', value: null }],
  ];
  it.each(rows)('%j default %j', (type, value, expected) => {
    const deed = deedOf('add_column', [':users', ':a', type], { default: value });
    expect(deed.kind === 'add-column' && deed.column.default).toEqual(expected);
  });

  it('counts nil on a NOT NULL column as none, and an empty list by the column', () => {
    expect(deedOf('add_column', [':users', ':a', ':string'], { default: null, null: false })).toMatchObject({ column: { nullable: false, default: { kind: 'none' } } });
    expect(deedOf('add_column', [':users', ':a', ':string'], { default: [], array: true })).toMatchObject({ column: { default: { value: '{}' } } });
    expect(deedOf('add_column', [':users', ':a', ':jsonb'], { default: [] })).toMatchObject({ column: { default: { value: '[]' } } });
  });
});

describe('statements about columns', () => {
  const target = { table: { schema: null, name: 'users' }, column: 'a' };
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: readonly unknown[]])[] = [
    ['add_column', [':users', ':a', ':string'], { null: false, comment: 'why', if_not_exists: true }, {}, [{ kind: 'add-column', ifNotExists: true, column: { name: 'a', nullable: false, comment: 'why' } }]],
    ['add_column', ['auth.users', 'a', 'string'], { after: ':id', collation: 'utf8mb4_bin' }, mysql, [{ table: { schema: 'auth', name: 'users' }, column: { position: { after: 'id' }, collation: 'utf8mb4_bin' } }]],
    ['add_column', [':users', ':a', ':primary_key'], {}, {}, [{ column: { type: { name: 'bigserial' }, primaryKey: true, nullable: false } }]],
    ['add_column', [':users', ':a', ':virtual'], { type: ':string', as: 'lower(b)', stored: true }, {}, [{ column: { generated: { expression: 'lower(b)', stored: true } } }]],
    ['add_columns', [':users', ':a', ':b'], { type: ':text' }, {}, [{ kind: 'add-column', column: { name: 'a' } }, { kind: 'add-column', column: { name: 'b' } }]],
    ['remove_column', [':users', ':a', ':string'], { if_exists: true }, {}, [{ kind: 'drop-column', ...target, ifExists: true, cascade: false }]],
    ['remove_columns', [':users', ':a', ':b'], {}, {}, [{ kind: 'drop-column', ...target }, { kind: 'drop-column', column: 'b' }]],
    ['rename_column', [':users', ':a', ':b'], {}, {}, [{ kind: 'rename-column', ...target, to: 'b' }]],
    ['change_column_default', [':users', ':a', 1], {}, {}, [{ kind: 'set-default', ...target, default: { kind: 'constant', value: 1 }, from: null }]],
    ['change_column_default', [':users', ':a', null], {}, {}, [{ kind: 'set-default', default: { kind: 'none' } }]],
    ['change_column_default', [':users', ':a'], { from: null, to: false }, {}, [{ kind: 'set-default', default: { value: false }, from: { kind: 'none' } }]],
    ['change_column_default', [':users', ':a', { from: 1, to: 2 }], {}, {}, [{ kind: 'set-default', default: { value: 2 }, from: { value: 1 } }]],
    ['change_column_default', [':users', ':a', {}], {}, {}, [{ kind: 'set-default', default: { kind: 'constant', value: '{}' } }]],
    ['change_column_null', [':users', ':a', true], {}, {}, [{ kind: 'drop-not-null', ...target }]],
    ['change_column_null', [':users', ':a', false], {}, {}, [{ kind: 'set-not-null', ...target, fill: { kind: 'none' } }]],
    ['change_column_null', [':users', ':a', false, 0], {}, {}, [{ kind: 'set-not-null', ...target, fill: { kind: 'constant', value: 0 } }]],
    ['change_column_null', [':users', ':a', code('flag')], {}, {}, [{ kind: 'opaque' }]],
    ['change_column_null', [':users', ':a', false], {}, { libraries: ['safe-pg-migrations'] }, [{ kind: 'add-check', check: { validated: false } }, { kind: 'validate-constraint' }, { kind: 'set-not-null' }, { kind: 'drop-constraint' }]],
    ['change_column_comment', [':users', ':a'], { from: 'x', to: 'y' }, {}, [{ kind: 'set-column-option', ...target, option: 'comment', value: 'y' }]],
    ['change_column_comment', [':users', ':a', null], {}, {}, [{ kind: 'set-column-option', value: null }]],
    ['add_timestamps', [':users'], {}, {}, [{ column: { name: 'created_at', nullable: false, type: { args: [6] } } }, { column: { name: 'updated_at' } }]],
    ['add_timestamps', [':users'], { null: true }, { version: [6, 0] }, [{ column: { nullable: true, type: { args: [6] } } }, {}]],
    ['add_timestamps', [':users'], {}, { version: [5, 2] }, [{ column: { nullable: false, type: { args: [] } } }, {}]],
    ['add_timestamps', [':users'], {}, { version: [4, 2] }, [{ column: { nullable: true, type: { args: [] } } }, {}]],
    ['add_timestamps', [':users'], { default: proc('now()') }, {}, [{ column: { default: { functions: ['now'] } } }, {}]],
    ['remove_timestamps', [':users'], {}, {}, [{ kind: 'drop-column', column: 'updated_at' }, { kind: 'drop-column', column: 'created_at' }]],
    ['add_column', [code('table'), ':a', ':string'], {}, {}, [{ table: { schema: null, name: '#{table}', dynamic: true } }]],
    ['add_column', [':users'], {}, {}, [{ kind: 'opaque' }]],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    const { deeds } = lowered(name, args, options, setting);
    expect(deeds).toMatchObject(expected);
    expect(deeds).toHaveLength(expected.length);
  });

  it('guards what the call itself guards', () => {
    expect(lowered('add_column', [':users', ':a', ':string'], { if_not_exists: true }).guards).toEqual([[{ kind: 'not-exists', text: 'if_not_exists', inStatement: true }]]);
    expect(lowered('remove_index', [':users', ':a'], { if_exists: true }).guards).toEqual([[{ kind: 'exists', text: 'if_exists', inStatement: true }]]);
  });
});

describe('change_column', () => {
  const call = (options: Options, setting: Setting = {}, type: Written = ':string') => lowered('change_column', [':users', ':a', type], options, setting).deeds;

  it('is type, default and null on Postgres', () => {
    expect(call({ limit: 10, default: 'x', null: false, using: 'a::text' })).toMatchObject([
      { kind: 'alter-column-type', type: { name: 'varchar', args: [10] }, using: 'a::text', restated: null },
      { kind: 'set-default', default: { value: 'x' } },
      { kind: 'set-not-null', fill: { kind: 'none' } },
    ]);
    expect(call({ null: true, default: null })).toMatchObject([{ kind: 'alter-column-type' }, { kind: 'set-default', default: { kind: 'none' } }, { kind: 'drop-not-null' }]);
    expect(call({ cast_as: ':integer' })).toMatchObject([{ using: 'CAST(a AS integer)' }]);
  });

  it('fills NULL rows with the default in migrations up to 5.1 on Postgres', () => {
    expect(call({ null: false, default: 'x' }, { version: [5, 1] })).toMatchObject([{}, {}, { kind: 'set-not-null', fill: { value: 'x' } }]);
  });

  it('says what MySQL loses by Rails version', () => {
    const kept = (setting: Setting, type: Written = ':string') => {
      const [deed] = call({}, { engine: 'mysql', ...setting }, type);
      return deed?.kind === 'alter-column-type' && deed.restated ? deed.keeps : null;
    };
    expect(kept({ rails: [8, 0] })).toBeNull();
    expect(kept({ rails: [8, 0], version: [7, 0] })).toEqual(['not-null', 'default', 'comment', 'auto-increment']);
    expect(kept({ rails: [8, 0], version: [7, 0] }, ':integer')).toBeNull();
    expect(kept({ rails: [7, 0], version: [7, 0] })).toEqual(['not-null', 'constant-default', 'comment', 'collation', 'auto-increment']);
    expect(kept({ rails: [6, 1], version: [6, 1] })).toEqual(['not-null', 'constant-default', 'comment']);
    expect(kept({ rails: [5, 0], version: [5, 0] })).toEqual(['not-null', 'constant-default']);
    expect(call({ null: false }, { engine: 'mysql', rails: [8, 0] })).toMatchObject([{ restated: null }, { kind: 'set-not-null' }]);
  });
});
