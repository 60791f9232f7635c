import { indexColumns, printName } from '../../operations/index.ts';
import type { IndexDefinition, OperationOf } from '../../operations/index.ts';
import type { View } from '../schema.ts';
import { defaultIndexName, railsIndexName } from '../default-name.ts';
import { partitionsOf, putTable, putView, tableAt, tableOfIndex, viewOfIndex } from '../store.ts';
import type { Store } from '../store.ts';
import type { Table } from '../table.ts';
import { isMysqlStore, withIndex } from './definition.ts';
import { alterTable, surely } from './fold.ts';
import type { Folds } from './fold.ts';

/** True when the index has exactly these keys, in this order. */
export function hasColumns(index: IndexDefinition, columns: readonly string[]): boolean {
  return index.keys.length === columns.length && index.keys.every((key, at) => (key.column ?? key.expression) === columns[at]);
}

function removed(table: Table, operation: OperationOf<'drop-index'>, store: Store): Table {
  const name = operation.name?.name ?? null;
  const meant = name === null ? oneOf(table.indexes.filter((index) => hasColumns(index, operation.columns)), railsIndexName(table.name, operation.columns)) : null;
  const goes = (index: IndexDefinition) => (name === null ? index === meant : index.name === name);
  const indexes = table.indexes.filter((index) => !goes(index));
  if (indexes.length < table.indexes.length) return { ...table, indexes };
  if (name === null) {
    const among = table.indexes.filter((index) => operation.columns.length > 0 && indexColumns(index).join() === operation.columns.join());
    return among.length === 1 ? { ...table, indexes: table.indexes.filter((index) => index !== among[0]) } : table;
  }
  const uniques = isMysqlStore(store) || operation.cascade ? table.uniques.filter((unique) => unique.name !== name) : table.uniques;
  return uniques.length < table.uniques.length ? { ...table, uniques } : table;
}

/** The one that `remove_index` means by columns that several have: that of Rails' own name, else one with nothing besides its keys. */
function oneOf(indexes: readonly IndexDefinition[], name: string): IndexDefinition | null {
  return indexes.find((index) => index.name === name) ?? indexes.find(({ include, where }) => include === undefined && where === undefined) ?? indexes[0] ?? null;
}

/** The materialized view whose index is dropped. */
function droppedFrom(store: Store, { table, name }: OperationOf<'drop-index'>): View | undefined {
  if (table !== null) return store.cells.views.get(printName(table));
  return name === null ? undefined : viewOfIndex(store, name.name);
}

/** More partitions than this are left without the index: none of them is then told from the others. */
const mostPartitions = 200;

/** Changes the indexes of the partitions of a table, and of theirs: an index on a partitioned table is one on each of them. */
function changePartitions(store: Store, table: Table, change: (partition: Table) => Table, depth = 0): void {
  if (store.engine !== 'postgres' || table.partitionBy === null || depth > 8) return;
  for (const partition of partitionsOf(store, table.name).slice(0, mostPartitions)) {
    const after = change(partition);
    if (after !== partition) putTable(store, after);
    changePartitions(store, after, change, depth + 1);
  }
}

function sameShape(a: IndexDefinition, b: IndexDefinition): boolean {
  return a.unique === b.unique && a.method === b.method && a.where === b.where && JSON.stringify(a.keys) === JSON.stringify(b.keys);
}

/** Folds of the operations on indexes. */
export const indexFolds: Folds = {
  'create-index'(store, operation, how) {
    const { index } = operation;
    const view = store.cells.views.get(printName(index.table));
    if (view) {
      if (!view.indexes.some((other) => other.name !== null && other.name === index.name)) putView(store, { ...view, indexes: [...view.indexes, index] });
      return;
    }
    if (tableAt(store, index.table) === undefined && store.complete && how.runs === 'if-exists') return;
    const keep = operation.ifNotExists || how.runs !== 'runs';
    if (keep && index.name !== null && !isMysqlStore(store) && tableOfIndex(store, index.name) !== undefined) return;
    alterTable(store, index.table, (table) => {
      if (keep && table.indexes.some((other) => (index.name === null ? hasColumns(other, indexColumns(index)) : other.name === index.name))) return table;
      return withIndex(table, index, { store, language: operation.language });
    });
    const parent = tableAt(store, index.table);
    if (parent === undefined || operation.only) return;
    changePartitions(store, parent, (partition) => {
      const own: IndexDefinition = { ...index, table: partition.name, name: defaultIndexName('postgres', partition, index), generatedName: true };
      return withIndex(partition, own, { store, language: operation.language });
    });
  },

  'drop-index'(store, operation, how) {
    if (!surely(how)) return;
    const view = droppedFrom(store, operation);
    if (view) {
      putView(store, { ...view, indexes: view.indexes.filter((index) => (operation.name === null ? !hasColumns(index, operation.columns) : index.name !== operation.name.name)) });
      return;
    }
    const table = operation.table === null ? operation.name && tableOfIndex(store, operation.name.name) : (tableAt(store, operation.table) ?? null);
    if (!table) return;
    const after = removed(table, operation, store);
    if (after === table) return;
    putTable(store, after);
    const gone = table.indexes.filter((index) => !after.indexes.includes(index));
    changePartitions(store, after, (partition) => ({ ...partition, indexes: partition.indexes.filter((index) => !(index.generatedName && gone.some((one) => sameShape(one, index)))) }));
  },

  'rename-index'(store, operation, how) {
    if (!surely(how)) return;
    const table = operation.table === null ? tableOfIndex(store, operation.name) : tableAt(store, operation.table);
    if (table === undefined) return;
    const renamed = <T extends { readonly name: string | null }>(list: readonly T[]) => list.map((item) => (item.name === operation.name ? { ...item, name: operation.to } : item));
    putTable(store, { ...table, indexes: renamed(table.indexes), uniques: renamed(table.uniques) });
  },
};
