import { isBlocking } from '../engines/effect.ts';
import { parseDuration } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { blockingLocks } from './shared/locked-tables.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'statement-timeout',
  summary: 'Nothing bounds how long a statement works while it blocks a table.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/require-statement-timeout', 'pgfence/missing-statement-timeout', 'migrationpilot/MP020', 'bytebase/statement.max-execution-time'],
  docs: {
    why: '`lock_timeout` bounds the wait for a lock, not the work under it. A scan or rewrite that took a second on staging may take ten minutes on the table in production, with all traffic of the table waiting. With `statement_timeout` it is cancelled (57014), its transaction rolls back, and traffic goes on.',
    exceptions: 'Statements in constant time are not reported, unless the option `every` is true, nor concurrent index builds and batched backfills, which block nobody and should not be cut short. What `variables:` of `database.yml`, strong_migrations, online_migrations and safe-pg-migrations set counts. One finding a file.',
  },
  migration(context) {
    const step = context.steps.find((one, at) => works(one, context) && !isBounded(one, context.steps.slice(0, at), context));
    const table = step && blockingLocks(step, context)[0]?.table;
    if (!step || !table) return undefined;
    return {
      operation: step.operation,
      message: `${quoted(step.operation.verb)} works on ${quoted(table)} without a "statement_timeout".`,
      why: `However long it takes, whoever uses ${quoted(table)} waits until it is done.`,
      remedy: advise('Set statement_timeout to what the table can be spared, at the top of the file (SET LOCAL inside a transaction).'),
    };
  },
});

function works(step: Step, context: RuleContext): boolean {
  const locks = blockingLocks(step, context);
  return context.options['every'] === true ? locks.length > 0 : locks.some((lock) => isBlocking(lock) && lock.cost !== 'constant' && lock.cost !== 'rows');
}

/** True when something before it bounds the statement, or something around the migration does. */
function isBounded({ operation }: Step, before: readonly Step[], { application }: RuleContext): boolean {
  const setting = before.findLast(({ operation: one }) => one.kind === 'set-setting' && (one.name === 'statement_timeout' || (one.name === 'all' && one.value === null)) && (!one.local || one.transaction === operation.transaction))?.operation;
  if (setting?.kind === 'set-setting' && setting.value !== null && !/^default$/i.test(setting.value)) return parseDuration(setting.value, 1) !== 0;
  return application.statementTimeout ? application.statementTimeout.milliseconds !== 0 : false;
}
