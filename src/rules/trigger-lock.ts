import { isBlocking } from '../engines/effect.ts';
import type { Lock } from '../engines/effect.ts';
import type { Operation } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { aloneWithLockTimeout } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { lockSentence } from './shared/lock-sentence.ts';
import { waitIsBounded } from './shared/lock-wait.ts';
import { blockingLocks } from './shared/locked-tables.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'trigger-lock',
  summary: 'A trigger of an existing table is created, dropped, renamed, enabled or disabled, which waits for the table and lets others wait behind it.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: [
    'atlas/PG308', 'pgfence/create-trigger', 'pgfence/drop-trigger', 'pgfence/enable-disable-trigger', 'pgsafe/add-trigger', 'safemigrate-lint/trigger_add', 'migrationpilot/MP064', 'migrationpilot/MP090',
    'pg-migration-lint/PGM020',
  ],
  docs: {
    why: '`CREATE TRIGGER`, `ENABLE TRIGGER` and `DISABLE TRIGGER` take a SHARE ROW EXCLUSIVE lock: reads go on, every write waits. `DROP TRIGGER` and `ALTER TRIGGER` take ACCESS EXCLUSIVE, and reads wait as well. '
      + 'The work is a fraction of a millisecond whatever the size of the table, but the request waits for every open transaction that has written to it, and all later writes queue up behind the request. '
      + '`DISABLE TRIGGER ALL` also switches off the triggers that check foreign keys.',
    exceptions: 'Nothing is reported after a `lock_timeout` was set, for new tables and tables said to be small, for triggers of views, and when another statement of the same transaction takes as strong a lock on the table anyway: one finding a table and transaction.',
  },
  migration(context) {
    return context.steps.flatMap((step) => {
      const change = triggerChange(step.operation);
      return change ? judge(change, step, context) : [];
    });
  },
});

/** What is done to a trigger, for a message, and what follows from it besides the lock. */
function triggerChange(operation: Operation): { readonly what: string; readonly more: string } | null {
  switch (operation.kind) {
    case 'create-trigger':
      return { what: `Creating the trigger ${quoted(operation.name)}`, more: '' };
    case 'drop-trigger':
      return { what: `Dropping the trigger ${quoted(operation.name)}`, more: '' };
    case 'rename-trigger':
      return { what: `Renaming the trigger ${quoted(operation.name)}`, more: '' };
    case 'set-trigger-state': {
      const { name, enabled } = operation;
      const triggers = name === 'all' ? 'all triggers' : name === 'user' ? 'the triggers' : `the trigger ${quoted(name)}`;
      const more = name === 'all' && !enabled ? ' No foreign key checks the rows that are written until they are enabled again.' : '';
      return { what: `${enabled ? 'Enabling' : 'Disabling'} ${triggers}`, more };
    }
    default:
      return null;
  }
}

function judge({ what, more }: NonNullable<ReturnType<typeof triggerChange>>, step: Step, context: RuleContext): Finding[] {
  const { operation } = step;
  const [lock] = blockingLocks(step, context);
  const at = context.steps.indexOf(step);
  if (!lock || context.schema.view(lock.table) || isTakenAnyway(lock, step, context.steps.slice(at + 1)) || waitIsBounded(step, context)) return [];
  return [{
    message: `${what} on ${quoted(lock.table)} makes ${lock.blocks.reads ? 'reads and writes' : 'writes'} of the table wait.`,
    why: lockSentence(operation, lock) + more,
    remedy: aloneWithLockTimeout(),
    at: operation.at,
    statement: operation.statement,
    operation,
  }];
}

/** True when another statement of the transaction keeps others from as much: this one adds nothing to their wait. */
function isTakenAnyway(lock: Lock, { operation: { transaction }, held }: Step, later: readonly Step[]): boolean {
  const covers = (other: Lock) => sameName(other.table, lock.table) && isBlocking(other) && (other.blocks.reads || !lock.blocks.reads);
  return held.some(covers) || (transaction !== null && later.some((step) => step.operation.transaction === transaction && triggerChange(step.operation) === null && step.effect.locks.some(covers)));
}
