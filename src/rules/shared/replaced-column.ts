import type { Operation, OperationOf } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { inForce } from './history.ts';
import { ofKind, placeOf } from './of-kind.ts';

/** What takes a column's name away. */
type Gone = OperationOf<'drop-column'> | OperationOf<'rename-column'>;

/**
 * True when another column of the table takes the name in the same transaction: `ADD new`, `UPDATE SET new = old`, `DROP old`, `RENAME new TO old`; or
 * `RENAME old TO gone`, `ADD old`, `UPDATE SET old = gone`, `DROP gone`. Code that runs meets a column of the name before and after, and never without.
 * SQLite, which has one writer, needs no transaction for that.
 */
export function isReplaced(gone: Gone, context: RuleContext): boolean {
  const operations = context.lasting;
  const since = placeOf(gone, operations);
  const takes = (operation: Operation) => isTogether(operation, gone, context) && placeOf(operation, operations) > since;
  return ofKind(operations, 'rename-column').some((operation) => operation.to === gone.column && takes(operation))
    || (gone.kind === 'rename-column' && ofKind(operations, 'add-column').some((operation) => operation.column.name === gone.column && takes(operation)));
}

/** True when the column takes a name that was dropped or moved away just before in the same transaction: the end of such an exchange. */
export function takesOver(rename: OperationOf<'rename-column'>, context: RuleContext): boolean {
  return inForce(context).some(({ operation }) => (operation.kind === 'drop-column' || operation.kind === 'rename-column') && operation.column === rename.to && isTogether(operation, rename, context));
}

/** True when the column had another name that a new column took over in the same transaction. */
export function isLeftOver(drop: OperationOf<'drop-column'>, context: RuleContext): boolean {
  return ofKind(context.lasting, 'rename-column').some((operation) => operation.to === drop.column && isTogether(operation, drop, context) && isReplaced(operation, context));
}

function isTogether(operation: Operation, other: Gone, { engine }: RuleContext): boolean {
  return 'table' in operation && operation.table !== null && sameName(operation.table, other.table)
    && (engine.name === 'sqlite' || (operation.transaction !== null && operation.transaction === other.transaction));
}
