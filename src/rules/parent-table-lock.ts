import { sameName } from '../operations/index.ts';
import { aloneWithLockTimeout } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { lockName, statementName } from './shared/lock-sentence.ts';
import { waitIsBounded } from './shared/lock-wait.ts';
import { awaitedLocks, parentLocks } from './shared/locked-tables.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'parent-table-lock',
  summary: 'A statement about one table locks another one: the parent of a foreign key, or the tables that refer to it.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['safe-pg-migrations/drop_table', 'squawk/ban-truncate-cascade', 'migrationpilot/MP069'],
  docs: {
    why: 'A foreign key has triggers on both of its tables. Dropping the key, or the table that holds it, takes an ACCESS EXCLUSIVE lock on the referenced table, too; creating one takes SHARE ROW EXCLUSIVE; '
      + 'TRUNCATE ... CASCADE locks every table that refers to the emptied one. The parent is often the busiest table of all (`users`, `accounts`), and its queries queue behind the lock request.',
    exceptions: 'Nothing is reported when the statement stands alone in its transaction after a `lock_timeout` was set, when its transaction has such a lock on the parent already, for small parents, and for a new table\'s single key unless its parent is said to be hot. '
      + 'A statement that locks several parents is reported by `several-tables-locked`.',
  },
  check: {
    'drop-constraint': (operation, context) => judge(`Dropping the foreign key ${operation.name ? `${quoted(operation.name)} ` : ''}of ${quoted(operation.table)}`, context),
    'drop-table': (operation, context) => judge(`Dropping ${quoted(operation.table)}`, context, 1),
    'create-table': (operation, context) => operation.partitionOf ? undefined : judgeHot(`Creating ${quoted(operation.table)} with a foreign key`, context),
    'add-foreign-key': (operation, context) => (context.onNewTable ? judgeHot(`Adding a foreign key to ${quoted(operation.table)}`, context) : undefined),
    'truncate': (operation, context) => (operation.cascade ? judge(`Truncating ${listed(operation.tables)} with CASCADE`, context) : undefined),
  },
});

function judgeHot(what: string, context: StepContext) {
  return parentLocks(context, context).some((lock) => context.tablePolicy(lock.table) === 'hot') ? judge(what, context, 1) : undefined;
}

function judge(what: string, context: StepContext, most = Infinity) {
  // Where the transaction has the parent already, nobody waits for it once more.
  const awaited = awaitedLocks(context, context);
  const locks = parentLocks(context, context).filter((lock) => awaited.some((one) => sameName(one.table, lock.table)));
  const [lock] = locks;
  if (!lock || locks.length > most || waitIsBounded(context, context)) return undefined;
  const tables = listed(locks.map((each) => each.table));
  return {
    message: `${what} locks ${tables} as well.`,
    why: `${statementName(context.operation)} takes ${lockName(lock)} on ${tables} too: every later ${lock.blocks.reads ? 'query' : 'write'} there waits while the statement itself waits for open transactions, and until its transaction ends.`,
    remedy: aloneWithLockTimeout(),
    tables: locks.map((each) => each.table),
  };
}
