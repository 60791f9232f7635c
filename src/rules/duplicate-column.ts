import type { Operation } from '../operations/index.ts';
import { isMysql, sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, StepContext } from './rule.ts';
import { aftermath, whatIsLeft } from './shared/aftermath.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'duplicate-column',
  summary: 'A migration gives a table the same column twice, which the server refuses.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['squawk/ban-duplicate-column-assignments'],
  docs: {
    why: 'A table has each column once. CREATE TABLE with one of them twice and ALTER TABLE that adds one again fail on every database: 42701 on Postgres, 1060 on MySQL and MariaDB, "duplicate column name" on SQLite. '
      + 'It comes of merged branches and copied lines, and where the first statement has committed by then, running the migration again fails at that one.',
    exceptions: 'IF NOT EXISTS, conditions such as `unless column_exists?`, and a column that is dropped or renamed in between are not reported, nor is a column that an earlier migration may have added.',
  },
  check: {
    'create-table'(operation, context) {
      const names = operation.columns.map(({ name }) => name);
      const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
      return twice.length === 0 ? undefined : finding(`"${operation.verb}" fails: it gives ${quoted(operation.table)} ${listed(twice)} twice.`, operation, context);
    },
    'add-column'(operation, context) {
      const { table, column } = operation;
      if (!isSure(operation) || operation.ifNotExists || context.table?.columns.has(column.name) !== true) return undefined;
      const before = context.steps.some(({ operation: other }) => isSure(other) && ((other.kind === 'add-column' && sameName(other.table, table) && other.column.name === column.name)
        || (other.kind === 'create-table' && !other.ifNotExists && sameName(other.table, table) && other.columns.some(({ name }) => name === column.name))));
      return before ? finding(`Adding ${quotedColumn(table, column.name)} fails: this migration has added it before.`, operation, context) : undefined;
    },
  },
});

function isSure({ certain, guards }: Operation): boolean {
  return certain && guards.length === 0;
}

function finding(message: string, operation: Operation, context: StepContext): Finding {
  return { message, why: `The server refuses it on every database (${errorOf(context)}). ${whatIsLeft[aftermath(operation, context)]}`, remedy: advise('Leave one of the two out; another name may have been meant.') };
}

function errorOf({ engine }: RuleContext): string {
  return isMysql(engine) ? 'error 1060' : engine.name === 'postgres' ? 'error 42701' : 'duplicate column name';
}
