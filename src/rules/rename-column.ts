import { renameColumnInThreeDeployments } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { columnEvidence } from './shared/code-uses.ts';
import { everyModelIgnores, modelNames } from './shared/models-of.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { isReplaced, takesOver } from './shared/replaced-column.ts';

export default defineRule({
  id: 'rename-column',
  summary: 'A column is renamed while code that uses the old name is running.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [
    'strong_migrations/rename_column', 'online_migrations/rename_column', 'squawk/renaming-column', 'rubocop-migration/RenameColumn', 'pgfence/rename-column', 'atlas/BC102',
    'django-migration-linter/RENAME_COLUMN', 'migrationpilot/MP010', 'migrationpilot/MP071', 'pg-migration-lint/PGM505', 'pgsafe/rename', 'safemigrate-lint/rename_column',
    'drizzle-migration-lint/rename-column',
  ],
  docs: {
    why: 'A deploy is never instant: the migration runs while processes with the old code serve requests, and a rollback brings that code back. '
      + 'From the moment of the rename every query of the old code that names the column fails, and every query of the new code fails before it. '
      + 'Only an order of deployments in which both names work is safe: add the new column and keep both in step with a trigger, move the code over, then drop the old column.',
    exceptions: 'A column or table added in the same pull request, and a column that every model of the table already ignores, are not reported. '
      + 'Accept the finding when the application is stopped for the deploy, or when no code reads the column.',
  },
  check: {
    'rename-column'(operation, context) {
      const { table, column, to } = operation;
      if (context.onNewTable || context.table?.newColumns.has(column) || everyModelIgnores(table, column, context) || takesOver(operation, context) || isReplaced(operation, context)) return undefined;
      const models = modelNames(table, context);
      const code = columnEvidence(table, column, context);
      const users = models ? `${models} and any other code that names ${quoted(column)}` : `Code that names ${quoted(column)}`;
      return {
        message: `Renaming ${quotedColumn(table, column)} to ${quoted(to)} breaks the code that is running.`,
        why: `${users} fails from the moment of the rename until its processes are replaced, and again after a rollback; code that expects ${quoted(to)} fails before it. `
          + `There is no order of migration and deploy in which both work.${code ? ` ${code.sentence}` : ''}`,
        related: code?.related ?? [],
        remedy: renameColumnInThreeDeployments(operation, context),
      };
    },
  },
});
