import type { Operation, QualifiedName } from '../operations/index.ts';
import { tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Schema } from '../schema/schema.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { listed, quoted } from './shared/names.ts';

export default defineRule({
  id: 'unqualified-name',
  summary: 'A table of a name that other schemas have, too, is named without its schema, so the search path decides what is changed.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/require-table-schema', 'pgsafe/require-schema-qualified', 'bytebase/statement.create-specify-schema'],
  docs: {
    why: 'Without a schema Postgres takes the first one in `search_path` that has the table, and creates new objects in the first one there is. The path is set by role, database and connection, and connection poolers hand settings on, so the same file can change another table on another day.',
    exceptions: 'A name that only one table has, in `public`, cannot be mistaken and is not reported unless the option `always` is true; nor is the name of something new. Nothing is reported after a statement of the file that sets `search_path`. Temporary tables have no schema to name. A name is reported once a file.',
  },
  migration({ steps, schema, options }) {
    const found: Finding[] = [];
    const seen = new Set<string>();
    const always = options['always'] === true;
    const schemas = always ? null : schemasByName(schema);
    for (const { operation } of steps) {
      if (operation.kind === 'set-setting' && operation.name === 'search_path') break;
      const name = nameOf(operation);
      if (operation.kind === 'create-table' && operation.temporary) seen.add(operation.table.name);
      if (!name || name.schema !== null || name.dynamic || seen.has(name.name)) continue;
      seen.add(name.name);
      if (schemas && !isAmbiguous(name.name, schemas)) continue;
      found.push({
        operation,
        message: `${quoted(name)} stands without its schema.`,
        why: `Which schema is meant depends on "search_path" of the session that runs the migration${schemas ? `; the database has one of the name in ${listed([...(schemas.get(name.name) ?? [])].sort())}` : ''}.`,
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

/** The schemas in which the database has a table of each name. */
function schemasByName(schema: Schema): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { name } of schema.tables()) names.set(name.name, (names.get(name.name) ?? new Set()).add(name.schema ?? 'public'));
  return names;
}

/** True when the name alone may mean another table than the one in `public`: there are several of the name, or the only one is elsewhere. */
function isAmbiguous(name: string, schemas: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const known = schemas.get(name);
  return known !== undefined && (known.size > 1 || !known.has('public'));
}
