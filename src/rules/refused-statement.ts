import { printEngine } from '../operations/index.ts';
import type { Operation, OperationKind } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Remedy } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step, StepContext } from './rule.ts';
import { aftermath, whatIsLeft } from './shared/aftermath.ts';
import { alteration } from './shared/alteration.ts';
import { quoted } from './shared/names.ts';

const kinds: readonly OperationKind[] = ['add-column', 'drop-column', 'rename-column', 'alter-column-type', 'add-primary-key', 'add-unique', 'add-foreign-key'];

export default defineRule({
  id: 'refused-statement',
  summary: 'The server refuses the statement on every database, whatever the rows: its release does not have it, or what it names does not go with it.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres', 'sqlite'],
  replaces: [],
  docs: {
    why: 'Some statements are valid SQL and fail all the same, at the deployment and not before where the development database is newer or the table is another: a form that the release does not have yet (NULLS NOT DISTINCT before Postgres 15, VIRTUAL columns before 18: 42601), '
      + 'a foreign key to columns that no unique key covers (42830), an index of a constraint that is dropped by itself (2BP01), a constraint from a partial index (42809), DROP NOT NULL on a primary key (42P16), CREATE OR REPLACE VIEW with a column fewer, renamed, moved or of another type (42P16). Each was executed on Postgres 10 to 18 (docs/locks.md).\n\n'
      + 'SQLite\'s ALTER TABLE renames, adds and drops columns, and writes no row for it. It refuses a new column that is PRIMARY KEY or UNIQUE, and as soon as the table holds a row one with a computed default (`CURRENT_TIMESTAMP`, an expression in parentheses) or STORED. '
      + 'It refuses to drop a column of the primary key, of a UNIQUE constraint or an index, and one that a generated column or a view names. It has no statement for types, keys and foreign keys. Each of these was tried on SQLite 3.40.',
    exceptions: 'Frameworks that copy the table by themselves, as Rails does for `change_column` and `remove_column`, are not reported, nor is what the schema does not show. NOT NULL without a default has a rule of its own, `not-null-without-backfill`.',
  },
  check: Object.fromEntries(kinds.map((kind) => [kind, (operation: Operation, context: StepContext) => (context.engine.name === 'sqlite' ? judgeSqlite(operation, context) : undefined)])),
  migration: (context) => (context.engine.name === 'postgres' ? context.steps.flatMap((step) => judgePostgres(step, context)) : []),
});

/** Rules of their own speak of these, refused or not. */
const spokenOf = new Set<OperationKind>(['reindex', 'refresh-materialized-view', 'detach-partition']);

function judgePostgres({ operation, effect: { refused } }: Step, context: RuleContext): Finding[] {
  // `index-on-partitioned-table`, `foreign-key-type-mismatch` and `dependent-object` say more of these.
  if (!refused || refused.about === 'partitioned' || refused.error === '42804' || spokenOf.has(operation.kind)) return [];
  if (refused.error === '42P16' && (operation.kind === 'drop-column' || operation.kind === 'alter-column-type')) return [];
  return [{
    operation,
    message: `${quoted(operation.verb)} fails: ${refused.because}.`,
    why: `Postgres refuses the statement on every database (error ${refused.error}). ${whatIsLeft[aftermath(operation, context)]}`,
    remedy: advise(refused.about === 'release' ? `Write it without, or move the servers to a newer release first; this one is taken for ${printEngine(context.engine)}.` : operation.kind === 'create-view' ? newView : toDo[refused.error] ?? 'Change what it names, or leave it out.'),
  }];
}

const newView = 'Keep the columns and add new ones at the end, or drop the view and make it anew in one transaction, with what reads it and its grants.';

const toDo: Readonly<Record<string, string>> = {
  '42830': 'Refer to the primary key, or add a unique constraint over the columns first.',
  '2BP01': 'Drop the constraint: its index goes with it.',
  '42809': 'Build a unique index over plain columns of all rows, and make the constraint from that one.',
};

function judgeSqlite(operation: Operation, context: StepContext): Finding | undefined {
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
