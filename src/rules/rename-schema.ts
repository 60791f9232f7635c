import type { Finding } from './rule.ts';
import { defineRule } from './rule.ts';
import { advise } from '../remedies/index.ts';
import { inForce } from './shared/history.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'rename-schema',
  summary: 'A schema is renamed, or a table moved to another one, while code that uses the old name is running.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['strong_migrations/rename_schema', 'online_migrations/rename_schema', 'pgfence/rename-schema', 'migrationpilot/MP098'],
  docs: {
    why: 'Every query that names the schema, and every `search_path` that lists it, stops finding its tables from the moment of the rename until the code and the settings are replaced. '
      + 'A table that is moved to another schema is gone for everybody whose `search_path` does not list that one.',
    exceptions: 'A schema or table created in the same pull request. A move into a schema that is on every `search_path`. MySQL and MariaDB have no statement that renames a database, and a table that is moved to another one with RENAME TABLE is reported by `rename-table`; SQLite has no schemas.',
  },
  check: {
    'rename-schema'({ schema, to }, context): Finding | undefined {
      if (inForce(context).some(({ operation }) => operation.kind === 'create-schema' && operation.schema === schema)) return undefined;
      return {
        message: `Renaming the schema ${quoted(schema)} to ${quoted(to)} breaks the code that is running.`,
        why: `Code and "search_path" settings that name ${quoted(schema)} no longer find any of its tables until they are replaced; those that name ${quoted(to)} find nothing before.`,
        remedy: advise(`Create ${quoted(to)}, put views of the tables of ${quoted(schema)} into it and move the code over; then move the tables and drop ${quoted(schema)} in a later deploy.`),
      };
    },
    'set-table-schema'({ table, schema }, { onNewTable }): Finding | undefined {
      if (onNewTable) return undefined;
      return {
        message: `Moving ${quoted(table)} to the schema ${quoted(schema)} breaks code that finds it under its old name.`,
        why: `Sessions whose "search_path" does not list ${quoted(schema)}, and queries that name the old schema, no longer find the table until they are replaced.`,
        remedy: advise(`Create a view ${quoted(table)} at the old place in the same transaction, move the code over, and drop the view in a later deploy.`),
      };
    },
  },
});
