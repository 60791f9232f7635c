import type { OperationOf } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { dropNotNullAfterReaders } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { modelNames } from './shared/models-of.ts';
import { quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'drop-not-null',
  summary: 'A column that was never NULL may be NULL from now on, and code that reads it may not expect that.',
  hazard: 'breaks-code',
  severity: 'off',
  engines: 'all',
  replaces: ['squawk/ban-drop-not-null', 'pgfence/drop-not-null', 'pgsafe/drop-not-null', 'migrationpilot/MP029', 'pg-migration-lint/PGM507', 'safemigrate-lint/not_null_dropped'],
  docs: {
    why: 'Readers that never met a NULL in the column fail on the first one (`undefined method for nil`), or give other results without an error: comparisons, `NOT IN`, sums and joins leave the row out. Reports and other applications are readers, too. '
      + 'The way back is long: NOT NULL can be set again only when no row holds NULL.',
    exceptions: 'Off by default: whether readers are ready cannot be seen in a migration. Not reported for new tables, new columns and columns that are nullable already.',
  },
  check: { 'drop-not-null': judge },
});

function judge(operation: OperationOf<'drop-not-null'>, context: StepContext) {
  const { table, column } = operation;
  if (context.onNewTable || context.table?.isNew || context.table?.newColumns.has(column) || context.table?.columns.get(column)?.nullable || isSetAgain(operation, context)) return undefined;
  const models = modelNames(table, context);
  return {
    message: `${quotedColumn(table, column)} may be NULL from now on.`,
    why: `${models ? `${models} and every other reader` : 'Every reader'} of ${quoted(column)} has to be ready for that before the first NULL is written; comparisons, "NOT IN" and sums leave such rows out without an error.`,
    remedy: dropNotNullAfterReaders(operation, context),
  };
}

/** True when the migration sets NOT NULL again: tools that restate a whole column write both. */
function isSetAgain(operation: OperationOf<'drop-not-null'>, { lasting: operations }: StepContext): boolean {
  return operations.slice(operations.indexOf(operation)).some((later) => later.kind === 'set-not-null' && later.column === operation.column && sameName(later.table, operation.table));
}
