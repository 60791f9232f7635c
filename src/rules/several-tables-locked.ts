import type { Operation } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { lockList } from './shared/lock-sentence.ts';
import { addsUnit, lockUnits, oneATable } from './shared/locked-tables.ts';
import type { LockUnit } from './shared/locked-tables.ts';
import { joined, listed, quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'several-tables-locked',
  summary: 'One transaction locks two or more existing tables, which can deadlock with the application.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: [
    'online_migrations/multiple_foreign_keys', 'online_migrations/drop_table_multiple_foreign_keys', 'nandi/one_table', 'pgfence/wide-lock-window', 'gitlab/CreateTableWithForeignKeys',
    'migrationpilot/MP008',
  ],
  docs: {
    why: 'The migration holds its lock on the first table while it waits for the second one. A request that has read the second and then needs the first waits for the migration: '
      + 'a deadlock, and Postgres kills one of the two (measured: the application\'s query got 40P01). Without a deadlock both tables are still blocked for the sum of all waiting times.',
    exceptions: 'Tables created in the same pull request and small tables do not count, nor does the second table of a single foreign key, nor a lock that ROLLBACK TO SAVEPOINT has released before the next one is taken. One finding a file. On MySQL and MariaDB every schema statement commits and so releases its lock before the next one begins, '
      + 'and the tables of one RENAME TABLE are locked in the order of their names; LOCK TABLES, which does keep several, is reported by `lock-table`. SQLite locks the whole database for one writer. '
      + 'With the option `onlyReferenced` only the tables that foreign keys refer to count, as in online_migrations.',
  },
  migration(context) {
    for (const step of context.steps) {
      if (!addsUnit(step)) continue;
      const units = unitsAt(step, context);
      const [first] = units;
      const second = first && units.find((unit) => unit.locks.some((lock) => !first.locks.some((other) => sameName(other.table, lock.table))));
      if (first && second) return describe(mostOf(step, units, context), first, second, context);
    }
    return undefined;
  },
});

/** The units of the transaction's last step, when all that were held before are among them: what comes later joins them. */
function mostOf({ operation: { transaction } }: Step, units: readonly LockUnit[], context: RuleContext): readonly LockUnit[] {
  const last = context.steps.findLast(({ operation }) => operation.transaction === transaction);
  const later = last ? unitsAt(last, context) : [];
  return later.length > units.length ? later : units;
}

/** With `onlyReferenced`: the tables that new foreign keys refer to, and those that tables which are dropped refer to. */
function unitsAt(step: Step, context: RuleContext): readonly LockUnit[] {
  const units = lockUnits(step, context);
  if (context.options['onlyReferenced'] !== true) return units;
  return units.flatMap((unit) => {
    const locks = unit.locks.filter(({ role }) => role === 'parent');
    return locks.length > 0 ? [{ ...unit, locks }] : [];
  });
}

function describe(units: readonly LockUnit[], first: LockUnit, second: LockUnit, context: RuleContext): Finding {
  const locks = oneATable(units.flatMap((unit) => unit.locks));
  const { operation } = second;
  const shown = locks.length > 5 ? locks.slice(0, 4) : locks;
  const rest = locks.length - shown.length;
  const tables = joined([...shown.map((lock) => quoted(lock.table)), ...(rest > 0 ? [`${rest} more tables`] : [])]);
  return {
    message: `One transaction locks ${tables}: it can deadlock with the application.`,
    why: `It takes ${rest > 0 ? 'locks on all of them' : lockList(shown)} and holds each until the end. `
      + 'A request that uses these tables in another order waits for the migration while the migration waits for it; meanwhile everybody else waits for both.',
    remedy: advise(adviceFor(operation)),
    tables: locks.map((lock) => lock.table),
    at: operation.at,
    statement: operation.statement,
    operation,
    related: first.operation === second.operation ? [] : [relatedTo(first.operation, `locks ${listed(first.locks.map((lock) => lock.table))} first`, context)],
  };
}

function adviceFor(operation: Operation): string {
  switch (operation.kind) {
    case 'create-table':
      return `Create ${quoted(operation.table)} without foreign keys to busy tables, and add each key in a migration of its own.`;
    case 'drop-table':
      return `Drop the foreign keys of ${quoted(operation.table)} first, each in a migration of its own.`;
    default:
      return 'Give each table a migration of its own, so that each lock is released before the next one is taken.';
  }
}
