import type { Operation } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';
import type { WrittenColumn } from './shared/written-columns.ts';

export default defineRule({
  id: 'three-state-boolean',
  summary: 'A boolean column may be NULL, a third answer that code seldom expects.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['rubocop-rails/ThreeStateBooleanColumn', 'gitlab/SaferBooleanColumn'],
  docs: {
    why: 'A NULL is neither true nor false: `WHERE NOT active` and `WHERE active = false` leave it out, NOT NULL is NULL, and code that asks `if` takes it for false. Setting NOT NULL later means a backfill and a scan.\n\n'
      + 'A new column with a constant default and NOT NULL is added in a moment (Postgres 11, MySQL 8.0.12 and MariaDB 10.3 and newer).',
    exceptions: 'An answer that really may be missing, such as an unanswered question or a setting that falls back to another one. Not reported when the migration sets NOT NULL later on.',
  },
  check: judgeColumns(hasThreeStates, (columns) => ({
    message: `${columnsSubject(columns, 'is a boolean that', 'are booleans that')} may be NULL.`,
    why: 'Rows with NULL are found neither by a search for true nor by one for false, and setting NOT NULL later needs a backfill and a scan.',
    remedy: advise('Give it a default and NOT NULL, or say in a comment what NULL means.'),
  })),
});

function hasThreeStates(column: WrittenColumn, operation: Operation, context: StepContext): boolean {
  const { definition, type } = column;
  const isBoolean = type.name === 'boolean' || (type.name === 'tinyint' && type.args[0] === 1);
  if (!isBoolean || type.array || !definition?.nullable || definition.generated || definition.primaryKey) return false;
  if (operation.kind === 'create-table' && operation.primaryKey.includes(column.name)) return false;
  return !context.lasting.some((later) => (later.kind === 'set-not-null' || later.kind === 'add-not-null') && later.direction === 'up' && later.column === column.name && sameName(later.table, column.table));
}
