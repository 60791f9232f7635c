import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';

/** A change of many rows in a table that is in use. */
export interface RowWrite {
  readonly operation: OperationOf<'update-rows'> | OperationOf<'delete-rows'> | OperationOf<'insert-rows'>;
  readonly table: QualifiedName;
  /** `all`: every row; `filtered`: as many as match a condition, or not told. */
  readonly size: 'all' | 'filtered';
}

/** Constant rows up to this number are a seed, not a data change. */
const seedRows = 100;

/**
 * The step as a change of many rows, or null: for anything else, for a bounded number of rows, for tables that the change set makes
 * and for tables said to be small.
 */
export function rowWrite(step: Step, context: RuleContext): RowWrite | null {
  const { operation } = step;
  if (operation.kind !== 'update-rows' && operation.kind !== 'delete-rows' && operation.kind !== 'insert-rows') return null;
  const { table } = operation;
  if (step.onNewTable || step.table?.isNew || context.tablePolicy(table) === 'small') return null;
  if (operation.kind === 'insert-rows') {
    if (operation.fromQuery) return readsOnlySmall(operation, context) ? null : { operation, table, size: 'all' };
    return operation.rows !== null && operation.rows <= seedRows ? null : { operation, table, size: 'filtered' };
  }
  return operation.scope === 'bounded' ? null : { operation, table, size: operation.scope };
}

function readsOnlySmall(operation: OperationOf<'insert-rows'>, context: RuleContext): boolean {
  return operation.reads.length > 0 && operation.reads.every((table) => context.isNew(table) || context.tablePolicy(table) === 'small');
}

/** How bad the write is for its size and the way it is carried out, or null when that is fine: rows walked or batched, each in a transaction of its own. */
export function verdictOf({ operation, size }: RowWrite): 'error' | 'warn' | null {
  const alone = operation.transaction === null;
  const bySize = size === 'all' ? 'error' : 'warn';
  switch (operation.mode.by) {
    case 'statement':
      return operation.kind === 'delete-rows' || (operation.kind === 'update-rows' && selects(operation.where)) ? bySize : 'error';
    case 'records':
      return alone && (operation.mode.batchedRead || operation.kind === 'insert-rows' || (operation.kind === 'delete-rows' && size === 'filtered')) ? null : bySize;
    case 'batches':
      return alone ? null : bySize;
  }
}

/** True for a condition that picks some value, which few rows may have; a test for NULL or a flag picks as many as there are. */
function selects(where: string | null): boolean {
  return where !== null && /(^|[^<>!=])=\s*['\d]|\bin\s*\(|\blike\b/i.test(where);
}
