import type { OperationKind, Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Remedy } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { alteration } from './shared/alteration.ts';
import { quoted } from './shared/names.ts';

const kinds: readonly OperationKind[] = ['add-column', 'drop-column', 'rename-column', 'alter-column-type', 'add-primary-key', 'add-unique', 'add-foreign-key'];

export default defineRule({
  id: 'refused-alter',
  summary: 'An ALTER TABLE that SQLite refuses: a column that it cannot add or drop, a type or key that it cannot change.',
  hazard: 'fails',
  severity: 'error',
  engines: ['sqlite'],
  replaces: [],
  docs: {
    why: 'SQLite\'s ALTER TABLE renames, adds and drops columns, and writes no row for it. It refuses a new column that is PRIMARY KEY or UNIQUE, and as soon as the table holds a row one with a computed default (`CURRENT_TIMESTAMP`, an expression in parentheses) or STORED. '
      + 'It refuses to drop a column of the primary key, of a UNIQUE constraint or an index, and one that a generated column or a view names. It has no statement for types, keys and foreign keys. Each of these was tried on SQLite 3.40.',
    exceptions: 'Frameworks that copy the table by themselves, as Rails does for `change_column` and `remove_column`, are not reported, nor is what the schema does not show. NOT NULL without a default has a rule of its own, `not-null-without-backfill`.',
  },
  check: Object.fromEntries(kinds.map((kind) => [kind, judge])),
});

function judge(operation: Operation, context: StepContext): Finding | undefined {
  const { refused, assumes } = context.effect;
  if (refused) {
    return {
      message: `${alteration(operation)} fails: ${refused.because}.`,
      why: `SQLite refuses the statement on every database (${refused.error}), and the migration stops here.`,
      remedy: instead(operation),
    };
  }
  if (operation.kind !== 'add-column' || operation.language !== 'sql' || context.onNewTable || !assumes.some(({ of }) => of === 'empty')) return undefined;
  const { column, table } = operation;
  const what = column.generated?.stored ? 'is STORED' : column.default.kind === 'expression' ? 'has a computed default' : null;
  return what === null ? undefined : {
    message: `${alteration(operation)} fails on a table with rows: the column ${what}.`,
    why: `ADD COLUMN writes no row of ${quoted(table)}, so SQLite refuses a column whose value has to be worked out for each (SQLITE_ERROR), and the migration stops here.`,
    remedy: instead(operation),
  };
}

const rebuild = 'Create a new table with the definition as it should be, copy the rows, drop the old table and rename the new one, in one transaction with foreign_keys off.';

function instead(operation: Operation): Remedy {
  if (operation.kind === 'add-column') {
    if (operation.column.generated) return advise('Make the generated column VIRTUAL, which takes no room in the rows.');
    if (operation.column.unique && !operation.column.primaryKey) return advise('Add the column without UNIQUE, and then create a unique index on it.');
    if (operation.column.default.kind === 'expression') return advise(`Add the column without a default and let the application write it, with an UPDATE for the rows that are there. A column that needs the default in the database needs a new table: ${rebuild.charAt(0).toLowerCase()}${rebuild.slice(1)}`);
  }
  return advise(operation.kind === 'drop-column' ? `Drop first what uses the column, where it can be dropped by itself. Otherwise: ${rebuild.charAt(0).toLowerCase()}${rebuild.slice(1)}` : rebuild);
}
