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

/** The bound in force for a step, by what runs before it and by what the application sets for every migration; null when there is none. */
export function lockWaitFor({ operation, settings }: Pick<Step, 'operation' | 'settings'>, context: RuleContext): LockWait | null {
  // The statement's own clause wins; NOWAIT is no wait at all, where a setting of zero may be one without end.
  if (operation.lockWait !== undefined) return { milliseconds: Math.max(1, operation.lockWait), setBy: operation };
  const setting = settings.get(lockWaitSetting(context));
  if (!setting || setting.value === null || /^default$/i.test(setting.value)) return around(context);
  return { milliseconds: waitOf(setting.value, context), setBy: setting };
}

/** True when a wait for a lock ends by itself, so that no queue piles up behind it. */
export function waitIsBounded(step: Pick<Step, 'operation' | 'settings'>, context: RuleContext): boolean {
  const wait = lockWaitFor(step, context);
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
