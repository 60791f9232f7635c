import { provesNotNull } from '../../engines/postgres/not-null-proof.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { fillsRows } from '../../operations/index.ts';
import type { StepContext } from '../rule.ts';
import { mayHoldRows } from './existing-rows.ts';
import { allBefore, historyOf, now } from './history.ts';
import { checkedBefore, rowFixBefore } from './row-fix.ts';

/**
 * Whether rows can hold NULL in a column when NOT NULL is set on it: `never`; `perhaps`, because a default fills new rows but nothing
 * speaks of the old ones; `likely`, because nothing fills it.
 */
export function nullRisk(table: QualifiedName, column: string, context: StepContext): 'never' | 'perhaps' | 'likely' {
  const { steps } = context;
  const moment = now(context);
  const definition = context.table?.columns.get(column);
  if (!mayHoldRows(context, moment) || definition?.nullable === false || definition?.primaryKey) return 'never';
  if (context.table && (context.table.primaryKey.includes(column) || provesNotNull(context.table, column))) return 'never';
  if (context.table?.filled?.has(column) || context.table?.filled?.has('*')) return 'never';
  if (rowFixBefore(table, [column], moment) || checkedBefore(table, moment)) return 'never';
  const { added, retyped, defaults } = historyOf(table, steps);
  const operations = (numbers?: readonly number[]) => allBefore(numbers, moment).flatMap((at) => steps[at]?.operation ?? []);
  if (operations(added.get(column)).some((operation) => operation.kind === 'add-column' && fillsRows(operation.column)) || (definition && fillsRows(definition) && context.table?.newColumns.has(column))) return 'never';
  if (operations(retyped.get(column)).some((operation) => operation.kind === 'alter-column-type' && /coalesce|\bIS\s+(?:NOT\s+)?NULL[\s)]*$|\bELSE\b/i.test(operation.using ?? ''))) return 'never';
  return definition && fillsRows(definition) && operations(defaults.get(column)).length === 0 ? 'perhaps' : 'likely';
}
