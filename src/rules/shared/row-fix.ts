import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { Step } from '../rule.ts';

/** A change of rows that a later statement counts on. */
export interface RowFix {
  readonly operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'>;
  /** True when a query that can stop the migration looks at the table between the change and the statement. */
  readonly checked: boolean;
}

/** The last change of these columns' values, or removal of rows, in the table before a statement; null when there is none. */
export function rowFixBefore(table: QualifiedName, columns: readonly string[], earlier: readonly Step[]): RowFix | null {
  let checked = false;
  for (const { operation } of earlier.toReversed()) {
    if (operation.kind === 'read-rows' && operation.check && (operation.tables.length === 0 || operation.tables.some((one) => sameName(one, table)))) checked = true;
    if ((operation.kind === 'update-rows' || operation.kind === 'delete-rows') && sameName(operation.table, table) && touches(operation, columns)) return { operation, checked };
  }
  return null;
}

/** True when a query that can stop the migration looks at the table before the statement, whatever else happened. */
export function checkedBefore(table: QualifiedName, earlier: readonly Step[]): boolean {
  return earlier.some(({ operation }) => operation.kind === 'read-rows' && operation.check && operation.tables.some((one) => sameName(one, table)));
}

/** True when the change may write one of the columns; a removal of rows touches all, and so does a change whose columns are not known. */
export function touches(operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'>, columns: readonly string[]): boolean {
  if (operation.kind === 'delete-rows' || operation.columns.length === 0 || columns.length === 0) return true;
  return operation.columns.some((column) => columns.includes(column));
}
