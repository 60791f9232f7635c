import type { Operation, OperationOf } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';

/**
 * True when another column of the table takes the name in the same transaction: `ADD new`, `UPDATE SET new = old`, `DROP old`, `RENAME new TO old`. Code that
 * runs meets a column of the name before and after, and never without. SQLite, which has one writer, needs no transaction for that.
 */
export function isDroppedForReplacement(drop: OperationOf<'drop-column'>, context: RuleContext): boolean {
  return isReplaced(drop, drop.column, context);
}

/** The same for a column that gives its name to a new one: `RENAME old TO gone`, `ADD old`, `UPDATE SET old = gone`, `DROP gone`. */
export function isRenamedForReplacement(rename: OperationOf<'rename-column'>, context: RuleContext): boolean {
  return isReplaced(rename, rename.column, context);
}

/** True when the column had another name that a new column took over in the same transaction. */
export function isLeftOver(drop: OperationOf<'drop-column'>, context: RuleContext): boolean {
  return context.migration.operations.some((operation) => operation.kind === 'rename-column' && operation.to === drop.column && belongs(operation, drop, context) && isReplaced(operation, operation.column, context));
}

/** Some later statement gives the name to a column again. */
function isReplaced(gone: OperationOf<'drop-column'> | OperationOf<'rename-column'>, name: string, context: RuleContext): boolean {
  return laterThan(gone, context).some((operation) => belongs(operation, gone, context)
    && ((operation.kind === 'rename-column' && operation.to === name) || (operation.kind === 'add-column' && gone.kind === 'rename-column' && operation.column.name === name)));
}

function laterThan(operation: Operation, { migration: { operations } }: RuleContext): readonly Operation[] {
  return operations.slice(operations.indexOf(operation) + 1);
}

function belongs(operation: Operation, other: OperationOf<'drop-column'> | OperationOf<'rename-column'>, { engine }: RuleContext): boolean {
  return 'table' in operation && operation.table !== null && sameName(operation.table, other.table)
    && (engine.name === 'sqlite' || (operation.transaction !== null && operation.transaction === other.transaction));
}
