import type { Operation } from '../../operations/index.ts';
import { isMysql, parseDuration } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';

/** A bound on how long a statement waits for a lock. */
export interface LockWait {
  /** Null when it is not known how long; zero when it says to wait for ever. */
  readonly milliseconds: number | null;
  /** What set it: the statement, or null when something around the migration does. */
  readonly setBy: Operation | null;
}

/** The name of the setting that bounds the wait for a table: MySQL's counts seconds, Postgres's milliseconds. */
export function lockWaitSetting({ engine }: Pick<RuleContext, 'engine'>): string {
  return isMysql(engine) ? 'lock_wait_timeout' : 'lock_timeout';
}

/**
 * The bound in force for an operation, by what runs before it and by what the application sets for every migration; null when there is none. SET LOCAL ends with
 * its transaction, and does nothing outside of one.
 */
export function lockWaitFor(operation: Operation, before: readonly Step[], context: RuleContext): LockWait | null {
  // The statement's own clause wins; NOWAIT is no wait at all, where a setting of zero may be one without end.
  if (operation.lockWait !== undefined) return { milliseconds: Math.max(1, operation.lockWait), setBy: operation };
  const name = lockWaitSetting(context);
  for (let at = before.length - 1; at >= 0; at--) {
    const setting = before[at]?.operation;
    if (setting?.kind !== 'set-setting' || (setting.name !== name && !(setting.name === 'all' && setting.value === null))) continue;
    const shares = setting.transaction === null ? setting.verb === 'DO' && setting.statement.start === operation.statement.start : setting.transaction === operation.transaction;
    if (setting.local && !shares) continue;
    return setting.value === null || /^default$/i.test(setting.value) ? around(context) : { milliseconds: waitOf(setting.value, context), setBy: setting };
  }
  return around(context);
}

/** True when a wait for a lock ends by itself, so that no queue piles up behind it. */
export function waitIsBounded(operation: Operation, before: readonly Step[], context: RuleContext): boolean {
  const wait = lockWaitFor(operation, before, context);
  return wait !== null && wait.milliseconds !== 0;
}

/** Only Postgres takes zero for a wait without end: MySQL waits a second, MariaDB not at all. */
function waitOf(value: string, { engine }: RuleContext): number | null {
  if (!isMysql(engine)) return parseDuration(value, 1);
  const wait = parseDuration(value, 1_000);
  return wait === 0 ? 1 : wait;
}

function around({ application }: RuleContext): LockWait | null {
  return application.lockTimeout && { milliseconds: application.lockTimeout.milliseconds, setBy: null };
}
