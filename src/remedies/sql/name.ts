import type { Engine, QualifiedName } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';

/** Words that Postgres 18 does not take as a bare name everywhere (reserved, type-or-function and column-name keywords of `pg_get_keywords()`). */
const keywords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check
  coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
  freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join json
  json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading
  least left like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
  only or order out outer overlaps overlay placing position precision primary real references returning right row select session_user setof
  similar smallint some substring symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique user
  using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse
  xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/** An identifier as the engine's SQL writes it: quoted where needed on Postgres and SQLite, always in backticks on MySQL and MariaDB. */
export function quoteName(name: string, engine: Engine): string {
  if (isMysql(engine)) return `\`${name.replaceAll('`', '``')}\``;
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

/** A table's (or index's, view's, function's) name with its schema. */
export function quoteQualified(name: QualifiedName, engine: Engine): string {
  return name.schema === null ? quoteName(name.name, engine) : `${quoteName(name.schema, engine)}.${quoteName(name.name, engine)}`;
}

/** Several column names in parentheses. */
export function columnList(columns: readonly string[], engine: Engine): string {
  return `(${columns.map((column) => quoteName(column, engine)).join(', ')})`;
}

/** Splits `auth.users` as `printName` and Rails write it. */
export function parseTableName(text: string): QualifiedName {
  const dot = text.indexOf('.');
  return dot > 0 ? { schema: text.slice(0, dot), name: text.slice(dot + 1) } : { schema: null, name: text };
}
