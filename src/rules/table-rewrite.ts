import type { OperationOf } from '../operations/index.ts';
import { withoutRewriting } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { statementName, whileBlocked } from './shared/lock-sentence.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { joined, quoted } from './shared/names.ts';

export default defineRule({
  id: 'table-rewrite',
  summary: 'A maintenance statement writes a whole table anew while nobody can read or write it.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: [
    'squawk/prefer-repack', 'pgfence/vacuum-full', 'pgfence/set-logged-unlogged', 'pgsafe/vacuum-full-cluster', 'pgsafe/set-logged-unlogged', 'pgsafe/set-access-method',
    'migrationpilot/MP006', 'migrationpilot/MP032', 'migrationpilot/MP047', 'migrationpilot/MP095', 'atlas/PG307', 'atlas/PG311', 'pg-migration-lint/PGM018', 'pg-migration-lint/PGM021',
    'safemigrate-lint/table_logging_mode', 'safemigrate-lint/access_method_change',
  ],
  docs: {
    why: '`VACUUM FULL`, `CLUSTER`, `SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE` and `SET ACCESS METHOD` copy the table into a new file under an ACCESS EXCLUSIVE lock: no query, not even a SELECT, gets through until the copy is done. '
      + 'On 2 million rows of Postgres 15 that took 9 s for VACUUM FULL, 12 s for CLUSTER, 3.6 s for SET LOGGED, 2.7 s for SET TABLESPACE and 1.1 s for SET UNLOGGED, and it grows with the table. '
      + 'The copy needs as much free disk again, and all of it goes to the replicas. An unlogged table is empty after a crash, and on every replica.',
    exceptions: 'A plain VACUUM, new tables, tables said to be small, partitioned tables (they hold no rows) and a table that is unlogged already are not reported. `SET ACCESS METHOD heap` is a warning: most tables are stored so already, and then nothing is rewritten.',
  },
  check: {
    'vacuum': (operation, context) => (operation.full ? judge(operation, context) : undefined),
    'cluster': judge,
    'set-table-option': judge,
  },
});

function judge(operation: OperationOf<'vacuum'> | OperationOf<'cluster'> | OperationOf<'set-table-option'>, context: StepContext) {
  const remedy = withoutRewriting(operation, context);
  if (operation.table === null) {
    return {
      message: `${statementName(operation)} without a table rewrites ${operation.kind === 'cluster' ? 'every table that was clustered before' : 'every table of the database'}.`,
      why: 'While a table is written anew no other session can read or write it, one table after the other.',
      remedy,
    };
  }
  const lock = context.effect.rewrites ? longLock(context) : undefined;
  if (!lock) return undefined;
  const { loses } = context.effect;
  return {
    message: `${operation.kind === 'set-table-option' ? `SET ${operation.option.replace('-', ' ').toUpperCase()}` : statementName(operation)} writes ${quoted(lock.table)} anew ${whileBlocked(lock, 'it')}.`,
    why: `${lockReason(context, lock)}${loses.length ? ` The table also loses ${joined(loses)}.` : ''}`,
    remedy,
    ...softened(context.effect),
  };
}
