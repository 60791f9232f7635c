import { closest as closestName, distance } from 'fastest-levenshtein';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { onMysql, onPostgres } from './version.ts';

const everywhere = [
  'bigint', 'binary', 'boolean', 'date', 'datetime', 'decimal', 'numeric', 'float', 'integer', 'json', 'string', 'text', 'time', 'timestamp', 'virtual', 'blob',
];
const postgres = [
  'bigserial', 'bit', 'bit_varying', 'cidr', 'citext', 'daterange', 'hstore', 'inet', 'interval', 'int4range', 'int8range', 'jsonb', 'ltree', 'macaddr',
  'money', 'numrange', 'oid', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'serial', 'tsrange', 'tstzrange', 'tsvector', 'uuid', 'xml',
  'timestamptz', 'enum',
];
const mysql = [
  'tinyblob', 'mediumblob', 'longblob', 'tinytext', 'mediumtext', 'longtext', 'unsigned_integer', 'unsigned_bigint', 'unsigned_float', 'unsigned_decimal',
];
/** PostGIS, MySQL's spatial adapter, pgvector and GitLab. */
const libraries = [
  'geometry', 'geography', 'st_point', 'st_polygon', 'geometry_collection', 'line_string', 'linestring', 'multi_line_string', 'multi_point', 'multi_polygon', 'spatial',
  'multilinestring', 'multipoint', 'multipolygon', 'geometrycollection', 'point', 'polygon', 'vector', 'halfvec', 'sparsevec', 'tinyint', 'mediumint', 'smallint', 'char', 'varbinary', 'datetime_with_timezone',
];

const known: ReadonlySet<string> = new Set([...everywhere, ...postgres, ...mysql, ...libraries]);

const aliases: Readonly<Record<string, string>> = { blob: 'binary', numeric: 'decimal' };

/** Methods of the block variable besides the types, for spelling. */
const others = [
  'column', 'references', 'belongs_to', 'timestamps', 'index', 'foreign_key', 'check_constraint', 'unique_constraint', 'exclusion_constraint', 'primary_key',
  'remove', 'remove_index', 'remove_references', 'remove_belongs_to', 'remove_timestamps', 'remove_foreign_key', 'remove_check_constraint', 'rename', 'rename_index', 'change', 'change_default', 'change_null',
];

/** True when `t.<name>` adds columns of the type it is called after. */
export function isColumnMethod(name: string): boolean {
  return known.has(name);
}

/** The type that `t.<name>` stands for. */
export function typeOfMethod(call: StatementCall): Value {
  return { type: 'symbol', name: Object.hasOwn(aliases, call.name) ? (aliases[call.name] ?? call.name) : call.name, partial: false, at: call.nameAt };
}

/** The method of the block variable that a misspelt one most likely means, or null. */
export function spellTableMethod(name: string, host: StatementHost): string | null {
  if (name.length < 4 || name.length > 40) return null;
  const candidates = [...everywhere, ...others, ...(onPostgres(host) ? postgres : []), ...(onMysql(host) ? mysql : [])];
  const close = closestName(name, candidates);
  return distance(name, close) <= (name.length <= 5 ? 1 : 2) ? close : null;
}
