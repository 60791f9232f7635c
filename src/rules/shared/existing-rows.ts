import type { Operation, QualifiedName } from '../../operations/index.ts';
import { sameName, tableOf } from '../../operations/index.ts';
import type { Step } from '../rule.ts';

/** True when the step's table may hold rows that nobody who reads the migration knows: not a new one, unless a query filled it; not an emptied one. */
export function mayHoldRows(step: Step, earlier: readonly Step[]): boolean {
  const table = tableOf(step.operation);
  if (!table) return true;
  const mine = earlier.map(({ operation }) => operation).filter((operation) => concerns(operation, table));
  const emptied = mine.findLastIndex(empties);
  const since = mine.slice(emptied + 1);
  if (emptied < 0 && !isYoung(step, table, mine)) return true;
  return since.some(fillsUnseen);
}

function isYoung(step: Step, table: QualifiedName, mine: readonly Operation[]): boolean {
  return step.onNewTable || step.table?.isNew === true || mine.some((operation) => operation.kind === 'create-table' && !operation.ifNotExists && sameName(operation.table, table));
}

function concerns(operation: Operation, table: QualifiedName): boolean {
  if (operation.kind === 'truncate') return operation.tables.some((one) => sameName(one, table));
  const own = tableOf(operation);
  return own !== null && sameName(own, table);
}

function empties(operation: Operation): boolean {
  return operation.certain && (operation.kind === 'truncate' || (operation.kind === 'delete-rows' && operation.scope === 'all'));
}

function fillsUnseen(operation: Operation): boolean {
  switch (operation.kind) {
    case 'insert-rows':
      return operation.fromQuery || operation.rows === null;
    case 'create-table':
      return operation.fromQuery;
    default:
      return operation.kind === 'load-rows';
  }
}
