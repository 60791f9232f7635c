import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext } from './rule.ts';
import { defaultText } from './shared/default-text.ts';
import { quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'column-default-change',
  summary: 'A default changes while running processes leave unchanged values out of their INSERT statements.',
  hazard: 'breaks-code',
  severity: 'warn',
  engines: 'all',
  replaces: ['strong_migrations/change_column_default', 'online_migrations/change_column_default'],
  docs: {
    why: 'With partial inserts, the default of Rails before 7.0, Active Record leaves every attribute that equals the default it knows out of the INSERT. '
      + 'Processes that started before the migration know the old default: when they save a record with that value, the database fills in the new one, and the row is silently wrong.',
    exceptions: 'Turn partial inserts off (`config.active_record.partial_inserts = false`), as Rails 7.0 and later do by default; then nothing is reported. Columns and tables added in the same pull request are exempt, and so are defaults that the database computes: no process knows their value.',
  },
  check: {
    'set-default'(operation, context) {
      if (context.migration.framework !== 'rails' || context.onNewTable || context.table?.newColumns.has(operation.column) || !insertsPartially(context)) return undefined;
      const old = operation.from ?? context.table?.columns.get(operation.column)?.default ?? null;
      if (old !== null && (old.kind === 'expression' || defaultText(old) === defaultText(operation.default))) return undefined;
      const column = quotedColumn(operation.table, operation.column);
      return {
        message: `Changing the default of ${column}${old ? ` from ${defaultText(old)}` : ''} to ${defaultText(operation.default)} gives wrong values to rows that running processes insert.`,
        why: 'Partial inserts are on: processes that started before the migration leave the column out of the INSERT when its value equals the old default, and the database fills in the new one.',
        remedy: advise('Set "config.active_record.partial_inserts = false" and deploy that first; then change the default.'),
      };
    },
  },
});

/** True when the application inserts changed attributes only: as configured, else as its Rails release does by default. */
function insertsPartially({ application }: RuleContext): boolean {
  if (application.partialInserts !== null) return application.partialInserts;
  return application.frameworkVersion !== null && Number.parseInt(application.frameworkVersion, 10) < 7;
}
