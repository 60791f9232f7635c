import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext } from './rule.ts';
import { isSearchable } from './shared/index-cover.ts';
import type { MadeForeignKey } from './shared/made-foreign-keys.ts';
import { madeForeignKeys } from './shared/made-foreign-keys.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'foreign-key-without-index',
  summary: 'A foreign key has no index on its columns, so that every delete of a referenced row reads the whole table.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'sqlite'],
  replaces: ['eugene/E15', 'pgfence/fk-missing-index', 'migrationpilot/MP016', 'pg-migration-lint/PGM501', 'pgsafe/fk-without-covering-index', 'gitlab/AddReference'],
  docs: {
    why: 'Postgres makes no index for a foreign key. When a referenced row is deleted, or its key changes, the server looks for rows that refer to it; without an index it reads the whole referencing table for each deleted row, with the row locked meanwhile. '
      + 'Joins and searches from the parent\'s side are slow for the same reason. MySQL and MariaDB make the index themselves.\n\n'
      + 'Judged at the end of the migration: an index, unique constraint or primary key that begins with the columns in any order counts, as does a partial index over the rows in which the column is set.',
    exceptions: 'Parents whose rows are never deleted, and small tables (list them in the configuration). Tables of which not all is known are not reported. An index that a later migration of the same change set builds comes too late for this rule: build it first.',
  },
  migration: (context) => context.steps.flatMap(({ operation }) => madeForeignKeys(operation).flatMap((made) => judge(made, context).map((finding) => ({ ...finding, operation })))),
});

function judge({ table: name, key }: MadeForeignKey, context: RuleContext): Finding[] {
  const table = context.schema.table(name);
  const isThere = table?.foreignKeys.some(({ columns }) => columns.join() === key.columns.join());
  if (!table?.complete || !isThere || context.tablePolicy(name) === 'small' || table.partitionOf !== null || isSearchable(key.columns, table)) return [];
  const columns = key.columns.length === 1 ? quotedColumn(name, key.columns[0] ?? '') : `${listed(key.columns)} of ${quoted(name)}`;
  return [{
    message: `The foreign key from ${columns} to ${quoted(key.references)} has no index.`,
    why: `Every delete of a row of ${quoted(key.references)}, and every change of its key, reads all of ${quoted(name)} to look for rows that refer to it.`,
    remedy: advise(`Build an index on ${listed(key.columns)}${table.isNew ? '' : ', concurrently, before the foreign key'}.`),
  }];
}
