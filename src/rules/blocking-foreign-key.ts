import { isMysql } from '../operations/index.ts';
import type { ForeignKey, QualifiedName } from '../operations/index.ts';
import { columnFirst, foreignKeyInTwoSteps } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { blockedTraffic } from './shared/lock-sentence.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { listed, quoted } from './shared/names.ts';
import { slowParts } from './shared/new-column.ts';

export default defineRule({
  id: 'blocking-foreign-key',
  summary: 'A foreign key is checked against all existing rows while writes to both tables are blocked.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'strong_migrations/add_foreign_key', 'online_migrations/add_foreign_key', 'squawk/adding-foreign-key-constraint', 'squawk/constraint-missing-not-valid', 'eugene/E1',
    'rubocop-migration/AddForeignKey', 'atlas/PG306', 'atlas/MY131', 'pgfence/add-constraint-fk-no-not-valid', 'pgfence/add-column-inline-foreign-key', 'migrationpilot/MP005',
    'pg-migration-lint/PGM014', 'pgsafe/add-fk-without-not-valid', 'safemigrate-lint/constraint_not_valid', 'drizzle-migration-lint/add-fk-without-not-valid',
  ],
  docs: {
    why: 'Postgres checks every row of the table against the referenced one while it holds a SHARE ROW EXCLUSIVE lock on both: nobody writes to either of them meanwhile. '
      + 'On 2 million rows of Postgres 15 that took 1 s with warm caches. With NOT VALID the constraint is added in constant time, and VALIDATE CONSTRAINT checks the rows later without blocking writes.\n\n'
      + 'MySQL copies the table, with writes blocked, unless `foreign_key_checks` is off; then it trusts the rows.',
    exceptions: 'Small tables. A foreign key of a table that is created in the same pull request is not reported here: it has no rows to check.',
  },
  check: {
    'add-foreign-key': (operation, context) => judge(operation.table, operation.foreignKey, context),
    'add-column': (operation, context) => {
      const { table, column } = operation;
      const found = column.references && slowParts(column, context).includes('foreign-key') ? judge(table, column.references, context) : undefined;
      return found && { ...found, remedy: columnFirst(operation, found.remedy) };
    },
  },
});

function judge(table: QualifiedName, key: ForeignKey, context: StepContext) {
  const lock = longLock(context);
  const mysql = isMysql(context.engine);
  if (!lock) return undefined;
  const both = quoted(table) === quoted(key.references) || context.isNew(key.references) ? quoted(table) : listed([table, key.references]);
  const remedy = foreignKeyInTwoSteps(table, key, context);
  const fromReference = !mysql && /reference|belongs_to/.test(context.operation.verb) ? ' Leave "foreign_key" out of the reference.' : '';
  return {
    message: mysql
      ? `Adding a foreign key from ${quoted(table)} to ${quoted(key.references)} copies ${quoted(table)} and blocks ${blockedTraffic(lock)} it.`
      : `Adding a validated foreign key from ${quoted(table)} to ${quoted(key.references)} blocks ${blockedTraffic(lock)} ${both} while every row is checked.`,
    why: lockReason(context, lock),
    remedy: { ...remedy, advice: `${remedy.advice}${fromReference}` },
    ...softened(context.effect),
  };
}
