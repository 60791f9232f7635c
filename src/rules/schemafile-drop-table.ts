import { dropDefinedTable } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';
import { isFromSchemafile, newNameOf, tableNamed } from './shared/schemafile.ts';
import { tableUsers } from './shared/still-used.ts';

export default defineRule({
  id: 'schemafile-drop-table',
  summary: 'A table\'s definition disappears from the Schemafile: Ridgepole drops the table, or leaves it behind.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Where Ridgepole is run with `--drop-table`, and before release 1.0 wherever it is not run with `--skip-drop-table`, a table without a definition is dropped with its rows, its foreign keys first, and running code that uses it fails from then on. '
      + 'Everywhere else nothing happens to it: the table lives on, unseen by the Schemafile, with its rows, its foreign keys and its NOT NULL columns, until somebody exports the schema and it comes back.',
    exceptions: 'Tables that move to another file are not reported, nor those that are renamed with `renamed_from`. A table that stays is a warning. '
      + 'How Ridgepole is run is read from rake tasks, scripts and workflows, or from `ridgepole:` in the configuration. Allow one drop with `--allow drop-table:NAME`, or with a comment above the definition that now stands where the table\'s was.',
  },
  check: {
    'drop-table'(operation, context) {
      if (!isFromSchemafile(context) || newNameOf(context.table, context.migration)) return undefined;
      const { table } = operation;
      const users = tableUsers(table, context);
      return {
        message: `The definition of ${quoted(table)} is gone, so Ridgepole drops the table.`,
        why: `${users.sentence} Its rows are lost at once and no rollback brings them back.`,
        remedy: dropDefinedTable(table, context, null),
        related: users.related,
        ...(users.isUnused ? { severity: 'warn' as const } : {}),
      };
    },
  },
  problem: {
    'schemafile-kept-table'(problem, context) {
      const table = tableNamed(problem.table);
      if (newNameOf(context.schema.table(table), context.migration)) return undefined;
      const how = problem.runFrom === null ? 'Ridgepole keeps tables without a definition unless it is run with "--drop-table", and no call of it was found here' : `Ridgepole is run without "--drop-table" (${problem.runFrom})`;
      return {
        message: `The definition of ${quoted(table)} is gone, and the table stays.`,
        why: `${how}: the table lives on with its rows and its foreign keys, and nothing tells that the Schemafile and the database differ. Where "--drop-table" is given, its rows are lost at once.`,
        remedy: dropDefinedTable(table, context, 'release'),
        severity: 'warn',
      };
    },
  },
});
