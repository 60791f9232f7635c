import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'create-table-force',
  summary: 'A table is created with an option that drops an existing table of that name first.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: ['strong_migrations/create_table', 'online_migrations/create_table', 'rubocop-migration/CreateTableForce', 'pg_ha_migrations/create_table'],
  docs: {
    why: '`force: true` and `force: :cascade` drop the table with all its rows when it exists, `:cascade` also the foreign keys and views that depend on it. The option belongs to schema.rb, from which it is often copied.',
    exceptions: 'Not reported in schema dumps and when the migration makes sure that there is no such table.',
  },
  migration(context) {
    const forced = context.steps.filter(({ operation }) => operation.kind === 'create-table' && operation.force !== false && !operation.guards.some(({ kind }) => kind === 'not-exists'));
    const [first] = forced;
    // A squashed history is a copy of schema.rb with hundreds of them: said once, at the first.
    return forced.length > 3 && first ? describe(first, forced.slice(1), context) : forced.map((step) => describe(step, [], context));
  },
});

function describe({ operation, table: known }: Step, more: readonly Step[], context: RuleContext): Finding {
  const table = quoted(operation.kind === 'create-table' ? operation.table : '');
  const cascades = operation.kind === 'create-table' && operation.force === 'cascade';
  const others = more.length > 0 ? `, and so do ${more.length} more tables of this migration` : '';
  return {
    operation,
    message: `Creating ${table} with "force" drops the table first when it exists${others}.`,
    why: `${known ? 'The schema has this table: all' : 'If a database has this table already, all'} of its rows are lost without a question${cascades ? ', and foreign keys and views that depend on it go with it' : ''}.`,
    remedy: advise(known ? `Drop ${table} in a statement of its own if that is meant, so that the review sees it, and remove "force".` : 'Remove "force".'),
    related: more.slice(0, 5).map((step) => relatedTo(step.operation, 'the same', context)),
  };
}
