import { isBlocking } from '../engines/effect.ts';
import type { OperationOf } from '../operations/index.ts';
import { printName, sameName } from '../operations/index.ts';
import { createThenAttach } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, Step, StepContext } from './rule.ts';
import { waitIsBounded } from './shared/lock-wait.ts';
import { lockSentence } from './shared/lock-sentence.ts';
import { isBusy, softened, unsureSentence } from './shared/long-lock.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'partition-create',
  summary: 'CREATE TABLE ... PARTITION OF locks the parent table against everybody.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['migrationpilot/MP093'],
  docs: {
    why: 'CREATE TABLE ... PARTITION OF takes an ACCESS EXCLUSIVE lock on the partitioned table and on its DEFAULT partition: the statement waits for every open transaction that uses any partition, and every later query waits behind it. '
      + 'With a DEFAULT partition it also reads all rows of that one under the lock (135 ms for 2 million cached rows of Postgres 15), and fails when one belongs to the new partition (23514). '
      + 'The same table created by itself and attached takes a SHARE UPDATE EXCLUSIVE lock on the parent only, which blocks nobody (Postgres 12 and later).',
    exceptions: 'New and small parents are not reported, nor, where no rows are read, a statement after a `lock_timeout` was set. One finding a migration and parent.',
  },
  check: { 'create-table': judge },
});

function judge(operation: OperationOf<'create-table'>, context: StepContext): Finding | undefined {
  const { table, partitionOf } = operation;
  const { effect, steps } = context;
  if (!partitionOf || !isBusy(partitionOf, context)) return undefined;
  const [lock, ...locks] = effect.locks.filter((one) => isBlocking(one) && isBusy(one.table, context) && (sameName(one.table, partitionOf) || one.role === 'partition'));
  const read = effect.assumes.filter((one) => one.of === 'check' && isBusy(one.table, context)).map((one) => one.table);
  if (!lock || (read.length === 0 && waitIsBounded(context, context)) || partitionedBefore(steps).has(printName(partitionOf))) return undefined;
  const reads = read.length === 0 ? '' : ` and ${effect.unsure === null ? 'reads' : 'may read'} every row of its DEFAULT partition ${listed(read)}`;
  return {
    message: `Creating the partition ${quoted(table)} locks all of ${quoted(partitionOf)}${reads}.`,
    why: lockSentence(operation, lock, locks) + (read.length === 0 ? '' : ' It fails when one of the rows belongs to the new partition (error 23514).') + unsureSentence(effect),
    remedy: createThenAttach(operation, read.length > 0, context),
    ...(read.length > 0 && effect.unsure === null ? { severity: 'error' as const } : softened(effect)),
  };
}

/** The tables that got a partition so far, for each list of steps: lists only grow. */
const partitioned = new WeakMap<readonly Step[], { upTo: number; names: Set<string> }>();

function partitionedBefore(steps: readonly Step[]): ReadonlySet<string> {
  const known = partitioned.get(steps) ?? { upTo: 0, names: new Set<string>() };
  for (; known.upTo < steps.length; known.upTo++) {
    const operation = steps[known.upTo]?.operation;
    if (operation?.kind === 'create-table' && operation.partitionOf) known.names.add(printName(operation.partitionOf));
  }
  partitioned.set(steps, known);
  return known.names;
}
