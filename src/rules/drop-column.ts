import type { OperationOf } from '../operations/index.ts';
import { dropColumnAfterIgnoring } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { parentLocks } from './shared/locked-tables.ts';
import { lostRename } from './shared/lost-rename.ts';
import { everyModelIgnores } from './shared/models-of.ts';
import { joined, listed, quotedColumn } from './shared/names.ts';
import { isLeftOver, isReplaced } from './shared/replaced-column.ts';
import { isFromSchemafile } from './shared/schemafile.ts';
import { columnUsers } from './shared/still-used.ts';

export default defineRule({
  id: 'drop-column',
  summary: 'A column is dropped that running code may still read and write.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [
    'strong_migrations/remove_column', 'online_migrations/remove_column', 'squawk/ban-drop-column', 'rubocop-migration/RemoveColumn', 'gitlab/RemoveColumn', 'pgfence/drop-column',
    'atlas/DS103', 'django-migration-linter/DROP_COLUMN', 'migrationpilot/MP017', 'pg-migration-lint/PGM009', 'pgsafe/drop-column', 'safemigrate-lint/drop_column',
    'drizzle-migration-lint/drop-column',
  ],
  docs: {
    why: 'Active Record reads the columns of a table once, at boot, and names them in its INSERT and UPDATE statements: processes that started before the drop fail on every write until they are replaced. '
      + 'Prisma, Drizzle, TypeORM and Sequelize name every column that the model declares in their SELECT and INSERT statements, too. Other code fails wherever it names the column. The values are gone at once, and so are the indexes, foreign keys and unique constraints that contain the column.\n\n'
      + 'First let the code ignore the column (`self.ignored_columns += ["name"]`) and deploy that; drop it in the next deploy.',
    exceptions: 'Nothing is reported when another column takes the name in the same transaction, when every model of the table ignores the column already on the base branch, when the column was added in the same pull request, or when the drop is half of a rename (`drop-and-add-rename`). '
      + 'When the application is known, has no model of the table and names the column nowhere, the finding is a warning. Accept the finding for tables that no code uses any more.',
  },
  check: { 'drop-column': judge },
});

function judge(operation: OperationOf<'drop-column'>, context: StepContext) {
  const { table, column } = operation;
  // A Schemafile has a rule of its own.
  if (isFromSchemafile(context) || context.onNewTable || context.table?.newColumns.has(column) || everyModelIgnores(table, column, context)
    || isReplaced(operation, context) || isLeftOver(operation, context) || isToldAsRename(operation, context)) return undefined;
  const lost = context.effect.loses;
  const parents = parentLocks(context, context).map((lock) => lock.table);
  const users = columnUsers(table, column, context);
  return {
    message: `Dropping ${quotedColumn(table, column)} ${users.isUnused ? 'deletes its values for good' : 'breaks code that still uses it'}.`,
    why: `${users.sentence} The values are lost at once${lost.length ? `, and so ${lost.length === 1 ? 'is' : 'are'} ${joined(lost)}` : ''}.${parents.length ? ` The drop locks ${listed(parents)}, too.` : ''}`,
    remedy: dropColumnAfterIgnoring(operation, context),
    related: users.related,
    ...(users.isUnused ? { severity: 'warn' as const } : {}),
  };
}

/** True when the drop is half of a rename that loses the values, and told as that. */
function isToldAsRename(operation: OperationOf<'drop-column'>, context: StepContext): boolean {
  const rename = lostRename(operation, context);
  return rename !== null && rename.kind !== 'perhaps';
}
