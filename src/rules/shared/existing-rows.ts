import { tableOf } from '../../operations/index.ts';
import type { Step } from '../rule.ts';
import type { Moment } from './history.ts';
import { historyOf, lastBefore } from './history.ts';

/** True when the step's table may hold rows that nobody who reads the migration knows: not a new one, unless a query filled it; not an emptied one. */
export function mayHoldRows(step: Step, moment: Moment): boolean {
  const table = tableOf(step.operation);
  if (!table) return true;
  const history = historyOf(table, moment.steps);
  const emptied = lastBefore(history.emptied, moment);
  if (emptied < 0 && !step.onNewTable && step.table?.isNew !== true) return true;
  return lastBefore(history.filled, moment) > emptied;
}
