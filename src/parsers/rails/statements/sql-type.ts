import type { ColumnType, EngineName } from '../../../operations/index.ts';

/** A type written as SQL text, with what people put behind it in the same string. */
export interface WrittenType {
  readonly type: ColumnType;
  readonly notNull: boolean;
  readonly autoIncrement: boolean;
  readonly primaryKey: boolean;
}

const shared: Readonly<Record<string, string>> = {
  'int': 'integer', 'int4': 'integer', 'int2': 'smallint', 'int8': 'bigint',
  'character varying': 'varchar', 'char varying': 'varchar', 'character': 'char', 'bpchar': 'char',
  'double precision': 'double', 'bit varying': 'varbit',
};

const aliases: Readonly<Record<'postgres' | 'mysql' | 'sqlite', Readonly<Record<string, string>>>> = {
  postgres: {
    ...shared,
    'bool': 'boolean', 'float4': 'real', 'float8': 'double', 'decimal': 'numeric', 'dec': 'numeric',
    'timestamp without time zone': 'timestamp', 'timestamp with time zone': 'timestamptz',
    'time without time zone': 'time', 'time with time zone': 'timetz',
    'serial2': 'smallserial', 'serial4': 'serial', 'serial8': 'bigserial', 'bit_varying': 'varbit',
  },
  mysql: { ...shared, 'numeric': 'decimal', 'dec': 'decimal', 'fixed': 'decimal', 'real': 'double', 'float4': 'float', 'float8': 'double', 'middleint': 'mediumint', 'nvarchar': 'varchar' },
  sqlite: { ...shared },
};

const integers = new Set(['tinyint', 'smallint', 'mediumint', 'integer', 'bigint']);
const afterType = /\b(?:unsigned|signed|zerofill|not\s+null|null|default|auto_increment|primary\s+key|character\s+set|charset|collate|comment|unique|references|check|generated|constraint|using)\b/i;

/** Nobody writes a longer type; such a text is not taken apart. */
const longestType = 5000;

/** Reads a type as SQL writes it (`varchar(20)`, `int unsigned NOT NULL`, `timestamp(6) without time zone`, `enum('a','b')`, `integer[]`) into its canonical form. */
export function readSqlType(text: string, engine: EngineName): WrittenType {
  const dialect = engine === 'mariadb' ? 'mysql' : engine;
  if (text.length > longestType) return { type: { name: text, args: [] }, notNull: false, autoIncrement: false, primaryKey: false };
  const group = /\(([^()]*)\)/.exec(text);
  const outside = (group ? text.slice(0, group.index) + ' ' + text.slice(group.index + group[0].length) : text).replace(/\s+/g, ' ');
  const cut = afterType.exec(outside);
  const head = (cut ? outside.slice(0, cut.index) : outside).trim();
  const bare = head.replace(/(?:\s*\[\d*\])+$|\s+array$/i, '').trim();
  const lower = bare.toLowerCase();
  const quoted = /"/.test(bare);
  const name = quoted ? bare.replaceAll('"', '') : (aliases[dialect][lower] ?? lower);
  const written = group?.[1] ?? '';
  const labels = name === 'enum' || name === 'set' ? [...written.matchAll(/'((?:[^']|'')*)'|"((?:[^"]|"")*)"/g)].map((label) => (label[1] ?? label[2] ?? '').replaceAll("''", "'")) : [];
  const type: ColumnType = {
    ...settle(name, /^[\s\d,]+$/.test(written) ? written.split(',').map(Number) : [], dialect),
    ...(bare === head ? {} : { array: true }),
    ...(/\bunsigned\b/i.test(outside) ? { unsigned: true } : {}),
    ...(labels.length ? { values: labels } : {}),
  };
  return {
    type,
    notNull: /\bnot\s+null\b/i.test(outside),
    autoIncrement: /\bauto_increment\b/i.test(outside),
    primaryKey: /\bprimary\s+key\b/i.test(outside),
  };
}

function settle(name: string, args: readonly number[], dialect: 'postgres' | 'mysql' | 'sqlite'): ColumnType {
  if (name === 'float') return floatType(args[0] ?? null, dialect, args);
  if (dialect === 'mysql') {
    if (name === 'boolean' || name === 'bool') return { name: 'tinyint', args: [1] };
    if (integers.has(name)) return { name, args: name === 'tinyint' && args[0] === 1 ? [1] : [] };
  }
  return { name, args };
}

/** `float` with its precision in bits: single up to 24, double above; on Postgres double when nothing is said. */
export function floatType(bits: number | null, dialect: 'postgres' | 'mysql' | 'sqlite', args: readonly number[] = []): ColumnType {
  if (dialect === 'postgres') return { name: bits !== null && bits <= 24 ? 'real' : 'double', args: [] };
  if (dialect === 'mysql') return { name: bits !== null && bits > 24 ? 'double' : 'float', args: args.length === 2 ? args : [] };
  return { name: 'float', args: [] };
}
