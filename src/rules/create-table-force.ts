import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

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
  check: {
    'create-table': (operation, context) => {
      if (operation.force === false || operation.guards.some(({ kind }) => kind === 'not-exists')) return undefined;
      const known = context.schema.table(operation.table) !== undefined;
      return {
        message: `Creating ${quoted(operation.table)} with "force" drops the table first when it exists.`,
        why: `${known ? 'The schema has this table: all' : 'If a database has this table already, all'} of its rows are lost without a question${operation.force === 'cascade' ? ', and foreign keys and views that depend on it go with it' : ''}.`,
        remedy: advise(known ? `Drop ${quoted(operation.table)} in a statement of its own if that is meant, so that the review sees it, and remove "force".` : 'Remove "force".'),
      };
    },
  },
});
