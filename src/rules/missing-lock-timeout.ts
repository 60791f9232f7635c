import { isBlocking } from '../engines/effect.ts';
import type { QualifiedName } from '../operations/index.ts';
import { isMysql, parseDuration, printDuration } from '../operations/index.ts';
import { boundedWait } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { lockWaitFor, lockWaitSetting } from './shared/lock-wait.ts';
import type { LockWait } from './shared/lock-wait.ts';
import { awaitedLocks } from './shared/locked-tables.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

/** What a wait may last when the configuration does not say. */
const defaultMaximum = 10_000;

export default defineRule({
  id: 'missing-lock-timeout',
  summary: 'Nothing bounds how long a statement waits for its lock, and everybody who comes later waits behind it.',
  hazard: 'blocks',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'squawk/require-lock-timeout', 'squawk/require-timeout-settings', 'eugene/E9', 'pgfence/missing-lock-timeout', 'pgfence/lock-timeout-zero', 'pgfence/lock-timeout-too-long',
    'pgfence/lock-timeout-after-dangerous-statement', 'migrationpilot/MP004', 'pgsafe/require-timeout', 'safemigrate-lint/timeout_settings',
  ],
  docs: {
    why: 'A statement that needs a table for itself waits for every open transaction that uses it, and all later queries wait behind the statement: one forgotten session stops the application. '
      + 'With `lock_timeout` (MySQL and MariaDB: `lock_wait_timeout`) it gives up instead (55P03), the queue dissolves, and the migration is tried again. The setting bounds the wait, not the work, and counts anew for each lock (measured on Postgres 10 to 18). '
      + 'SET LOCAL ends with its transaction; `0` waits for ever; MySQL\'s default is a year. On MariaDB, `WAIT n` and `NOWAIT` of the statement itself count. The option `maximum` (`5s`, or milliseconds) is the longest wait that is accepted, ten seconds when it is left out.',
    exceptions: 'Off by default, because a role or the connection may set it where no migration shows it. What `variables:` of `database.yml` and the gems strong_migrations, online_migrations, safe-pg-migrations, safer_migrations and their like set counts, '
      + 'as do helpers such as `with_lock_retries`. Statements that block nobody, new or small tables, and tables whose lock the transaction has already need none. One finding a file, at the first statement that needs it.',
  },
  migration(context) {
    const maximum = maximumOf(context);
    for (const step of context.steps) {
      const table = waitsFor(step, context);
      if (!table) continue;
      const wait = lockWaitFor(step, context);
      const accepted = wait !== null && wait.milliseconds !== 0 && (wait.milliseconds === null || wait.milliseconds <= maximum);
      if (!accepted) return describe(step, table, wait, maximum, context);
    }
    return undefined;
  },
});

/** The table whose lock the step has to wait for while others queue up behind it, or undefined. */
function waitsFor(step: Step, context: RuleContext): QualifiedName | undefined {
  if (step.operation.kind === 'lock-table' && step.operation.nowait) return undefined;
  if (!isMysql(context.engine)) return awaitedLocks(step, context)[0]?.table;
  // An exclusive metadata lock is waited for by every ALTER, however little it blocks once it runs.
  return step.takes.find((lock) => lock.role !== 'parent' && (lock.mode === 'metadata exclusive' || isBlocking(lock)) && context.tablePolicy(lock.table) !== 'small')?.table;
}

function describe(step: Step, table: QualifiedName, wait: LockWait | null, maximum: number, context: RuleContext): Finding {
  const { operation } = step;
  const name = lockWaitSetting(context);
  const later = context.steps.slice(context.steps.indexOf(step)).find((one) => one.operation.kind === 'set-setting' && one.operation.name === name && one.operation.value !== null);
  const by = wait?.setBy ? '' : ` (${context.application.lockTimeout?.by ?? ''})`;
  const message = wait === null
    ? `${quoted(operation.verb)} waits for ${quoted(table)} without a ${quoted(name)}${later ? ', which is set only after it' : ''}.`
    : wait.milliseconds === 0
      ? `${quoted(operation.verb)} waits for ${quoted(table)} for ever: ${quoted(name)} is 0${by}.`
      : `${quoted(operation.verb)} may wait ${printDuration(wait.milliseconds ?? 0)} for ${quoted(table)}${by}, longer than ${printDuration(maximum)}.`;
  return {
    message,
    why: `The statement waits for every open transaction that uses ${quoted(table)}, and every later query of the table waits behind it, as long as the oldest of them lasts.`,
    remedy: boundedWait(operation, maximum, wait ? 'long' : later ? 'late' : 'missing', context),
    tables: [table],
    at: operation.at,
    statement: operation.statement,
    operation,
    related: [wait?.setBy, later?.operation].flatMap((one) => (one && one !== operation ? [relatedTo(one, `sets ${quoted(name)}`, context)] : [])),
  };
}

function maximumOf({ options }: RuleContext): number {
  const { maximum } = options;
  return (typeof maximum === 'number' || typeof maximum === 'string' ? parseDuration(String(maximum), 1) : null) ?? defaultMaximum;
}
