import type { ColumnType, Engine } from '../../operations/index.ts';
import { isMysql, printType } from '../../operations/index.ts';

/** How a column's type goes with the type of the key it references: `fits`; `overflows` when the key outgrows it; `refused` by the engine; `unknown`. */
export type KeyMatch = 'fits' | 'overflows' | 'refused' | 'unknown';

/** Compares a referencing column's type with the key's. */
export function matchKeyTypes(column: ColumnType, key: ColumnType, engine: Engine): KeyMatch {
  if (column.dynamic || key.dynamic) return 'unknown';
  const own = family(column);
  const other = family(key);
  if (own === null || other === null) return printType(column) === printType(key) ? 'fits' : 'unknown';
  if (own !== other) return isMysql(engine) || engine.name === 'postgres' ? 'refused' : 'overflows';
  if (own !== 'integer') return 'fits';
  const size = width(column);
  const wanted = width(key);
  if (isMysql(engine)) return size === wanted && Boolean(column.unsigned) === Boolean(key.unsigned) ? 'fits' : 'refused';
  return size < wanted ? 'overflows' : 'fits';
}

/** Compares the types where only the names say that one references the other: integers that are too narrow, and an integer against a uuid. */
export function compareByName(column: ColumnType, key: ColumnType): KeyMatch {
  const [own, other] = [family(column), family(key)];
  if (own === 'integer' && other === 'integer') return width(column) < width(key) ? 'overflows' : 'fits';
  return (own === 'uuid' && other === 'integer') || (own === 'integer' && other === 'uuid') ? 'refused' : 'unknown';
}

function family({ name, array }: ColumnType): string | null {
  if (array) return null;
  if (name in widths) return 'integer';
  if (/^(varchar|char|text|citext|bpchar|tinytext|mediumtext|longtext)$/.test(name)) return 'text';
  return /^(uuid|numeric|decimal|date|timestamp|timestamptz|datetime|boolean|bytea|binary|varbinary|json|jsonb|inet)$/.test(name) ? name : null;
}

const widths: Readonly<Record<string, number>> = { tinyint: 1, smallint: 2, smallserial: 2, mediumint: 3, integer: 4, int: 4, serial: 4, bigint: 8, bigserial: 8 };

function width({ name }: ColumnType): number {
  return widths[name] ?? 0;
}
