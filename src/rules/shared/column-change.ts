import type { Operation } from '../../operations/index.ts';
import { tableOf } from '../../operations/index.ts';
import type { Step } from '../rule.ts';

/** What a column change does, in words for a message, or null for anything else. */
export function columnChange(operation: Operation): { readonly column: string; readonly does: string; readonly rerun: string } | null {
  switch (operation.kind) {
    case 'add-column':
      return { column: operation.column.name, does: 'adds', rerun: 'the column exists already' };
    case 'drop-column':
      return { column: operation.column, does: 'drops', rerun: 'the column is gone already' };
    case 'rename-column':
      return { column: operation.column, does: 'renames', rerun: 'the old name is gone already' };
    case 'alter-column-type':
      return { column: operation.column, does: 'changes the type of', rerun: 'the column has its new type already' };
    case 'set-not-null':
    case 'add-not-null':
      return { column: operation.column, does: 'sets NOT NULL on', rerun: 'the column is NOT NULL already' };
    case 'drop-not-null':
      return { column: operation.column, does: 'drops NOT NULL of', rerun: 'the column is nullable already' };
    default:
      return null;
  }
}

/** The steps that change columns of tables which this change set did not create. */
export function columnChangesOnExistingTables(steps: readonly Step[]): Step[] {
  return steps.filter((step) => columnChange(step.operation) !== null && tableOf(step.operation) !== null && !step.onNewTable && step.table?.isNew !== true);
}
