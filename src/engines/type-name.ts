import type { ColumnType } from '../operations/index.ts';

const aliases = new Map<string, string>([
  ['int', 'integer'], ['int4', 'integer'], ['int2', 'smallint'], ['int8', 'bigint'], ['serial', 'integer'], ['bigserial', 'bigint'], ['smallserial', 'smallint'],
  ['decimal', 'numeric'], ['float4', 'real'], ['float8', 'double'], ['double precision', 'double'], ['bool', 'boolean'], ['character varying', 'varchar'],
  ['string', 'varchar'], ['character', 'char'], ['bpchar', 'char'], ['timestamp without time zone', 'timestamp'], ['timestamp with time zone', 'timestamptz'],
  ['time without time zone', 'time'], ['time with time zone', 'timetz'], ['bit varying', 'varbit'], ['binary_jsonb', 'jsonb'],
]);

/** The type under its canonical name on Postgres: `int4` and `serial` are `integer`, `decimal` is `numeric`; `varchar` keeps its length, integers lose theirs. */
export function canonicalType(type: ColumnType): ColumnType {
  const lower = type.name.toLowerCase().replace(/^pg_catalog\./, '');
  const name = aliases.get(lower) ?? (plainNames.has(lower) ? lower : type.name);
  if (name === 'char' && type.args.length === 0) return { ...type, name, args: [1] };
  if (name === 'bit' && type.args.length === 0) return { ...type, name, args: [1] };
  return name === type.name ? type : { ...type, name };
}

const plainNames = new Set([
  'smallint', 'integer', 'bigint', 'numeric', 'real', 'double', 'money', 'oid', 'boolean', 'text', 'varchar', 'char', 'citext', 'name', 'date', 'timestamp', 'timestamptz', 'time',
  'timetz', 'interval', 'uuid', 'json', 'jsonb', 'xml', 'bytea', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bit', 'varbit', 'hstore', 'ltree', 'tsvector', 'tsquery', 'point', 'line', 'lseg', 'box',
  'path', 'polygon', 'circle', 'int4range', 'int8range', 'numrange', 'tsrange', 'tstzrange', 'daterange', 'int4multirange', 'int8multirange', 'nummultirange', 'tsmultirange',
  'tstzmultirange', 'datemultirange', 'jsonpath', 'pg_lsn', 'vector', 'geometry', 'geography', 'regclass',
]);

/** True for the types of Postgres itself and of the extensions that come with it or are common: not an enum, a domain or an unknown one. */
export function isBuiltIn(name: string): boolean {
  return plainNames.has(name);
}
