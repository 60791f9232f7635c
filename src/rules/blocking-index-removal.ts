import { isBlocking } from '../engines/effect.ts';
import { sameName } from '../operations/index.ts';
import type { OperationOf } from '../operations/index.ts';
import { concurrentIndexRemoval } from '../remedies/index.ts';
import { ofKind } from './shared/of-kind.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { lockSentence } from './shared/lock-sentence.ts';
import { isBusy, unsureSentence } from './shared/long-lock.ts';
import { listed, quoted } from './shared/names.ts';
import { isRedefined } from './shared/schemafile.ts';

export default defineRule({
  id: 'blocking-index-removal',
  summary: 'An index is dropped from an existing table without CONCURRENTLY.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: [
    'strong_migrations/remove_index', 'online_migrations/remove_index', 'squawk/require-concurrent-index-deletion', 'gitlab/RemoveIndex', 'atlas/PG102', 'pgfence/drop-index-not-concurrent',
    'migrationpilot/MP009', 'pg-migration-lint/PGM002', 'pgsafe/drop-index-non-concurrent', 'safemigrate-lint/concurrent_index_drop', 'django-migration-linter/DROP_INDEX',
  ],
  docs: {
    why: 'A plain `DROP INDEX` takes an ACCESS EXCLUSIVE lock on the index and on its table. The work takes a moment, but the lock request waits for every query '
      + 'and open transaction on the table, and every later query, reads included, waits behind the request. `DROP INDEX CONCURRENTLY` blocks nobody.',
    exceptions: 'An index that backs a constraint cannot be dropped concurrently, nor can one on a partitioned table: set a `lock_timeout` and drop it alone. An index of a table that the same transaction drops is not reported, nor `DROP INDEX IF EXISTS` of an index that no earlier file makes and this one does.',
  },
  check: { 'drop-index': judge },
});

function judge(operation: OperationOf<'drop-index'>, context: StepContext) {
  if (operation.concurrently || context.onNewTable || goesWithItsTable(operation, context) || clearsTheWay(operation, context) || isRedefined(operation, context)) return undefined;
  const lock = context.effect.locks.find((each) => isBlocking(each) && isBusy(each.table, context));
  if (!lock) return undefined;
  const what = operation.name ? ` ${quoted(operation.name)}` : operation.columns.length ? ` over ${listed(operation.columns)}` : '';
  const known = context.effect.unsure === null;
  return {
    message: `Dropping the index${what}${known ? ` of ${quoted(lock.table)}` : ''} blocks reads and writes while it waits for ${known ? 'the' : 'its'} table.`,
    why: lockSentence(operation, lock) + unsureSentence(context.effect),
    remedy: concurrentIndexRemoval(operation, context),
  };
}

/** True when the index is not known to be there and the migration makes one of that name afterwards: IF EXISTS is for the next run, and the new index is reported by itself. */
function clearsTheWay({ name, table, ifExists, direction }: OperationOf<'drop-index'>, { migration, schema }: StepContext): boolean {
  if (!ifExists || name === null || table !== null || schema.complete || schema.tableOfIndex(name.name)) return false;
  return ofKind(migration.operations, 'create-index').some((other) => other.direction === direction && other.index.name === name.name);
}

/** True when the same transaction drops the table as well: that lock is taken anyway, and reported by itself. */
function goesWithItsTable(operation: OperationOf<'drop-index'>, { migration }: StepContext): boolean {
  const { table } = operation;
  return table !== null && ofKind(migration.operations, 'drop-table').some((other) => other.direction === operation.direction && other.transaction === operation.transaction && sameName(other.table, table));
}
