import type { ColumnType, EngineName } from '../../../operations/index.ts';
import type { StatementHost } from '../host.ts';
import { literalText, type Value } from '../value.ts';
import { isDynamic, isOn, nameText, optionNumber, optionText, type Options } from './arguments.ts';
import { floatType, readSqlType, type WrittenType } from './sql-type.ts';
import { asksFor, onPostgres } from './version.ts';

type Native = (options: Options, host: StatementHost) => ColumnType;

/** The column type that a Rails type with its options becomes on the engine, and what else was written in the type's text. */
export function writtenTypeOf(type: Value, options: Options, host: StatementHost): WrittenType {
  const plain = (columnType: ColumnType): WrittenType => ({ type: columnType, notNull: false, autoIncrement: false, primaryKey: false });
  const text = literalText(type);
  if (text === null) return plain({ name: nameText(type), args: [], dynamic: true });
  if (text === 'virtual') {
    const real = options.options.get('type')?.value;
    return real && literalText(real) !== 'virtual' ? writtenTypeOf(real, options, host) : plain({ name: 'virtual', args: [] });
  }
  return withModifiers(readType(text, options, host), options, host);
}

/** The column type that a Rails type with its options becomes on the engine. */
export function typeOf(type: Value, options: Options, host: StatementHost): ColumnType {
  return writtenTypeOf(type, options, host).type;
}

function readType(text: string, options: Options, host: StatementHost): WrittenType {
  const dialect = dialectOf(host.environment.engine.name);
  const unsigned = dialect === 'mysql' ? /^unsigned_(\w+)$/.exec(text)?.[1] : undefined;
  const native = natives[dialect].get(unsigned ?? text) ?? everywhere.get(unsigned ?? text);
  if (!native) return readSqlType(text, host.environment.engine.name);
  // A constant of the application says how long it is.
  const isComputed = ['limit', 'precision', 'scale'].some((name) => {
    const value = options.options.get(name)?.value;
    return value !== undefined && value.type !== 'nil' && value.type !== 'number' && isDynamic(value);
  });
  const type = isComputed ? { ...native(options, host), dynamic: true } : native(options, host);
  return { type: unsigned ? { ...type, unsigned: true } : type, notNull: false, autoIncrement: false, primaryKey: false };
}

function withModifiers(written: WrittenType, options: Options, host: StatementHost): WrittenType {
  const type = written.type;
  const array = onPostgres(host) && isOn(options, 'array');
  const unsigned = !onPostgres(host) && isOn(options, 'unsigned');
  if (!array && !unsigned) return written;
  return { ...written, type: { ...type, ...(array ? { array: true } : {}), ...(unsigned ? { unsigned: true } : {}) } };
}

const everywhere: ReadonlyMap<string, Native> = new Map<string, Native>([
  ['date', () => ({ name: 'date', args: [] })],
  ['bigint', () => ({ name: 'bigint', args: [] })],
  ['json', () => ({ name: 'json', args: [] })],
  ['datetime', (options, host) => ({ name: 'datetime', args: precision(options, datetimePrecision(host)) })],
  ['time', (options) => ({ name: 'time', args: precision(options, null) })],
]);

const natives: Readonly<Record<'postgres' | 'mysql' | 'sqlite', ReadonlyMap<string, Native>>> = {
  postgres: new Map<string, Native>([
    ['primary_key', (_options, host) => ({ name: asksFor(host, 5, 1) ? 'bigserial' : 'serial', args: [] })],
    ['string', (options) => ({ name: 'varchar', args: limited(options, null) })],
    ['text', () => ({ name: 'text', args: [] })],
    ['integer', (options) => ({ name: integerByBytes(optionNumber(options, 'limit'), false), args: [] })],
    ['float', (options) => floatType(optionNumber(options, 'limit'), 'postgres')],
    ['decimal', (options) => ({ name: 'numeric', args: scaled(options) })],
    ['numeric', (options) => ({ name: 'numeric', args: scaled(options) })],
    ['datetime', (options, host) => ({ name: asksFor(host, 7, 0) ? (host.environment.datetimeType ?? 'timestamp') : 'timestamp', args: precision(options, datetimePrecision(host)) })],
    ['timestamp', (options) => ({ name: 'timestamp', args: precision(options, null) })],
    ['timestamptz', () => ({ name: 'timestamptz', args: [] })],
    ['datetime_with_timezone', () => ({ name: 'timestamptz', args: [] })],
    ['interval', (options) => ({ name: 'interval', args: precision(options, null) })],
    ['binary', () => ({ name: 'bytea', args: [] })],
    ['blob', () => ({ name: 'bytea', args: [] })],
    ['boolean', () => ({ name: 'boolean', args: [] })],
    ['bit', (options) => ({ name: 'bit', args: limited(options, null) })],
    ['bit_varying', (options) => ({ name: 'varbit', args: limited(options, null) })],
    ['vector', (options) => ({ name: 'vector', args: limited(options, null) })],
    ['halfvec', (options) => ({ name: 'halfvec', args: limited(options, null) })],
    ['enum', (options) => {
      const name = optionText(options, 'enum_type') ?? optionText(options, 'enum_name');
      if (name !== null) return { name, args: [] };
      const unknown = options.options.get('enum_type');
      return unknown ? { name: nameText(unknown.value), args: [], dynamic: true } : { name: 'enum', args: [] };
    }],
  ]),
  mysql: new Map<string, Native>([
    ['primary_key', (_options, host) => ({ name: asksFor(host, 5, 1) ? 'bigint' : 'integer', args: [] })],
    ['string', (options) => ({ name: 'varchar', args: limited(options, 255) })],
    ['text', (options) => ({ name: sized('text', options), args: [] })],
    ['blob', (options) => ({ name: sized('blob', options), args: [] })],
    ['binary', (options) => {
      const limit = optionNumber(options, 'limit');
      return limit !== null && limit <= 0xfff ? { name: 'varbinary', args: [limit] } : { name: sized('blob', options), args: [] };
    }],
    ['integer', (options) => ({ name: integerByBytes(optionNumber(options, 'limit'), true), args: [] })],
    ['float', (options) => floatType(optionNumber(options, 'limit'), 'mysql')],
    ['decimal', (options) => ({ name: 'decimal', args: scaled(options) })],
    ['numeric', (options) => ({ name: 'decimal', args: scaled(options) })],
    ['timestamp', (options) => ({ name: 'timestamp', args: precision(options, null) })],
    ['boolean', () => ({ name: 'tinyint', args: [1] })],
  ]),
  sqlite: new Map<string, Native>([
    ['primary_key', () => ({ name: 'integer', args: [] })],
    ['string', (options) => ({ name: 'varchar', args: limited(options, null) })],
    ['text', () => ({ name: 'text', args: [] })],
    ['integer', () => ({ name: 'integer', args: [] })],
    ['bigint', () => ({ name: 'bigint', args: [] })],
    ['float', () => ({ name: 'float', args: [] })],
    ['decimal', (options) => ({ name: 'decimal', args: scaled(options) })],
    ['numeric', (options) => ({ name: 'decimal', args: scaled(options) })],
    ['timestamp', (options, host) => ({ name: 'datetime', args: precision(options, datetimePrecision(host)) })],
    ['binary', () => ({ name: 'blob', args: [] })],
    ['blob', () => ({ name: 'blob', args: [] })],
    ['boolean', () => ({ name: 'boolean', args: [] })],
  ]),
};

/** The dialect of column types. */
export function dialectOf(engine: EngineName): 'postgres' | 'mysql' | 'sqlite' {
  return engine === 'mariadb' ? 'mysql' : engine;
}

/** `datetime` has microseconds unless said otherwise since 7.0. */
function datetimePrecision(host: StatementHost): number | null {
  return asksFor(host, 7, 0) ? 6 : null;
}

function precision(options: Options, fallback: number | null): number[] {
  const said = options.options.has('precision');
  const value = optionNumber(options, 'precision') ?? (said ? null : fallback) ?? optionNumber(options, 'limit');
  return value === null ? [] : [value];
}

function limited(options: Options, fallback: number | null): number[] {
  const limit = optionNumber(options, 'limit') ?? fallback;
  return limit === null ? [] : [limit];
}

function scaled(options: Options): number[] {
  const digits = optionNumber(options, 'precision');
  if (digits === null) return [];
  const scale = optionNumber(options, 'scale');
  return scale === null ? [digits] : [digits, scale];
}

/** `limit` of an integer counts bytes. */
function integerByBytes(bytes: number | null, mysql: boolean): string {
  if (bytes === null || bytes === 4 || bytes > 8) return 'integer';
  if (bytes >= 5) return 'bigint';
  if (!mysql) return bytes === 3 ? 'integer' : 'smallint';
  return bytes === 1 ? 'tinyint' : bytes === 2 ? 'smallint' : 'mediumint';
}

/** `limit` of a MySQL text or blob counts bytes; `size` says it in words since 6.0. */
function sized(kind: 'text' | 'blob', options: Options): string {
  const size = optionText(options, 'size');
  if (size === 'tiny' || size === 'medium' || size === 'long') return size + kind;
  const limit = optionNumber(options, 'limit');
  if (limit === null || size !== null) return kind;
  if (limit <= 0xff) return `tiny${kind}`;
  if (limit <= 0xffff) return kind;
  return limit <= 0xffffff ? `medium${kind}` : `long${kind}`;
}

