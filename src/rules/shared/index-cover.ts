import type { IndexDefinition, IndexKey } from '../../operations/index.ts';
import { qualified } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';

/** How an index serves in another one's place: `same` keys, or as its `prefix`; null when it does not. */
export type Cover = 'same' | 'prefix' | null;

/**
 * Tells whether every search that `narrow` serves is served by `wide`, too: the same rows (no or the same predicate), the same kind, and the keys of `narrow`
 * at the front of those of `wide`. Only a btree can be searched by its first keys alone.
 */
export function coverOf(narrow: IndexDefinition, wide: IndexDefinition): Cover {
  if (narrow.method !== wide.method || plain(narrow.where) !== plain(wide.where) || narrow.keys.length > wide.keys.length || narrow.keys.length === 0) return null;
  if (!narrow.keys.every((key, at) => keyText(key) === keyText(wide.keys[at]))) return null;
  const held = new Set([...(wide.include ?? []), ...wide.keys.flatMap(({ column }) => column ?? [])]);
  if (!(narrow.include ?? []).every((column) => held.has(column))) return null;
  if (narrow.keys.length === wide.keys.length) return 'same';
  return narrow.method === 'btree' ? 'prefix' : null;
}

/** All that a table can be searched by: its indexes, and its keys, which are unique indexes by other names. */
export function indexesOf(table: Table): IndexDefinition[] {
  const keys = [{ name: 'PRIMARY KEY', columns: table.primaryKey }, ...table.uniques].filter(({ columns }) => columns.length > 0);
  const backing = keys.map(({ name, columns }): IndexDefinition => ({ name, table: qualified(table.name.name, table.name.schema), keys: columns.map((column) => ({ column, expression: null })), unique: true, method: 'btree' }));
  return [...backing, ...table.indexes];
}

/** True when rows can be found by the columns, in whatever order, through the front of an index that holds all rows in which they are set. */
export function isSearchable(columns: readonly string[], table: Table): boolean {
  return indexesOf(table).some((index) => {
    const front = index.keys.slice(0, columns.length).map(({ column }) => column);
    return index.method === 'btree' && columns.every((column) => front.includes(column)) && holdsAllSet(index.where, columns);
  });
}

function holdsAllSet(where: string | undefined, columns: readonly string[]): boolean {
  const text = plain(where);
  return text === '' || columns.some((column) => text === `${column} is not null`);
}

function keyText(key: IndexKey | undefined): string {
  if (!key) return '';
  return JSON.stringify([key.column, plain(key.expression ?? ''), key.order === 'desc', key.nulls ?? '', key.opclass ?? '', key.collation ?? '', key.length ?? 0]);
}

/** An expression without what its spelling adds: case, quotes, white space and brackets around it all. */
function plain(expression: string | undefined): string {
  let text = (expression ?? '').replace(/["`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();
  while (/^\([^()]*\)$/.test(text)) text = text.slice(1, -1).trim();
  return text;
}
