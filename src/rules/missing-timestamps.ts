import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

/** Tables that Rails and its libraries create and fill themselves. */
const libraries = /^(?:active_storage|action_text|action_mailbox|solid_(?:queue|cache|cable)|schema_migrations|ar_internal_metadata)/;

export default defineRule({
  id: 'missing-timestamps',
  summary: 'A new table of a Rails application has neither created_at nor updated_at.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['rubocop-rails/CreateTableWithTimestamps'],
  docs: {
    why: 'Active Record fills `created_at` and `updated_at` when they are there. They tell when a row came and last changed when something has gone wrong, and cache keys, ETags, incremental exports and "newest first" go by them. Added later they can only hold the time of the migration.',
    exceptions: 'Tables without a key of their own (`id: false`, join tables), partitions, tables of Active Storage and the like, and tables whose rows never change and have a time of another name. One of the two columns is enough. Only tables made with `create_table` in Rails migrations are looked at, at the end of the migration.',
  },
  migration: (context) => context.migration.framework !== 'rails' ? undefined : context.steps.flatMap(({ operation }) => {
    if (operation.kind !== 'create-table' || operation.verb !== 'create_table' || operation.temporary || operation.partitionOf || libraries.test(operation.table.name)) return [];
    const table = context.schema.table(operation.table);
    if (!table || table.primaryKey.length !== 1 || table.columns.has('created_at') || table.columns.has('updated_at')) return [];
    return [{
      operation,
      message: `The new table ${quoted(operation.table)} has no timestamps.`,
      why: 'When its rows came and last changed is not known to anybody, and cannot be found out later.',
      remedy: advise('Add `t.timestamps`.'),
    }];
  }),
});
