import type { Operation } from '../operations/index.ts';
import { withoutTransaction } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'concurrent-in-transaction',
  summary: 'A CONCURRENTLY statement runs inside a transaction, where Postgres refuses it.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['rubocop-migration/AddIndexConcurrently', 'squawk/ban-concurrent-index-creation-in-transaction', 'atlas/TX101', 'pgfence/concurrent-in-transaction', 'gitlab/AddConcurrentIndex'],
  docs: {
    why: 'CREATE INDEX, DROP INDEX, REINDEX and DETACH PARTITION with CONCURRENTLY commit several times on their way, so Postgres raises 25001 ("cannot run inside a transaction block") at once. '
      + 'Rails wraps every migration in a transaction unless it says `disable_ddl_transaction!`; a `transaction do` block inside such a migration, or several statements in one `execute`, opens one again.',
    exceptions: 'None: the statement fails on every database.',
  },
  check: { 'create-index': judge, 'drop-index': judge, 'reindex': judge, 'detach-partition': judge },
});

function judge(operation: Operation & { readonly concurrently: boolean }, context: StepContext): Finding | undefined {
  const { migration } = context;
  if (!operation.concurrently || operation.transaction === null) return undefined;
  const by = migration.transactions.get(operation.transaction);
  const wrapped = by === 'framework';
  return {
    message: `${quoted(operation.verb)} with CONCURRENTLY runs inside a transaction and fails.`,
    why: wrapped
      ? 'The framework runs the whole migration in one transaction, and Postgres refuses CONCURRENTLY there (error 25001). It fails on every database, whatever the data.'
      : by === 'text'
        ? 'Postgres runs several statements that are sent as one text in one transaction, and refuses CONCURRENTLY there (error 25001).'
        : 'The migration\'s own transaction is switched off, but a transaction is opened around this statement again, and Postgres refuses CONCURRENTLY there (error 25001).',
    remedy: wrapped ? withoutTransaction(context) : { advice: 'Move the statement out of the transaction, and give each CONCURRENTLY statement a call of its own.', steps: [] },
  };
}
