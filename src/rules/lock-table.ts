import { isBlocking } from '../engines/effect.ts';
import type { Lock } from '../engines/effect.ts';
import type { OperationOf } from '../operations/index.ts';
import { isMysql, sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { blockedWords, lockName } from './shared/lock-sentence.ts';
import { waitIsBounded } from './shared/lock-wait.ts';
import { blockingLocks } from './shared/locked-tables.ts';
import { longWork } from './shared/long-work.ts';
import { listed, quoted } from './shared/names.ts';
import { mayBeWrapped } from './shared/runner.ts';

export default defineRule({
  id: 'lock-table',
  summary: 'LOCK TABLE keeps everybody else from a table until the transaction ends.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['migrationpilot/MP065'],
  docs: {
    why: 'Every statement takes the lock that it needs by itself. An explicit one is taken earlier, is often stronger, and is kept to the end of the transaction: SHARE and stronger modes keep writers out, ACCESS EXCLUSIVE readers, too. '
      + 'The request also waits for every open transaction that uses the table, and all later queries queue up behind it. Outside a transaction Postgres refuses the statement (25P01). MySQL\'s LOCK TABLES lasts to UNLOCK TABLES or to the end of the connection.',
    exceptions: 'Not reported for tables that are new or said to be small, for modes that block nobody, when a later statement takes as strong a lock on the table anyway with nothing long in between, '
      + 'and with NOWAIT or a `lock_timeout` when nothing long follows in the transaction.',
  },
  migration(context) {
    return context.steps.flatMap((step, at): Finding[] => {
      const { operation } = step;
      if (operation.kind !== 'lock-table') return [];
      if (operation.transaction === null && !isMysql(context.engine)) return operation.verb === 'DO' || mayBeWrapped(context.migration) ? [] : [refused(operation)];
      const rest = isMysql(context.engine) ? untilUnlocked(context.steps.slice(at + 1)) : context.steps.slice(at + 1).filter((later) => later.operation.transaction === operation.transaction);
      const locks = blockingLocks(step, context).filter((lock) => !isTakenAnyway(lock, step, rest, context));
      const harmless = (operation.nowait || waitIsBounded(step, context)) && !rest.some((later) => isLong(later, context));
      return locks.length === 0 || harmless ? [] : [held(operation, locks, context)];
    });
  },
});

function refused(operation: OperationOf<'lock-table'>): Finding {
  return {
    message: `${quoted(operation.verb)} outside a transaction fails.`,
    why: 'A lock lasts to the end of its transaction, so Postgres refuses to take one where there is none (25P01), on every database.',
    remedy: advise('Take it out: every statement takes the lock that it needs. Where it is meant, put it between BEGIN and COMMIT with what it is for.'),
    operation,
    at: operation.at,
    statement: operation.statement,
  };
}

function held(operation: OperationOf<'lock-table'>, locks: readonly Lock[], context: RuleContext): Finding {
  const [lock] = locks;
  const mysql = isMysql(context.engine);
  const tables = listed(locks.map(({ table }) => table));
  const blocked = lock ? blockedWords(lock.blocks, locks.length > 1) : '';
  return {
    message: `${quoted(operation.verb)} locks ${tables} ${mysql ? 'for everybody else' : 'to the end of the transaction'}.`,
    why: `${lock && !mysql ? `It takes ${lockName(lock)}: no` : 'No'} other session can ${blocked} until ${mysql ? 'UNLOCK TABLES or the end of the connection' : 'the transaction ends'}. `
      + 'The request waits for every open transaction that uses the table, and every later query waits behind it.',
    remedy: advise('Take it out: every statement takes the lock that it needs, for as long as it needs it. Where rows must not change meanwhile, set a short "lock_timeout" first and keep the transaction short.'.replace('lock_timeout', mysql ? 'lock_wait_timeout' : 'lock_timeout')),
    operation,
    at: operation.at,
    statement: operation.statement,
  };
}

/** True when the lock is held already, or a statement that comes soon takes one that is as strong. */
function isTakenAnyway(lock: Lock, step: Step, rest: readonly Step[], context: RuleContext): boolean {
  const covers = (other: Lock) => sameName(other.table, lock.table) && isBlocking(other) && (other.blocks.reads || !lock.blocks.reads);
  if (step.held.some(covers)) return true;
  for (const later of rest) {
    if (later.operation.kind !== 'lock-table' && later.effect.locks.some(covers)) return true;
    if (isLong(later, context)) return false;
  }
  return false;
}

function isLong(step: Step, context: RuleContext): boolean {
  return longWork(step, context) !== null || !['constant', 'rows'].includes(step.effect.cost);
}

function untilUnlocked(steps: readonly Step[]): readonly Step[] {
  const end = steps.findIndex(({ operation }) => operation.kind === 'other' && /^\s*unlock\s+tables?\b/i.test(operation.text));
  return end < 0 ? steps : steps.slice(0, end);
}
