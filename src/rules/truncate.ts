import type { OperationOf } from '../operations/index.ts';
import { truncateKnowingly } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { consequences, outlives, softenedLoss } from './shared/emptied-table.ts';
import { blockedWords, lockName, statementName } from './shared/lock-sentence.ts';
import { listed } from './shared/names.ts';

export default defineRule({
  id: 'truncate',
  summary: 'An existing table is truncated: all its rows are lost.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: [
    'squawk/ban-truncate-cascade', 'pgfence/truncate', 'pgfence/truncate-cascade', 'pgsafe/truncate', 'pg-migration-lint/PGM203', 'pg-migration-lint/PGM204', 'migrationpilot/MP036',
    'drizzle-migration-lint/truncate-in-migration', 'safemigrate-lint/truncate_cascade', 'liquibase/ChangeTruncateTableWarn',
  ],
  docs: {
    why: 'TRUNCATE throws the table\'s files away. With CASCADE Postgres empties every table that refers to it as well, and those that refer to them, whatever their ON DELETE says; without it, it is refused while there is such a table (0A000). '
      + 'On Postgres it takes an ACCESS EXCLUSIVE lock until the transaction ends. On MySQL and MariaDB it commits by itself: not even a failing migration brings the rows back.',
    exceptions: 'Nothing is reported for tables of the same change set, when an earlier statement has copied the rows to another table, and when the table is dropped later in the migration. Small tables and tables that the migration fills anew are a warning. With the option `onlyCascade` nothing is said without CASCADE, as in squawk.',
  },
  check: { truncate: judge },
});

function judge(operation: OperationOf<'truncate'>, context: StepContext): Finding | undefined {
  if (context.options['onlyCascade'] === true && !operation.cascade) return undefined;
  const tables = operation.tables.filter((table) => !context.isNew(table) && context.schema.table(table)?.isNew !== true && !outlives(table, operation, context));
  if (tables.length === 0) return undefined;
  const lock = context.effect.locks.find(({ blocks }) => blocks.reads);
  const commits = context.effect.inTransaction === 'commits';
  return {
    message: `Truncating ${listed(tables)} deletes all rows.`,
    why: `They are lost, and no rollback of the code brings them back${commits ? `; on ${engineWord(context)} not even a failing migration does, because the statement commits by itself` : ''}.${consequences(context)}`
      + (lock && operation.transaction !== null && !commits ? ` ${statementName(operation)} also takes ${lockName(lock)}: no other session can ${blockedWords(lock.blocks, tables.length > 1)} until the transaction ends.` : ''),
    remedy: truncateKnowingly(operation, context),
    ...softenedLoss(tables, operation, context),
  };
}
