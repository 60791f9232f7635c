import type { OperationOf } from '../operations/index.ts';
import { fillsRows } from '../operations/index.ts';
import { primaryKeyInSteps, rewritingColumnInSteps, volatileDefaultInSteps } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { whileBlocked } from './shared/lock-sentence.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'blocking-primary-key',
  summary: 'A primary key builds its index, or reads every row for NOT NULL, while the table is locked.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: [
    'squawk/adding-serial-primary-key-field', 'eugene/E7', 'atlas/PG104', 'atlas/PG304', 'pgfence/add-pk-without-using-index', 'pg-migration-lint/PGM016',
    'pgsafe/add-primary-key-without-index', 'squawk/constraint-missing-not-valid', 'eugene/W14', 'safemigrate-lint/pk_exclusive_lock',
    'drizzle-migration-lint/add-primary-key-on-existing-table',
  ],
  docs: {
    why: 'ADD PRIMARY KEY builds a unique index under an ACCESS EXCLUSIVE lock: nobody reads or writes the table until it is built. '
      + 'With a unique index that was built concurrently before, USING INDEX takes half a millisecond, but only when its columns are NOT NULL already: '
      + 'otherwise Postgres reads every row under the same lock (117 ms on 2 million cached rows of Postgres 15), unless a validated check `column IS NOT NULL` proves it (Postgres 12 and later).\n\n'
      + 'A new column with PRIMARY KEY numbers every row, writes the table anew and builds the index, all under that lock.',
    exceptions: 'Small tables; tables created in the same pull request are not reported.',
  },
  check: { 'add-primary-key': addKey, 'add-column': addColumn },
});

function addKey(operation: OperationOf<'add-primary-key'>, context: StepContext) {
  const lock = longLock(context);
  if (!lock || context.effect.refused) return undefined;
  const { table, usingIndex, columns } = operation;
  const nullable = context.effect.assumes.filter((assumption) => assumption.of === 'not-null').flatMap((assumption) => assumption.columns);
  const mayBeNull = nullable.length === 0 ? '' : ` It also makes ${listed(nullable)} NOT NULL, and no validated check proves that ${nullable.length === 1 ? 'it holds' : 'they hold'} no NULL.`;
  return {
    message: usingIndex === null
      ? `Adding a primary key over ${listed(columns)} to ${quoted(table)} builds its index ${whileBlocked(lock)}.`
      : `Making the index ${quoted(usingIndex)} the primary key of ${quoted(table)} ${context.effect.unsure === null ? 'reads' : 'may read'} every row ${whileBlocked(lock)}.`,
    why: lockReason(context, lock) + mayBeNull,
    remedy: primaryKeyInSteps(operation, nullable, context),
    ...softened(context.effect),
  };
}

/** A column that no default fills fails on the first row, which is another rule's. */
function addColumn(operation: OperationOf<'add-column'>, context: StepContext) {
  const { table, column } = operation;
  const lock = longLock(context);
  if (!lock || !column.primaryKey || !fillsRows(column) || context.effect.refused) return undefined;
  return {
    message: `Adding ${quotedColumn(table, column.name)} as the primary key ${context.effect.rewrites ? 'writes the whole table anew and builds the index' : 'builds the index'} ${whileBlocked(lock)}.`,
    why: lockReason(context, lock),
    remedy: column.default.kind === 'expression' ? volatileDefaultInSteps(operation, context) : rewritingColumnInSteps(operation, context),
    ...softened(context.effect),
  };
}
