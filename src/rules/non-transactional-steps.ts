import { isDataChange, isMysql } from '../operations/index.ts';
import { separateMigrations } from '../remedies/index.ts';
import type { Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { inForce } from './shared/history.ts';
import { mayFail } from './shared/may-fail.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { failsWhenRepeated } from './shared/rerun.ts';
import { recordOf, unitsOf } from './shared/unit-of-work.ts';
import { isFromSchemafile } from './shared/schemafile.ts';

export default defineRule({
  id: 'non-transactional-steps',
  summary: 'Several statements that cannot be run twice are not in one transaction: a failure leaves the migration half applied and stuck.',
  hazard: 'fails',
  severity: 'warn',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['nandi/add_index', 'squawk/prefer-robust-stmts', 'migrationpilot/MP023', 'pg-migration-lint/PGM401', 'pg-migration-lint/PGM402'],
  docs: {
    why: 'Without a transaction every statement stays when a later one fails (a lock timeout, a duplicate, a dropped connection), but the migration counts as not run. '
      + 'The next run starts at the top and fails at the first statement that was done already, so the deploy is stuck until somebody repairs it by hand. '
      + 'MySQL and MariaDB commit every schema statement, so this holds for every migration there; on Postgres it holds with `disable_ddl_transaction!`.',
    exceptions: 'Not reported when what runs first can be repeated (`if_not_exists`, `if_exists`, a guard around it, or by its nature, as for SET DEFAULT), on new tables, '
      + 'on MySQL when what follows takes a moment and cannot fail on data, and in SQL files of which it is not known who runs them.',
  },
  migration(context) {
    // Whoever runs such a file may well wrap it.
    if (context.migration.framework === 'sql' && !isMysql(context.engine)) return undefined;
    // Ridgepole compares anew at every run, and goes on where it stopped.
    if (isFromSchemafile(context)) return undefined;
    const units = unitsOf(inForce(context), context.engine);
    let kept: Step[] = [];
    let record = 0;
    for (const unit of units) {
      const own = unit[0] ? recordOf(unit[0].operation, context.migration) : record;
      if (own !== record) kept = [];
      record = own;
      const stuck = kept[0];
      const failing = stuck && unit.find((step) => mayFail(step, context));
      if (!failing) {
        kept.push(...unit.filter(({ operation }) => failsWhenRepeated(operation)));
        continue;
      }
      const cause = isMysql(context.engine) ? `${engineWord(context)} commits every schema statement on its own` : (failing.operation.transaction ?? stuck.operation.transaction) === null ? 'No transaction wraps these statements' : 'No transaction covers the whole migration';
      return {
        operation: failing.operation,
        message: `If ${quoted(failing.operation.verb)} fails here, ${quoted(stuck.operation.verb)} before it stays applied and the migration cannot be run again.`,
        why: `${cause}: the statements before stay, the migration counts as not run, and the next run ${isDataChange(stuck.operation) ? `writes the rows of ${quoted(stuck.operation.verb)} a second time` : `fails at ${quoted(stuck.operation.verb)}, which was done already`}.`,
        remedy: separateMigrations(`the part up to ${quoted(stuck.operation.verb)}`, `the part from ${quoted(failing.operation.verb)}`, context),
        related: kept.slice(0, 10).map(({ operation }) => relatedTo(operation, 'stays applied, and fails when it is run again', context)),
      };
    }
    return undefined;
  },
});
