import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import { partitionsOf, putTable, tableAt } from '../store.ts';
import type { Store } from '../store.ts';
import type { Folds, How } from './fold.ts';

/** Notes that rows were written to a new table: a partition's parent holds them, too, and any partition of a written parent may. */
function write(store: Store, name: QualifiedName, way: 'both' | 'up' | 'down' = 'both', depth = 0): void {
  const table = tableAt(store, name);
  if (table === undefined || depth > 8) return;
  if (table.isNew && !table.written) putTable(store, { ...table, written: true });
  if (way !== 'down' && table.partitionOf !== null) write(store, table.partitionOf, 'up', depth + 1);
  if (way !== 'up' && table.partitionBy !== null) for (const partition of partitionsOf(store, name)) write(store, partition.name, 'down', depth + 1);
}

const writes = (store: Store, operation: { readonly table: QualifiedName }): void => write(store, operation.table);

/** Notes which columns a change of all rows, or of those that hold NULL, has filled. */
function update(store: Store, operation: OperationOf<'update-rows'>): void {
  write(store, operation.table);
  const table = tableAt(store, operation.table);
  const columns = operation.columns.length > 0 ? operation.columns : ['*'];
  if (table === undefined || operation.scope === 'bounded' || columns.every((column) => table.filled?.has(column))) return;
  if (operation.scope === 'filtered' && operation.mode.by === 'statement' && !/\bIS\s+NULL\b|\bIS\s+DISTINCT\s+FROM\b|: nil\b/i.test(operation.where ?? '')) return;
  putTable(store, { ...table, filled: new Set([...(table.filled ?? []), ...columns]) });
}

/** Folds of the operations that change rows. */
export const rowFolds: Folds = {
  'insert-rows': writes,
  'update-rows': update,
  'load-rows': writes,

  'truncate'(store, operation, how: How) {
    if (how.runs !== 'runs') return;
    for (const name of operation.tables) {
      const table = tableAt(store, name);
      if (table?.written) putTable(store, { ...table, written: false });
    }
  },
};
