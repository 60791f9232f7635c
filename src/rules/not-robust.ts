import type { Operation } from '../operations/index.ts';
import { isMysql, tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { inForce } from './shared/history.ts';
import { mayFail } from './shared/may-fail.ts';
import { quoted } from './shared/names.ts';
import { failsWhenRepeated } from './shared/rerun.ts';
import { recordOf, unitsOf } from './shared/unit-of-work.ts';

/** What every engine can say IF [NOT] EXISTS or OR REPLACE with. */
const everywhere = new Set<Operation['kind']>(['create-table', 'drop-table', 'create-view', 'drop-view', 'drop-trigger', 'create-schema', 'drop-schema', 'drop-function']);
/** What Postgres and MariaDB can besides, and Rails on any engine, which looks first. */
const columnsAndIndexes = new Set<Operation['kind']>(['add-column', 'drop-column', 'create-index', 'drop-index', 'create-sequence', 'drop-sequence']);
const postgresOnly = new Set<Operation['kind']>(['drop-constraint', 'add-enum-value', 'drop-type', 'create-function', 'create-extension', 'drop-extension', 'drop-policy']);

export default defineRule({
  id: 'not-robust',
  summary: 'A statement that is not rolled back with those after it fails when the migration is run again, and IF [NOT] EXISTS would let it pass.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['squawk/prefer-robust-stmts', 'pgfence/prefer-robust-create-table', 'pgfence/prefer-robust-create-index', 'pgfence/prefer-robust-drop-table', 'pgfence/prefer-robust-drop-index', 'pgsafe/require-if-exists', 'gitlab/ClickHouseIdempotentDdl'],
  docs: {
    why: 'When a later statement fails, what was committed before it stays, and the next run starts at the top: "already exists" or "does not exist", and the deploy is stuck until somebody repairs it. With IF [NOT] EXISTS the second run passes over it. '
      + 'Inside a transaction there is nothing to pass over, so nothing is reported there; nor for what no statement follows that could fail, in the file or in whatever part of it the tool records by itself.',
    exceptions: 'IF NOT EXISTS looks at the name alone: a table of that name with other columns passes, too. For CREATE INDEX CONCURRENTLY it does harm, as it takes an invalid index for the real one, and is not asked for. '
      + 'MySQL has no such clause for columns and indexes (Rails looks by itself); `non-transactional-steps` speaks of the migration as a whole. With the option `every` each statement outside a transaction is reported, the last one and those of files whose tool is not known among them, as in squawk.',
  },
  migration(context) {
    if (context.options['every'] === true) return context.steps.filter(({ operation }) => operation.transaction === null && failsWhenRepeated(operation) && hasClause(operation, context)).map(({ operation }) => finding(operation, true));
    if (context.migration.framework === 'sql' && !isMysql(context.engine)) return undefined;
    const units = unitsOf(inForce(context), context.engine);
    // What is recorded together, the last unit of each that may fail: everything before it is run again.
    const last = new Map<number, number>();
    const recordAt = (unit: readonly Step[]) => (unit[0] ? recordOf(unit[0].operation, context.migration) : -1);
    for (const [at, unit] of units.entries()) if (unit.some((step) => mayFail(step, context))) last.set(recordAt(unit), at);
    return units.flatMap((unit, at) => {
      return at < (last.get(recordAt(unit)) ?? -1) ? unit.filter((step) => failsWhenRepeated(step.operation) && hasClause(step.operation, context)).map((step) => finding(step.operation, false)) : [];
    });
  },
});

function hasClause(operation: Operation, { engine, migration }: RuleContext): boolean {
  if (operation.kind === 'create-index' && operation.concurrently) return false;
  if (everywhere.has(operation.kind)) return true;
  if (columnsAndIndexes.has(operation.kind)) return engine.name !== 'mysql' || (migration.framework === 'rails' && operation.verb === operation.verb.toLowerCase());
  return engine.name === 'postgres' && postgresOnly.has(operation.kind);
}

function finding(operation: Operation, maybe: boolean): Finding {
  const table = tableOf(operation);
  const removes = operation.kind.startsWith('drop-');
  const isRails = operation.verb === operation.verb.toLowerCase();
  const clause = operation.kind === 'create-view' || operation.kind === 'create-function' ? 'OR REPLACE' : isRails ? (removes ? 'if_exists: true' : 'if_not_exists: true') : removes ? 'IF EXISTS' : 'IF NOT EXISTS';
  return {
    operation,
    message: `${quoted(operation.verb)}${table ? ` of ${quoted(table)}` : ''} fails when the migration is run again.`,
    why: maybe ? 'It commits by itself, so it stays done whatever comes after it.' : 'It stays done when a statement after it fails, and the next run begins with it.',
    remedy: advise(`Write "${clause}".`),
  };
}
