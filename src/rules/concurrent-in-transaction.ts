import type { Migration, Operation } from '../operations/index.ts';
import { withoutTransaction } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';
import { textKey } from './shared/unit-of-work.ts';

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
  if (!operation.concurrently || (operation.transaction === null && !isSentWithOthers(operation, migration))) return undefined;
  const wrapped = migration.transaction === 'wrapped';
  return {
    message: `${quoted(operation.verb)} with CONCURRENTLY runs inside a transaction and fails.`,
    why: wrapped
      ? 'The framework runs the whole migration in one transaction, and Postgres refuses CONCURRENTLY there (error 25001). It fails on every database, whatever the data.'
      : operation.transaction === null
        ? 'Postgres runs several statements that are sent as one text in one transaction, and refuses CONCURRENTLY there (error 25001).'
        : 'The migration\'s own transaction is switched off, but a transaction is opened around this statement again, and Postgres refuses CONCURRENTLY there (error 25001).',
    remedy: wrapped ? withoutTransaction(context) : { advice: 'Move the statement out of the transaction, and give each CONCURRENTLY statement a call of its own.', steps: [] },
  };
}

/** For each text of SQL of a migration, where its statements start; kept because every statement asks. */
const starts = new WeakMap<Migration, ReadonlyMap<string, ReadonlySet<number>>>();

/** True when another statement stands in the same text of SQL. */
function isSentWithOthers(operation: Operation, migration: Migration): boolean {
  const known = starts.get(migration) ?? startsByText(migration);
  starts.set(migration, known);
  const key = textKey(operation);
  const own = key === null ? undefined : known.get(key);
  return own !== undefined && (own.size > 1 || !own.has(operation.at.start));
}

function startsByText(migration: Migration): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const operation of migration.operations) {
    const key = textKey(operation);
    if (key === null) continue;
    const known = found.get(key);
    if (known) known.add(operation.at.start);
    else found.set(key, new Set([operation.at.start]));
  }
  return found;
}
