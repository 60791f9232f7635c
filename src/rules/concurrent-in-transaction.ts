import type { Operation } from '../operations/index.ts';
import { withoutTransaction } from '../remedies/index.ts';
import type { Finding, RuleContext, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';
import { whoseTransaction } from './shared/runner.ts';

export default defineRule({
  id: 'concurrent-in-transaction',
  summary: 'A CONCURRENTLY statement runs inside a transaction, where Postgres refuses it.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres'],
  replaces: [
    'rubocop-migration/AddIndexConcurrently', 'squawk/ban-concurrent-index-creation-in-transaction', 'atlas/PG103', 'atlas/TX101', 'pgfence/concurrent-in-transaction', 'migrationpilot/MP025',
    'pg-migration-lint/PGM003', 'pgsafe/concurrently-in-transaction', 'safemigrate-lint/index_concurrent_in_tx', 'gitlab/AddConcurrentIndex',
  ],
  docs: {
    why: 'CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION with CONCURRENTLY commit several times on their way, so Postgres raises 25001 ("cannot run inside a transaction block") at once. '
      + 'Most tools wrap every migration in a transaction unless it says otherwise (`disable_ddl_transaction!`, `-- +goose NO TRANSACTION`, `-- migrate:up transaction:false`, ...). '
      + 'Where they do not, several statements that are sent as one text are one transaction as well: a file of golang-migrate or of Prisma before 7.4, or an `execute` with a semicolon in it. Each needs a text of its own then.',
    exceptions: 'None: the statement fails on every database.',
  },
  check: { 'create-index': judge, 'drop-index': judge, 'reindex': judge, 'detach-partition': judge },
});

function judge(operation: Operation & { readonly concurrently: boolean }, context: StepContext): Finding | undefined {
  const { migration } = context;
  if (!operation.concurrently || operation.transaction === null) return undefined;
  const by = migration.transactions.get(operation.transaction);
  const byTool = by === 'framework' || (by === 'text' && migration.language === 'sql');
  const again = migration.transactionDisabledAt && !byTool && by !== 'text' ? ', although the migration\'s own is switched off' : '';
  return {
    message: `${quoted(operation.verb)} with CONCURRENTLY runs inside a transaction and fails.`,
    why: `${whoseTransaction(operation, context)}${again}. Postgres refuses CONCURRENTLY there (error 25001), on every database and whatever the data.${ofTheTool(operation, context)}`,
    remedy: byTool || migration.language === 'sql' ? withoutTransaction(context) : { advice: 'Move the statement out of the transaction, and give each CONCURRENTLY statement a call of its own.', steps: [] },
  };
}

/** What a person may know of the tool that seems to say otherwise. */
function ofTheTool(operation: Operation, { migration }: RuleContext): string {
  switch (migration.framework) {
    case 'flyway':
      return ' Flyway opens none only when no statement of the file may run in one; it stops at a file that mixes both kinds, unless it is told "mixed=true".';
    case 'prisma':
      return operation.kind === 'create-index' && !migration.operations.some((other) => other.kind === 'drop-index' && other.concurrently)
        ? ' Prisma 7.4 and newer run such a file statement by statement.' : ' Prisma cannot take a file apart that has such a statement.';
    case 'supabase':
      return ' Its command line runs such statements by themselves from 2.109 on.';
    default:
      return '';
  }
}
