import type { OperationOf } from '../operations/index.ts';
import { dropColumnAfterIgnoring } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { parentLocks } from './shared/locked-tables.ts';
import { lostRename } from './shared/lost-rename.ts';
import { columnEvidence } from './shared/code-uses.ts';
import { everyModelIgnores, ignores, knowsApplication, modelsOf, namesOf, runningModels } from './shared/models-of.ts';
import { joined, listed, quoted, quotedColumn } from './shared/names.ts';
import { isLeftOver, isReplaced } from './shared/replaced-column.ts';

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
      + 'Other code fails wherever it names the column. The values are gone at once, and so are the indexes, foreign keys and unique constraints that contain the column.\n\n'
      + 'First let the code ignore the column (`self.ignored_columns += ["name"]`) and deploy that; drop it in the next deploy.',
    exceptions: 'Nothing is reported when another column takes the name in the same transaction, when every model of the table ignores the column already on the base branch, when the column was added in the same pull request, or when the drop is half of a rename (`drop-and-add-rename`). '
      + 'When the application is known, has no model of the table and names the column nowhere, the finding is a warning. Accept the finding for tables that no code uses any more.',
  },
  check: { 'drop-column': judge },
});

function judge(operation: OperationOf<'drop-column'>, context: StepContext) {
  const { table, column } = operation;
  if (context.onNewTable || context.table?.newColumns.has(column) || everyModelIgnores(table, column, context)
    || isReplaced(operation, context) || isLeftOver(operation, context) || isToldAsRename(operation, context)) return undefined;
  const lost = context.effect.loses;
  const parents = parentLocks(context, context).map((lock) => lock.table);
  const code = columnEvidence(table, column, context);
  const isUnused = code !== null && code.here + code.running === 0 && knowsApplication(context) && runningModels(table, context).length === 0;
  return {
    message: `Dropping ${quotedColumn(table, column)} ${isUnused ? 'deletes its values for good' : 'breaks code that still uses it'}.`,
    why: `${whoUses(operation, context)}${code && !isUnused ? ` ${code.sentence}` : ''} The values are lost at once${lost.length ? `, and so ${lost.length === 1 ? 'is' : 'are'} ${joined(lost)}` : ''}.${parents.length ? ` The drop locks ${listed(parents)}, too.` : ''}`,
    remedy: dropColumnAfterIgnoring(operation, context),
    related: code?.related ?? [],
    ...(isUnused ? { severity: 'warn' as const } : {}),
  };
}

function whoUses({ table, column }: OperationOf<'drop-column'>, context: StepContext): string {
  const running = runningModels(table, context);
  const using = running.filter((model) => !ignores(model, column));
  const here = modelsOf(table, context);
  if (running.length === 0 && knowsApplication(context)) return `No model of the application has this table, but plain SQL, a join table or another application may name ${quoted(column)}.`;
  if (using.length === 0) return `Processes that are running keep naming ${quoted(column)} in their queries, and fail until they are replaced.`;
  const names = namesOf(using);
  if (here.length > 0 && here.every((model) => ignores(model, column))) {
    return `Only this pull request lets ${names} ignore ${quoted(column)}: processes that are running were started from the code before it, keep naming the column in their writes, and fail until they are replaced. It takes two deployments: the code first, this migration in the next one.`;
  }
  const one = new Set(using.map(({ className }) => className)).size === 1;
  return `${one ? 'The model' : 'The models'} ${names} ${one ? 'does' : 'do'} not ignore ${quoted(column)}: processes that are running keep naming it in their writes, and fail until they are replaced.`;
}

/** True when the drop is half of a rename that loses the values, and told as that. */
function isToldAsRename(operation: OperationOf<'drop-column'>, context: StepContext): boolean {
  const rename = lostRename(operation, context);
  return rename !== null && rename.kind !== 'perhaps';
}
