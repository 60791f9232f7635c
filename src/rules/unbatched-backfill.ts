import type { Operation } from '../operations/index.ts';
import { advise, batchedBackfill } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { emptyingDelete } from './shared/emptied-table.ts';
import { mayHoldRows } from './shared/existing-rows.ts';
import { now } from './shared/history.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import type { RowWrite } from './shared/row-write.ts';
import { rowWrite, verdictOf } from './shared/row-write.ts';

export default defineRule({
  id: 'unbatched-backfill',
  summary: 'A data change writes an unlimited number of rows in one statement or one transaction.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'rubocop-migration/BatchInBatches', 'rubocop-migration/BatchInTransaction', 'zero_downtime_migrations/FindEach', 'strong_migrations/change_column_null', 'gitlab/UpdateLargeTable',
    'pgfence/update-in-migration', 'migrationpilot/MP011', 'pg-migration-lint/PGM302', 'safemigrate-lint/update_delete_row_scope',
  ],
  docs: {
    why: 'Every row that is written stays locked until the transaction ends, so the application waits for rows it wants to change, for as long as the whole table takes; '
      + 'replicas fall behind, and on Postgres each old row version stays as bloat. Batches help only when each commits on its own: in one transaction they add up to the same.',
    exceptions: 'Not reported for rows selected by key, for tables of the same change set and for tables said to be small. A DELETE of every row is told by `unbounded-delete`. SQLite has one writer at a time, whatever it writes, and is not judged.',
  },
  check: {
    'update-rows': judge,
    'delete-rows': judge,
    'insert-rows': judge,
    'set-not-null': (operation, context) => {
      const { table, column, fill } = operation;
      if (fill.kind === 'none' || (fill.kind === 'constant' && fill.value === null) || !mayHoldRows(context, now(context)) || context.tablePolicy(table) === 'small') return undefined;
      return {
        message: `The fill value of ${quoted(operation.verb)} writes every NULL row of ${quotedColumn(table, column)} in one statement.`,
        why: 'The rows stay locked until the transaction ends, and the constraint is set behind them in the same one.',
        remedy: advise(`Fill ${quoted(column)} in batches in a migration of its own, without a transaction around it, and set NOT NULL after that.`),
      };
    },
  },
});

function judge(operation: Operation, context: StepContext): Finding | undefined {
  if (emptyingDelete(context, context)) return undefined;
  const write = rowWrite(context, context);
  const verdict = write && verdictOf(write);
  if (!write || !verdict) return undefined;
  const one = operation.transaction !== null;
  return {
    message: messageOf(write),
    why: one || write.operation.mode.by === 'statement'
      ? `All rows it writes stay locked until ${one ? 'the transaction' : 'the statement'} ends, so writes of the application to the same rows wait, and replicas fall behind.`
      : 'The rows are loaded all at once, so the memory it needs grows with the table.',
    remedy: batchedBackfill(write.operation, context),
    severity: verdict,
  };
}

function messageOf({ operation, table, size }: RowWrite): string {
  const rows = `${size === 'all' ? 'all rows' : 'an unlimited number of rows'} of ${quoted(table)}`;
  const writes = { 'update-rows': 'updates', 'delete-rows': 'deletes', 'insert-rows': 'inserts' }[operation.kind];
  const source = operation.kind === 'insert-rows' ? `rows into ${quoted(table)} without a limit` : rows;
  switch (operation.mode.by) {
    case 'statement':
      return `${quoted(operation.verb)} ${writes} ${source} in one statement.`;
    case 'records':
      return `${quoted(operation.verb)} ${writes} ${source} one by one${operation.transaction === null ? '' : ' in one transaction'}.`;
    case 'batches':
      return `${quoted(operation.verb)} ${writes} ${source} in batches, but all of them in one transaction.`;
  }
}
