import { provesNotNull } from '../../engines/postgres/not-null-proof.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { fillsRows } from '../../operations/index.ts';
import type { StepContext } from '../rule.ts';
import { mayHoldRows } from './existing-rows.ts';
import { checkedBefore, rowFixBefore } from './row-fix.ts';

/**
 * Whether rows can hold NULL in a column when NOT NULL is set on it: `never`; `perhaps`, because a default fills new rows but nothing
 * speaks of the old ones; `likely`, because nothing fills it.
 */
export function nullRisk(table: QualifiedName, column: string, context: StepContext): 'never' | 'perhaps' | 'likely' {
  const definition = context.table?.columns.get(column);
  if (!mayHoldRows(context, context.steps) || definition?.nullable === false || definition?.primaryKey) return 'never';
  if (context.table && (context.table.primaryKey.includes(column) || provesNotNull(context.table, column))) return 'never';
  if (rowFixBefore(table, [column], context.steps) || checkedBefore(table, context.steps)) return 'never';
  const added = context.steps.some(({ operation }) => operation.kind === 'add-column' && operation.column.name === column && fillsRows(operation.column));
  if (added || (definition && fillsRows(definition) && context.table?.newColumns.has(column))) return 'never';
  if (context.steps.some(({ operation }) => operation.kind === 'alter-column-type' && operation.column === column && /coalesce/i.test(operation.using ?? ''))) return 'never';
  return definition && fillsRows(definition) && !setHere(column, context) ? 'perhaps' : 'likely';
}

function setHere(column: string, context: StepContext): boolean {
  return context.steps.some(({ operation }) => operation.kind === 'set-default' && operation.column === column);
}
