import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { fillsRows, isMysql, printType } from '../operations/index.ts';
import { notNullColumnInSteps, notNullInSteps } from '../remedies/index.ts';
import type { Finding, StepContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { aftermathSentence, engineWord } from './shared/aftermath.ts';
import { mayHoldRows } from './shared/existing-rows.ts';
import { now } from './shared/history.ts';
import { ofKind } from './shared/of-kind.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { nullRisk } from './shared/nullness.ts';

export default defineRule({
  id: 'not-null-without-backfill',
  summary: 'A column becomes NOT NULL although rows that exist already have no value in it.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: [
    'rubocop-rails/NotNullColumn', 'nandi/add_column', 'squawk/adding-required-field', 'atlas/MF103', 'atlas/MF104', 'pgfence/add-column-not-null-no-default', 'atlas/MY101', 'atlas/LT101',
    'migrationpilot/MP084', 'pg-migration-lint/PGM008', 'pgsafe/add-column-not-null-no-default', 'safemigrate-lint/add_non_nullable_without_default',
    'drizzle-migration-lint/add-column-not-null-no-default', 'django-migration-linter/NOT_NULL',
  ],
  docs: {
    why: 'Postgres refuses NOT NULL while one row holds NULL (23502), and a new NOT NULL column without a default does so for every row of a table that is not empty. '
      + 'MySQL and MariaDB accept the new column and silently fill it with the type\'s zero value: 0, an empty string, the date 0000-00-00, the first value of an enum. '
      + 'Setting NOT NULL on an existing column fails there, too (1265), and without strict mode turns the NULLs into zero values.',
    exceptions: 'Not reported on new or emptied tables, with a default, after a backfill or a check of the column in the same migration, or when a validated check constraint proves that no NULL is left.',
  },
  check: {
    'add-column': (operation, context) => {
      const { column } = operation;
      if (column.nullable && !column.primaryKey) return undefined;
      return fillsRows(column) || !mayHoldRows(context, now(context)) ? undefined : newColumn(operation, context);
    },
    'set-not-null': (operation, context) =>
      operation.fill.kind === 'none' || (operation.fill.kind === 'constant' && operation.fill.value === null) ? existingColumn(operation.table, operation.column, context) : undefined,
    // MySQL restates the whole column: MODIFY ... NOT NULL is no statement of its own.
    'alter-column-type': (operation, context) => {
      if (!operation.restated || operation.restated.nullable || ofKind(context.migration.operations, 'set-not-null').some((other) => other.column === operation.column && other.statement.start === operation.statement.start)) return undefined;
      return existingColumn(operation.table, operation.column, context);
    },
    'add-not-null': (operation, context) => (operation.validated ? existingColumn(operation.table, operation.column, context) : undefined),
  },
});

function newColumn(operation: OperationOf<'add-column'>, context: StepContext): Finding {
  const { table, column } = operation;
  const silent = isMysql(context.engine);
  return {
    message: `Adding ${quotedColumn(table, column.name)} as NOT NULL without a default ${silent ? 'silently fills every existing row with a zero value' : 'fails as soon as the table holds a row'}.`,
    why: silent
      ? `${engineWord(context)} gives existing rows the zero value of ${printType(column.type)}${/date|time/.test(column.type.name) ? ', "0000-00-00", unless strict mode refuses it (error 1292),' : ' without an error'} and code that inserts rows without ${quoted(column.name)} fails from then on.`
      : `The existing rows have no value for ${quoted(column.name)}, so ${engineWord(context)} refuses the column (${context.engine.name === 'sqlite' ? 'it needs a default' : 'error 23502'}). ${aftermathSentence(operation, context.steps.length > 0, context)}`,
    remedy: notNullColumnInSteps(operation, context),
  };
}

function existingColumn(table: QualifiedName, column: string, context: StepContext): Finding | undefined {
  const risk = nullRisk(table, column, context);
  if (risk === 'never') return undefined;
  const refused = isMysql(context.engine)
    ? `${engineWord(context)} refuses it while a row holds NULL (error 1265 or 1138), or turns the NULLs into zero values when strict mode is off.`
    : `${engineWord(context)} refuses it while one row holds NULL (error 23502).`;
  // The rows were put in by this very migration, from a query whose result its author knows better.
  if (context.onNewTable || context.table?.isNew) {
    return {
      severity: 'warn',
      message: `${quotedColumn(table, column)} becomes NOT NULL, and a query filled the table: whether it gives NULL is not known.`,
      why: `${refused} ${aftermathSentence(context.operation, context.steps.length > 0, context)}`,
      remedy: notNullInSteps(table, column, context),
    };
  }
  return {
    message: `${quotedColumn(table, column)} becomes NOT NULL, and nothing before it fills the rows that hold NULL.`,
    why: `${refused} ${risk === 'perhaps' ? 'The default covers rows inserted without a value, not older ones and not those where NULL was written. ' : ''}${aftermathSentence(context.operation, context.steps.length > 0, context)}`,
    remedy: notNullInSteps(table, column, context),
    ...(risk === 'perhaps' ? { severity: 'warn' as const } : {}),
  };
}
