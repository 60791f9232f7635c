import type { OperationOf } from '../operations/index.ts';
import { deleteKnowingly } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { consequences, emptyingDelete, softenedLoss } from './shared/emptied-table.ts';
import { excerpt, quoted } from './shared/names.ts';

export default defineRule({
  id: 'unbounded-delete',
  summary: 'Every row of an existing table is deleted.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: ['pgfence/delete-without-where', 'migrationpilot/MP067', 'pg-migration-lint/PGM303', 'safemigrate-lint/update_delete_row_scope', 'bytebase/statement.where.require'],
  docs: {
    why: 'A DELETE without a condition, or with one that every row meets (`1 = 1`, `id > 0`, `id IS NOT NULL`), empties the table, and ON DELETE CASCADE empties others with it. No rollback of the code and no `down` brings the rows back. '
      + 'In one statement the rows are locked until the transaction ends: 0.9 s for 2 million rows of Postgres 15 without a foreign key to them, and much longer with one that has no index.',
    exceptions: 'Nothing is reported for tables of the same change set, when an earlier statement has copied the rows to another table, and when the table itself is dropped later in the migration. '
      + 'Small tables, tables that the migration fills anew, and rows that are deleted in batches outside a transaction are a warning. What `unbatched-backfill` would say of the same statement is part of this finding.',
  },
  check: { 'delete-rows': judge },
});

function judge(operation: OperationOf<'delete-rows'>, context: StepContext): Finding | undefined {
  const emptying = emptyingDelete(context, context);
  if (!emptying) return undefined;
  const { table, mode, transaction, verb } = operation;
  const slowly = mode.by !== 'statement' && transaction === null;
  const kept = transaction === null ? 'the statement' : 'the transaction';
  return {
    message: `${quoted(verb)} deletes every row of ${quoted(table)}.`,
    why: `${emptying.condition === null ? '' : `Its condition (${excerpt(emptying.condition)}) holds for every row. `}The rows are lost, and no rollback of the code brings them back.${consequences(context)}`
      + (slowly ? '' : ` They stay locked until ${kept} ends, so writes of the application to them wait.`),
    remedy: deleteKnowingly(operation, context),
    ...(slowly ? { severity: 'warn' as const } : softenedLoss([table], operation, context)),
  };
}
