import type { QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { scanQuery } from './query-scan.ts';
import type { Place, Reference, Scope } from './query-scan.ts';
import type { Table } from './table.ts';

/** Whether a query uses a column: `perhaps` when the name may as well be that of another table's column. */
export type Use = 'surely' | 'perhaps' | 'no';

/** Looks up what is known of a table. */
export type Lookup = (name: QualifiedName) => Table | undefined;

/**
 * Whether a query, or a condition of a row of `own`, uses a column of a table, as Postgres sees it: `count(*)` uses no column, and neither does an alias of the
 * same name. What a `*` stood for is fixed when a view is created, see `starredColumns`.
 */
export function usesColumn(sql: string, table: QualifiedName, column: string, lookup: Lookup, own: QualifiedName | null = null): Use {
  if (!sql.toLowerCase().includes(column.toLowerCase())) return 'no';
  const { scopes, references } = scanQuery(sql, own);
  const key = printName(table);
  const isNamed = scopes.some(({ places }) => places.some((place) => printName(place.table) === key));
  const uses = references.filter((reference) => reference.column === column).map((reference) => useOf(reference, scopes, key, isNamed, lookup));
  return uses.includes('surely') ? 'surely' : uses.includes('perhaps') ? 'perhaps' : 'no';
}

function useOf(reference: Reference, scopes: readonly Scope[], key: string, isNamed: boolean, lookup: Lookup): Use {
  const { qualifier, column, aliased } = reference;
  const isIt = (place: Place) => printName(place.table) === key;
  for (let scope = scopes[reference.scope]; scope !== undefined; scope = scope.parent === null ? undefined : scopes[scope.parent]) {
    const { places } = scope;
    if (qualifier !== null) {
      const meant = places.filter((place) => place.alias === qualifier);
      if (meant.length > 0) return meant.every(isIt) ? 'surely' : meant.some(isIt) ? 'perhaps' : 'no';
      if (scope.derived.includes(qualifier)) return 'no';
      continue;
    }
    const others = places.filter((place) => !isIt(place)).map((place) => lookup(place.table));
    // A name without its table may mean one table of a query only, or the query is refused.
    if (places.some(isIt)) return aliased || others.some((other) => other?.columns.has(column)) ? 'perhaps' : 'surely';
    if (others.some((other) => other?.columns.has(column))) return 'no';
    if (others.some((other) => other?.complete !== true) || scope.derived.length > 0) return isNamed ? 'perhaps' : 'no';
  }
  // The table may have had another name when the query was written.
  return isNamed ? 'no' : 'perhaps';
}

/** The columns that each `*` of a query stands for, by the printed name of the table; undefined without one. */
export function starredColumns(sql: string, lookup: Lookup): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  if (!/\*/.test(sql)) return undefined;
  const { scopes, stars } = scanQuery(sql);
  const meant = stars.flatMap(({ qualifier, scope }) => (scopes[scope]?.places ?? []).filter((place) => qualifier === null || qualifier === place.alias));
  return meant.length === 0 ? undefined : new Map(meant.map(({ table }) => [printName(table), new Set(lookup(table)?.columns.keys())]));
}

/** The tables that a query names, each once. */
export function tablesNamed(sql: string): QualifiedName[] {
  const places = scanQuery(sql).scopes.flatMap((scope) => scope.places);
  return [...new Map(places.map(({ table }) => [printName(table), table])).values()];
}
