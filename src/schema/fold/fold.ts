import type { OperationContext, OperationKind, OperationOf, QualifiedName } from '../../operations/index.ts';
import { putTable, tableAt } from '../store.ts';
import type { Store } from '../store.ts';
import type { Table } from '../table.ts';

/**
 * Whether an operation runs, as far as the text tells: surely; only when its object is there; only when it is not there;
 * or on a condition that is decided while the migration runs.
 */
export type Certainty = 'runs' | 'if-exists' | 'if-not-exists' | 'maybe';

/** How one operation is folded. */
export interface How {
  readonly isNew: boolean;
  readonly runs: Certainty;
}

/** Folds operations of one kind. */
export type Fold<K extends OperationKind> = (store: Store, operation: OperationOf<K>, how: How) => void;

/** Folds of some kinds. */
export type Folds = { readonly [K in OperationKind]?: Fold<K> };

/** Reads the guards of an operation. A caught failure (`rescue`) counts as run: it fails when what it wants is there already. */
export function certaintyOf(operation: OperationContext): Certainty {
  const guards = operation.guards.filter((guard) => guard.kind !== 'rescue');
  if (guards.some((guard) => guard.kind === 'condition')) return 'maybe';
  if (guards.some((guard) => guard.kind === 'not-exists')) return 'if-not-exists';
  if (guards.length > 0) return 'if-exists';
  return operation.certain || operation.guards.length > 0 ? 'runs' : 'maybe';
}

/** True when something that is there is surely taken away or changed. */
export function surely(how: How): boolean {
  return how.runs === 'runs' || how.runs === 'if-exists';
}

/** A table of which nothing is known but its name. */
export function emptyTable(name: QualifiedName): Table {
  return {
    name, columns: new Map(), newColumns: new Set(), primaryKey: [], indexes: [], foreignKeys: [], checks: [], uniques: [], exclusions: [], triggers: [], policies: [],
    partitionBy: null, partitionOf: null, unlogged: false, comment: null, isNew: false, written: false, complete: false,
  };
}

/** Changes a table; one that was never seen starts as an incomplete one. */
export function alterTable(store: Store, name: QualifiedName, change: (table: Table) => Table): void {
  const before = tableAt(store, name) ?? emptyTable(name);
  const after = change(before);
  if (after !== before || tableAt(store, name) === undefined) putTable(store, after);
}

/** More columns than a table of any engine can hold, and more indexes or constraints than any is known to have, are not recorded: no input makes the fold slow. */
const mostColumns = 4096;
const mostOthers = 1000;

/** The list with one more item. */
export function append<T>(list: readonly T[], item: T): readonly T[] {
  return hasRoom(list) ? [...list, item] : list;
}

/** True when one more item would be recorded. */
export function hasRoom(list: readonly unknown[]): boolean {
  return list.length < mostOthers;
}

/** True when one more column would be more than any engine takes. */
export function isFull(columns: ReadonlyMap<string, unknown>): boolean {
  return columns.size >= mostColumns;
}
