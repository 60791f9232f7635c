import { isBlocking } from '../engines/effect.ts';
import { defaultPartition } from '../engines/postgres/partitions.ts';
import type { OperationOf } from '../operations/index.ts';
import { olderThan, printEngine } from '../operations/index.ts';
import { detachConcurrently } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { waitIsBounded } from './shared/lock-wait.ts';
import { lockSentence } from './shared/lock-sentence.ts';
import { isBusy } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'partition-detach',
  summary: 'DETACH PARTITION without CONCURRENTLY locks the whole partitioned table.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: [
    'squawk/require-concurrent-partition-detach', 'pgfence/detach-partition', 'pg-migration-lint/PGM004', 'pgsafe/detach-partition', 'migrationpilot/MP046',
    'safemigrate-lint/concurrent_partition_detach',
  ],
  docs: {
    why: 'A plain DETACH PARTITION takes an ACCESS EXCLUSIVE lock on the parent, the partition and the DEFAULT partition. It reads no rows, but it waits for every open transaction that uses any partition, and every later query of the parent waits behind it. '
      + 'DETACH PARTITION ... CONCURRENTLY (Postgres 14) waits with a SHARE UPDATE EXCLUSIVE lock, which blocks nobody. It cannot run inside a transaction, and Postgres refuses it while there is a DEFAULT partition (55000, tried on 18).',
    exceptions: 'New and small parents are not reported. After a `lock_timeout` was set it is a warning, and where Postgres has nothing better (before 14, or with a DEFAULT partition) it is not reported then.',
  },
  check: { 'detach-partition': judge },
});

function judge(operation: OperationOf<'detach-partition'>, context: StepContext): Finding | undefined {
  const { table, partition } = operation;
  const { effect, engine } = context;
  const what = `Detaching ${quoted(partition)} from ${quoted(table)}`;
  if (effect.refused) {
    return {
      message: `${what} concurrently fails on ${printEngine(engine)}.`,
      why: `Postgres refuses it on every database (error ${effect.refused.error}): ${effect.refused.because}.`,
      remedy: detachConcurrently(operation, context),
    };
  }
  const [lock, ...locks] = effect.locks.filter((one) => isBlocking(one) && isBusy(one.table, context));
  if (operation.concurrently || operation.finalize || !lock || !isBusy(table, context)) return undefined;
  const bounded = waitIsBounded(context, context);
  if (bounded && (olderThan(engine, 14) || defaultPartition(table, context))) return undefined;
  return {
    message: `${what} blocks reads and writes of the whole table while it waits for it.`,
    why: lockSentence(operation, lock, locks),
    remedy: detachConcurrently(operation, context),
    ...(bounded ? { severity: 'warn' as const } : {}),
  };
}
