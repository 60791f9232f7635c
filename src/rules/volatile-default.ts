import { printEngine } from '../operations/index.ts';
import { volatileDefaultInSteps } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { defaultText } from './shared/default-text.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { quotedColumn } from './shared/names.ts';
import { slowParts } from './shared/new-column.ts';

export default defineRule({
  id: 'volatile-default',
  summary: 'A column is added with a default that is computed for every row, which rewrites the table.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'strong_migrations/add_column_default', 'online_migrations/add_column_with_default', 'squawk/adding-field-with-default', 'rubocop-migration/AddColumnWithDefaultValue', 'atlas/PG302',
    'pgfence/add-column-non-constant-default', 'pgfence/add-column-default-pre-pg11', 'migrationpilot/MP003', 'pg-migration-lint/PGM006', 'pgsafe/add-column-volatile-default',
    'safemigrate-lint/volatile_default', 'drizzle-migration-lint/volatile-default-on-add-column',
  ],
  docs: {
    why: 'A constant default, and a stable function such as now(), is stored once in the catalog: adding such a column takes half a millisecond whatever the table\'s size. '
      + 'A volatile function (gen_random_uuid(), random(), clock_timestamp(), nextval(), a function of your own that does not declare its volatility) has another value in every row, '
      + 'so Postgres writes the whole table and all its indexes anew: 12 to 18 s on 2 million rows of Postgres 15, with reads and writes blocked.\n\n'
      + 'MySQL copies the table for any expression default.',
    exceptions: 'Small tables and tables created in the same pull request.',
  },
  check: {
    'add-column'(operation, context) {
      const { table, column } = operation;
      const lock = longLock(context);
      if (!lock || !slowParts(column, context).includes('default')) return undefined;
      return {
        message: `Adding ${quotedColumn(table, column.name)} with the default ${defaultText(column.default)} ${context.effect.unsure === null ? 'rewrites' : 'may rewrite'} the whole table while it is locked.`,
        why: `${printEngine(context.engine)} ${column.default.kind === 'constant' ? 'writes the default into' : 'evaluates the default for'} each existing row. ${lockReason(context, lock)}`,
        remedy: volatileDefaultInSteps(operation, context),
        ...softened(context.effect),
      };
    },
  },
});
