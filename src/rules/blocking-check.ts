import type { Check, QualifiedName } from '../operations/index.ts';
import { advise, checkInTwoSteps, columnFirst } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';
import { slowParts } from './shared/new-column.ts';

export default defineRule({
  id: 'blocking-check',
  summary: 'A check constraint is verified on all existing rows while the table is locked.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'strong_migrations/add_check_constraint', 'online_migrations/add_check_constraint', 'online_migrations/add_text_limit_constraint', 'squawk/constraint-missing-not-valid', 'eugene/E1',
    'rubocop-migration/AddCheckConstraint', 'atlas/PG305', 'pgfence/add-constraint-check-no-not-valid', 'migrationpilot/MP030', 'pg-migration-lint/PGM015',
    'pgsafe/add-check-without-not-valid', 'safemigrate-lint/constraint_not_valid', 'drizzle-migration-lint/add-check-without-not-valid',
    'squawk/ban-alter-domain-with-add-constraint', 'pgfence/ban-alter-domain-add-constraint', 'migrationpilot/MP043', 'pgsafe/add-domain-constraint-without-not-valid', 'pgsafe/add-domain-not-null',
  ],
  docs: {
    why: 'Adding a check constraint takes an ACCESS EXCLUSIVE lock and reads every row under it; nobody reads or writes the table meanwhile (0.3 s on 2 million cached rows of Postgres 15). '
      + 'A CHECK written into ADD COLUMN does the same, even when the column is NULL in every row. A constraint added to a domain scans every table that uses it.\n\n'
      + 'With NOT VALID it is added in constant time; VALIDATE CONSTRAINT then reads the rows without blocking reads or writes. MySQL copies the table instead.',
    exceptions: 'Small tables; tables created in the same pull request are not reported.',
  },
  check: {
    'add-check': (operation, context) => judge(operation.table, operation.check, context),
    'add-column': (operation, context) => {
      const { table, column } = operation;
      const found = column.check && slowParts(column, context).includes('check') ? judge(table, column.check, context) : undefined;
      return found && { ...found, remedy: columnFirst(operation, found.remedy) };
    },
    'alter-domain'(operation, context) {
      const lock = longLock(context);
      return lock && {
        message: `Adding a constraint to the domain ${quoted(operation.type)} reads every row of ${quoted(lock.table)} while it is locked.`,
        why: lockReason(context, lock),
        remedy: advise('Add the constraint NOT VALID, and validate it in a later migration.'),
        ...softened(context.effect),
      };
    },
  },
});

function judge(table: QualifiedName, check: Check, context: StepContext) {
  const lock = longLock(context);
  if (!lock) return undefined;
  const what = check.name ? `check constraint ${quoted(check.name)}` : 'a check constraint';
  return {
    message: `Adding ${what} to ${quoted(table)} verifies every row while the table is locked.`,
    why: lockReason(context, lock),
    remedy: checkInTwoSteps(table, check, context),
    ...softened(context.effect),
  };
}
