import type { QualifiedName } from '../../operations/index.ts';
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

/** Folds of the operations that change rows. */
export const rowFolds: Folds = {
  'insert-rows': writes,
  'update-rows': writes,
  'load-rows': writes,

  'truncate'(store, operation, how: How) {
    if (how.runs !== 'runs') return;
    for (const name of operation.tables) {
      const table = tableAt(store, name);
      if (table?.written) putTable(store, { ...table, written: false });
    }
  },
};
