import { printName } from '../../operations/index.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { starredColumns, tablesNamed } from '../query-columns.ts';
import { viewColumns } from '../query-output.ts';
import { putView, tableAt, typeKey, viewsReading, writable } from '../store.ts';
import type { Store } from '../store.ts';
import { surely } from './fold.ts';
import type { Folds } from './fold.ts';

/** Takes a view out, with `cascade` also the views that read it. */
export function dropView(store: Store, name: QualifiedName, cascade: boolean): void {
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!writable(store, 'views').delete(printName(next)) && next !== name) continue;
    if (cascade) waiting.push(...viewsReading(store, next).map((view) => view.name));
  }
}

/** Folds of the operations on views and functions. */
export const viewFolds: Folds = {
  'create-view'(store, operation, how) {
    if (how.runs !== 'runs' && store.cells.views.has(printName(operation.view))) return;
    const { view: name, materialized, query } = operation;
    const before = store.cells.views.get(printName(name));
    const starred = query === null ? undefined : starredColumns(query, (table) => tableAt(store, table));
    const columns = store.engine === 'postgres' ? viewColumns(operation, (table) => tableAt(store, table)) : null;
    const reads = operation.reads.length > 0 || query === null ? operation.reads : tablesNamed(query);
    putView(store, { name, materialized, query, reads, indexes: [], isNew: how.isNew && (before === undefined || before.isNew), ...(starred ? { starred } : {}), ...(columns ? { columns } : {}) });
  },

  'drop-view'(store, operation, how) {
    if (surely(how)) return dropView(store, operation.view, operation.cascade);
    const view = store.cells.views.get(printName(operation.view));
    if (!view) return;
    const { columns: _, ...rest } = view;
    putView(store, rest);
  },

  'rename-view'(store, operation, how) {
    const view = store.cells.views.get(printName(operation.view));
    if (view === undefined || !surely(how)) return;
    const name = { ...operation.view, name: operation.to };
    const readers = viewsReading(store, operation.view);
    writable(store, 'views').delete(printName(operation.view));
    putView(store, { ...view, name });
    for (const reader of readers) putView(store, { ...reader, reads: reader.reads.map((read) => (printName(read) === printName(operation.view) ? name : read)) });
  },

  'create-function'(store, operation) {
    writable(store, 'functions').set(typeKey(operation.function).toLowerCase(), { name: operation.function, volatility: operation.volatility });
  },

  'drop-function'(store, operation, how) {
    if (surely(how)) writable(store, 'functions').delete(typeKey(operation.function).toLowerCase());
  },

};
