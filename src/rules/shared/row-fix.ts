import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import type { Moment } from './history.ts';
import { historyOf, lastBefore } from './history.ts';

/** A change of rows that a later statement counts on. */
export interface RowFix {
  readonly operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'>;
  /** True when a query that can stop the migration looks at the table between the change and the statement. */
  readonly checked: boolean;
}

/**
 * The last change of these columns' values, or removal of rows, in the table before the moment; null when there is none. No columns stand for any.
 * `since` is the number of the step after which it counts.
 */
export function rowFixBefore(table: QualifiedName, columns: readonly string[], moment: Moment, since = -1): RowFix | null {
  const history = historyOf(table, moment.steps);
  const wanted = columns.length === 0 ? [...history.written.keys()] : ['', ...columns];
  const at = Math.max(-1, ...wanted.map((column) => lastBefore(history.written.get(column), moment)));
  const operation = moment.steps[at]?.operation;
  if (at <= since || (operation?.kind !== 'update-rows' && operation?.kind !== 'delete-rows')) return null;
  return { operation, checked: lastBefore(history.checked, moment) > at };
}

/** True when a query that can stop the migration looks at the table before the moment, whatever else happened. */
export function checkedBefore(table: QualifiedName, moment: Moment): boolean {
  return lastBefore(historyOf(table, moment.steps).checked, moment) >= 0;
}
