import type { Operation, QualifiedName } from '../operations/index.ts';
import { printName, tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Schema } from '../schema/schema.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'unqualified-name',
  summary: 'A name stands without its schema in a database with several schemas, so the search path decides what is changed.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/require-table-schema', 'pgsafe/require-schema-qualified', 'bytebase/statement.create-specify-schema'],
  docs: {
    why: 'Without a schema Postgres takes the first one in `search_path` that has the table, and creates new objects in the first one there is. The path is set by role, database and connection, and connection poolers hand settings on, so the same file can change another table on another day.',
    exceptions: 'A database in which everything is in `public` has nothing to mistake, and is not reported unless the option `always` is true. Nothing is reported after a statement of the file that sets `search_path`. Temporary tables have no schema to name. A name is reported once a file.',
  },
  migration({ steps, schema, options }) {
    const found: Finding[] = [];
    const seen = new Set<string>();
    const several = options['always'] === true || hasSeveralSchemas(schema);
    for (const { operation } of several ? steps : []) {
      if (operation.kind === 'set-setting' && operation.name === 'search_path') break;
      const name = nameOf(operation);
      if (operation.kind === 'create-table' && operation.temporary) seen.add(operation.table.name);
      if (!name || name.schema !== null || name.dynamic || seen.has(name.name)) continue;
      seen.add(name.name);
      found.push({
        operation,
        message: `${quoted(name)} stands without its schema.`,
        why: 'The database has several schemas, and which of them is meant depends on "search_path" of the session that runs the migration.',
        remedy: advise(`Write the schema before the name, or set search_path at the top of the file.`),
      });
    }
    return found;
  },
});

function nameOf(operation: Operation): QualifiedName | null {
  switch (operation.kind) {
    case 'create-enum':
    case 'create-domain':
      return operation.type;
    case 'create-function':
      return operation.function;
    case 'create-sequence':
      return operation.sequence;
    case 'read-rows':
    case 'use-model':
    case 'reset-column-information':
      return null;
    default:
      return tableOf(operation);
  }
}

function hasSeveralSchemas(schema: Schema): boolean {
  const names = new Set<string>();
  for (const { name } of schema.tables()) {
    names.add(printName({ schema: name.schema === 'public' ? null : name.schema, name: '' }));
    if (names.size > 1) return true;
  }
  return false;
}
