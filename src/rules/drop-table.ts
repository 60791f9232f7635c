import type { OperationOf } from '../operations/index.ts';
import { dropTableAfterCode } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { quoted } from './shared/names.ts';
import { isDroppedForRebuild } from './shared/rebuilt-table.ts';
import { isFromSchemafile } from './shared/schemafile.ts';
import { tableUsers } from './shared/still-used.ts';

export default defineRule({
  id: 'drop-table',
  summary: 'A table is dropped that running code may still use.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [
    'squawk/ban-drop-table', 'gitlab/DropTable', 'pgfence/drop-table', 'atlas/DS102', 'django-migration-linter/DROP_TABLE', 'skeema/drop-table', 'migrationpilot/MP026',
    'pg-migration-lint/PGM201', 'pgsafe/drop-table', 'safemigrate-lint/drop_table', 'drizzle-migration-lint/drop-table',
  ],
  docs: {
    why: 'Processes with the old code keep reading and writing the table until they are replaced, and fail from the moment it is gone. The rows cannot be brought back: a rollback of the code, or a `down`, finds an empty table at best.\n\n'
      + 'Remove the model and every use first, deploy that, and drop the table in the next deploy.',
    exceptions: 'A table created in the same pull request is not reported, nor one that is built anew and gets its rows back in the same migration. When the application is known and has no model of the table the finding is a warning: join tables and plain SQL may still use it.',
  },
  check: { 'drop-table': judge },
});

function judge(operation: OperationOf<'drop-table'>, context: StepContext) {
  const { table } = operation;
  // A Schemafile has a rule of its own.
  if (isFromSchemafile(context) || context.onNewTable || context.table?.isNew || isDroppedForRebuild(table, context)) return undefined;
  const users = tableUsers(table, context);
  return {
    message: `Dropping ${quoted(table)} ${users.isUnused ? 'deletes its rows for good' : 'breaks code that still uses it'}.`,
    why: `${users.sentence} Its rows are lost at once and no rollback brings them back.`,
    remedy: dropTableAfterCode(operation, context),
    related: users.related,
    ...(users.isUnused ? { severity: 'warn' as const } : {}),
  };
}
