import { printName } from '../operations/index.ts';
import type { EngineName, Operation, OperationKind, OperationOf } from '../operations/index.ts';
import { columnFolds } from './fold/columns.ts';
import { constraintFolds } from './fold/constraints.ts';
import { certaintyOf } from './fold/fold.ts';
import type { Fold, Folds } from './fold/fold.ts';
import { indexFolds } from './fold/indexes.ts';
import { rowFolds } from './fold/rows.ts';
import { tableFolds } from './fold/tables.ts';
import { triggerFolds } from './fold/triggers.ts';
import { typeFolds } from './fold/types.ts';
import { viewFolds } from './fold/views.ts';
import type { DatabaseFunction, Schema } from './schema.ts';
import { copyStore, createStore, defaultPartitionOf, partitionsOf, policiesReading, putTable, referencing, removeTable, restoreStore, tableAt, tableOfIndex, typeKey, viewsReading, writable } from './store.ts';
import type { Store } from './store.ts';

/** What a schema starts from. */
export interface SchemaOptions {
  /** True when everything will be folded in (a dump, or the whole history), so that a table that is not there does not exist. */
  readonly complete: boolean;
  /** Whose rules the fold follows; Postgres when absent. */
  readonly engine?: EngineName;
}

/** How an operation is folded. */
export interface FoldContext {
  /** True for operations of the change set that is being linted: what they create is new. */
  readonly inChangeSet: boolean;
}

/** A state to come back to. */
export type Mark = Pick<Store, 'cells' | 'fresh'>;

/** A schema that operations can be folded into. */
export interface SchemaState extends Schema {
  /** Folds one operation in. Never throws: what the schema does not know is taken as it comes. */
  apply(operation: Operation, how: FoldContext): void;
  /** Forgets what is new, and temporary tables: after the base branch's history, before the change set. */
  markAllOld(): void;
  /** An independent copy in constant time; whichever of the two writes first pays for a copy of the map it writes to. */
  clone(): SchemaState;
  /** The state as it is now, to come back to. Constant time; the next write pays for a copy of the map it writes to. */
  mark(): Mark;
  /** Goes back to a mark of this very schema: what was folded in since is as if it never had been. */
  restore(mark: Mark): void;
  /** What is there now, for readers that must not see later operations. Costs what `clone` costs. */
  snapshot(): Schema;
}

const folds: Folds = { ...tableFolds, ...columnFolds, ...indexFolds, ...constraintFolds, ...typeFolds, ...viewFolds, ...triggerFolds, ...rowFolds };

/** An empty schema to fold operations into. */
export function createSchema(options: SchemaOptions): SchemaState {
  return stateOf(createStore(options.engine ?? 'postgres', options.complete));
}

function stateOf(store: Store): SchemaState {
  return {
    complete: store.complete,
    table: (name) => tableAt(store, name),
    tables: () => store.cells.tables.values(),
    view: (name) => store.cells.views.get(printName(name)),
    views: () => store.cells.views.values(),
    enumValues: (type) => store.cells.enums.get(typeKey(type))?.values,
    isNewType: (type) => store.cells.enums.get(typeKey(type))?.isNew ?? false,
    isNewEnumValue: (type, value) => store.cells.enums.get(typeKey(type))?.newValues.has(value) ?? true,
    domain: (type) => store.cells.domains.get(typeKey(type)),
    function: (name) => functionNamed(store, name),
    tableOfIndex: (index) => tableOfIndex(store, index),
    referencing: (name) => referencing(store, name),
    partitionsOf: (name) => partitionsOf(store, name),
    policiesReading: (name) => policiesReading(store, name),
    defaultPartitionOf: (name) => defaultPartitionOf(store, name),
    viewsReading: (name) => viewsReading(store, name),
    apply: (operation, how) => fold(store, operation, how.inChangeSet),
    markAllOld: () => markAllOld(store),
    mark: () => copyStore(store),
    restore: (mark) => restoreStore(store, mark),
    clone: () => stateOf(copyStore(store)),
    snapshot: () => stateOf(copyStore(store)),
  };
}

function fold<K extends OperationKind>(store: Store, operation: OperationOf<K>, isNew: boolean): void {
  const handler = folds[operation.kind] as Fold<K> | undefined;
  handler?.(store, operation, { isNew, runs: certaintyOf(operation) });
}

function markAllOld(store: Store): void {
  for (const key of [...store.cells.temporary.keys()]) {
    const table = store.cells.tables.get(key);
    if (table) removeTable(store, table.name);
    writable(store, 'temporary').delete(key);
  }
  for (const key of store.fresh) {
    const table = store.cells.tables.get(key);
    if (table) putTable(store, { ...table, isNew: false, written: false, newColumns: new Set() });
  }
  store.fresh.clear();
  for (const [key, view] of [...store.cells.views]) if (view.isNew) writable(store, 'views').set(key, { ...view, isNew: false });
  for (const [key, type] of [...store.cells.enums]) if (type.isNew || type.newValues.size > 0) writable(store, 'enums').set(key, { ...type, isNew: false, newValues: new Set() });
}

function functionNamed(store: Store, name: string): DatabaseFunction | undefined {
  const key = typeKey(name.toLowerCase());
  const exact = store.cells.functions.get(key);
  if (exact !== undefined || key.includes('.')) return exact;
  for (const [other, definition] of store.cells.functions) if (other.endsWith(`.${key}`)) return definition;
  return undefined;
}
