import { sameName } from '../operations/index.ts';
import type { Operation, OperationOf } from '../operations/index.ts';
import { advise, renameTableWithView } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { tableEvidence } from './shared/code-uses.ts';
import { inForce } from './shared/history.ts';
import { modelNames } from './shared/models-of.ts';
import { quoted } from './shared/names.ts';
import { isRenamedForRebuild } from './shared/rebuilt-table.ts';

export default defineRule({
  id: 'rename-table',
  summary: 'A table is renamed while code that uses the old name is running.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [
    'strong_migrations/rename_table', 'online_migrations/rename_table', 'squawk/renaming-table', 'rubocop-migration/RenameTable', 'pgfence/rename-table', 'atlas/BC101',
    'django-migration-linter/RENAME_TABLE', 'migrationpilot/MP028', 'pg-migration-lint/PGM504', 'pgsafe/rename', 'safemigrate-lint/rename_table', 'drizzle-migration-lint/rename-table',
  ],
  docs: {
    why: 'Code that is running names the old table and fails from the moment of the rename until it is replaced; code that names the new one fails before it, and after a rollback. '
      + 'A view of the old name, created in the same transaction, keeps both working: a simple view can be read and written. Sequences, indexes and constraints keep their old names.',
    exceptions: 'Nothing is reported for a table created in the same pull request, when a view of the old name is created in the same transaction, '
      + 'or when another table takes the old name there (a swap).',
  },
  migration(context) {
    return context.steps.flatMap((step) => {
      const { operation } = step;
      if (operation.kind !== 'rename-table' || step.onNewTable || step.table?.isNew || staysReachable(operation, context) || replaces(operation, context) || isRenamedForRebuild(operation.table, operation.to, context)) return [];
      return [{ ...describe(operation, step, context), at: operation.at, statement: operation.statement, operation }];
    });
  },
});

function describe(operation: OperationOf<'rename-table'>, step: Step, context: RuleContext) {
  const models = modelNames(operation.table, context);
  const code = tableEvidence(operation.table, context);
  if (inForce(context).some(({ operation: other }) => isTogether(other, operation) && other.kind === 'create-table' && sameName(other.table, operation.table))) {
    return {
      message: `Renaming ${quoted(operation.table)} to ${quoted(operation.to)} and creating it anew hides its rows from the code that is running.`,
      why: `${models ? `${models} and any other code` : 'Code'} that uses ${quoted(operation.table)} meets the new table from the moment of the commit: without the old rows, and with other columns than the running processes know.`,
      remedy: advise(`Create the new table under a name of its own, fill it, move the code over to it, and drop ${quoted(operation.table)} when no code uses it.`),
    };
  }
  return {
    message: `Renaming ${quoted(operation.table)} to ${quoted(operation.to)} breaks the code that is running.`,
    why: `${models ? `${models} and any other code` : 'Code'} that uses ${quoted(operation.table)} fails from the moment of the rename until its processes are replaced, and again after a rollback; code that expects ${quoted(operation.to)} fails before it.${code ? ` ${code.sentence}` : ''}`,
    related: code?.related ?? [],
    remedy: renameTableWithView(operation, context),
  };
}

/** True when a view, or another table in a swap, takes the old name in the same transaction. */
function staysReachable(rename: OperationOf<'rename-table'>, context: RuleContext): boolean {
  return inForce(context).some(({ operation }) => isTogether(operation, rename)
    && ((operation.kind === 'create-view' && sameName(operation.view, rename.table)) || (operation.kind === 'rename-table' && sameName(operation.to, rename.table))));
}

/** True when nobody can see one without the other: in one transaction, or in one statement (MySQL's RENAME TABLE of several tables). */
function isTogether(one: Operation, other: Operation): boolean {
  return one.transaction === other.transaction && (one.transaction !== null || (one.statement.start === other.statement.start && one.statement.end === other.statement.end));
}

/** True when the table takes the name that another one gave up in the same transaction: the second half of a swap. */
function replaces(rename: OperationOf<'rename-table'>, context: RuleContext): boolean {
  return inForce(context).some(({ operation }) => isTogether(operation, rename)
    && operation.kind === 'rename-table' && sameName(operation.table, rename.to));
}
