import type { OperationOf } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { modelInMigration } from '../remedies/index.ts';
import type { Finding, RuleContext } from './rule.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'app-model-in-migration',
  summary: 'The migration calls application code (a model, service, job or setting) that will change or disappear later.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['gitlab/MigrationRecord', 'gitlab/PreventFeatureFlagsUsage'],
  docs: {
    why: 'A migration runs for years: on every new machine, in CI, on staging. The application\'s class does not stay as it is: it is renamed or removed (NameError), gets a validation, '
      + 'default scope or callback that refers to a column which does not exist yet at this point, or sends mail for every row. Of 26 such failures that were looked at in public repositories, '
      + 'half were found more than six weeks after the merge, by people who set up a new database.',
    exceptions: 'Classes declared in the migration itself are fine; they need `self.table_name` and, for a table with a `type` column, `self.inheritance_column = nil`.',
  },
  migration(context) {
    const uses = new Map<string, OperationOf<'use-model'>[]>();
    for (const { operation } of context.steps) {
      if (operation.kind !== 'use-model' || operation.declared) continue;
      uses.set(operation.constant, [...(uses.get(operation.constant) ?? []), operation]);
    }
    return [...uses.values()].flatMap((all) => finding(all, context));
  },
});

/** Methods that reach no row and no code of the model: only its removal breaks them. */
const harmless = new Set(['connection', 'connection_pool', 'table_name', 'quoted_table_name', 'column_names', 'columns_hash', 'table_exists?', 'column_for_attribute', 'reset_column_information']);

function finding(uses: readonly OperationOf<'use-model'>[], context: RuleContext): Finding[] {
  const [first, ...others] = uses;
  if (!first) return [];
  const table = uses.find((use) => use.table && !use.table.dynamic)?.table ?? null;
  const elsewhere = others.filter((use) => use.at.start !== first.at.start);
  const what = table ? `model ${quoted(first.constant)}` : quoted(first.constant);
  const connectionOnly = uses.every(({ method }) => method !== null && harmless.has(method));
  return [{
    operation: first,
    ...(connectionOnly ? { severity: 'warn' as const } : {}),
    message: `The migration uses the application's ${what}.`,
    why: table
      ? `The class is loaded as it is on the day the migration runs, not as it is today: after a rename or removal it raises NameError, and a validation, callback or default scope added later runs against the table ${quoted(table)} as it was.`
      : 'The code is loaded as it is on the day the migration runs, not as it is today: after a rename, removal or change of its behaviour the migration fails or does something else.',
    remedy: modelInMigration(first.constant, table && printName(table), context),
    related: elsewhere.slice(0, 10).map((use) => relatedTo(use, `uses ${quoted(use.constant)} again`, context)),
  }];
}
