import type { ColumnType } from '../operations/index.ts';
import { jsonbColumn } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'json-column',
  summary: 'A column has the type json, which has no equality operator; jsonb has one.',
  hazard: 'breaks-code',
  severity: 'warn',
  engines: ['postgres'],
  replaces: [
    'strong_migrations/add_column_json', 'online_migrations/add_column_json', 'rubocop-migration/Jsonb', 'eugene/E3', 'pgsafe/prefer-jsonb', 'pg-migration-lint/PGM106',
    'pgfence/add-column-json',
  ],
  docs: {
    why: 'Values of the type json cannot be compared: SELECT DISTINCT, UNION and GROUP BY over the table\'s columns fail with "could not identify an equality operator for type json". '
      + 'Active Record writes DISTINCT for `has_many :through`, `includes` with `limit`, and `.distinct`, so queries that work today start to fail when the column is added. jsonb can be compared and indexed.',
    exceptions: 'A column that has to keep its text exactly as it was written: key order, duplicate keys and white space.',
  },
  check: {
    'add-column': (operation, context) =>
      isJson(operation.column.type) ? { ...describe(quotedColumn(operation.table, operation.column.name)), remedy: jsonbColumn(operation, context) } : undefined,
    'alter-column-type': (operation, context) =>
      isJson(operation.type) && !isJson(context.table?.columns.get(operation.column)?.type)
        ? { ...describe(quotedColumn(operation.table, operation.column)), remedy: jsonbColumn(operation, context) } : undefined,
    'create-table'(operation, context) {
      const columns = operation.columns.filter((column) => isJson(column.type)).map((column) => column.name);
      if (columns.length === 0 || operation.temporary) return undefined;
      const subject = columns.length === 1 ? quotedColumn(operation.table, columns[0] ?? '') : `The columns ${listed(columns)} of ${quoted(operation.table)}`;
      return { ...describe(subject, columns.length > 1), remedy: jsonbColumn(operation, context) };
    },
  },
});

function isJson(type: ColumnType | undefined): boolean {
  return type?.name === 'json';
}

function describe(subject: string, plural = false): Pick<Finding, 'message' | 'why'> {
  return {
    message: `${subject} ${plural ? 'have' : 'has'} the type json, which cannot be compared.`,
    why: 'The type json has no equality operator: SELECT DISTINCT, UNION and GROUP BY over all columns of the table fail from the moment it has such a column.',
  };
}
