import type { ProblemOf } from '../operations/index.ts';
import { advise, renameDefinedColumn } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { defaultText } from './shared/default-text.ts';
import { lostRename } from './shared/lost-rename.ts';
import { joined, quoted, quotedColumn } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { isFromSchemafile, newNameOf, tableNamed } from './shared/schemafile.ts';

export default defineRule({
  id: 'schemafile-rename',
  summary: 'A name changes in the Schemafile without "renamed_from", which loses what it held; or "renamed_from" does not do what it says.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Ridgepole compares names. A column or table whose name is edited in place is a removed one and a new one: the values are gone with the apply. `renamed_from: "old"` says that it is the same one.\n\n'
      + 'It holds for one apply, and only where the old name is in the database: Ridgepole stops with "Column `old` not found" before it does anything where it is not, which is what a second rename does to a database that the first one has not reached. '
      + 'Of a table that is renamed, nothing else changes in the same apply; of a column, neither its type nor NULL nor its default. These edits wait for the next one.',
    exceptions: 'Nothing is reported for a `renamed_from` that has done its work and stays, or is cleaned up, nor for names that are unlike. Names that are alike in part, and edits that wait for the next apply, are a warning. The rename itself breaks running code: `rename-column`, `rename-table`.',
  },
  check: {
    'drop-column'(operation, context) {
      const rename = isFromSchemafile(context) ? lostRename(operation, context) : null;
      if (!rename) return undefined;
      const { drop, add, kind } = rename;
      const [from, to] = [quotedColumn(drop.table, drop.column), quoted(add.column.name)];
      const filled = add.column.default.kind === 'none' ? 'NULL' : defaultText(add.column.default);
      const refused = !add.column.nullable && add.column.default.kind === 'none' ? ` Ridgepole adds ${to} first, and the server refuses a NOT NULL column without a default where there are rows.` : '';
      return {
        message: kind === 'perhaps' ? `${from} is dropped and ${to} is added: if the one takes the place of the other, the values are lost.` : `${from} is dropped and ${to} is added: a rename without "renamed_from" that loses the values.`,
        why: `Ridgepole compares names, so the new column starts with ${filled} in every row and the old one goes with its values.${context.engine.name === 'postgres' ? refused : ''} Code that is running keeps naming ${quoted(drop.column)}, and fails until it is replaced.`,
        remedy: renameDefinedColumn(drop, add, context),
        at: add.at,
        statement: add.statement,
        operation,
        related: [relatedTo(operation, `drops ${quoted(drop.column)}`, context)],
        ...(kind === 'perhaps' ? { severity: 'warn' as const } : {}),
      };
    },
    'drop-table'(operation, context) {
      const made = isFromSchemafile(context) ? newNameOf(context.table, context.migration) : null;
      if (!made) return undefined;
      return { ...lostTable(operation.table.name, made.table.name, 'is dropped with its rows'), at: made.at, statement: made.statement, operation };
    },
  },
  problem: {
    'schemafile-kept-table'(problem, context) {
      const made = newNameOf(context.schema.table(tableNamed(problem.table)), context.migration);
      return made ? { ...lostTable(problem.table, made.table.name, 'stays behind with its rows'), at: made.at, statement: made.statement } : undefined;
    },
    'schemafile-rename': (problem) => told(problem),
  },
});

function lostTable(from: string, to: string, what: string): Finding {
  return {
    message: `The table ${quoted(from)} is defined no more and ${quoted(to)} has its columns: a rename without "renamed_from".`,
    why: `Ridgepole compares names: ${quoted(to)} is created empty, and ${quoted(from)} ${what}.`,
    remedy: advise(`Write "create_table ${quoted(to)}, renamed_from: ${quoted(from)}" with nothing else changed, and take "renamed_from" out in a later deployment. While code with the old name runs, keep the table and give the model the new name instead ("self.table_name").`),
  };
}

function told(problem: ProblemOf<'schemafile-rename'>): Finding {
  const { table, column, from, to, reason, edits } = problem;
  const what = column === null ? `table ${quoted(to)}` : `column ${quotedColumn(table, to)}`;
  switch (reason) {
    case 'missing':
      return column === null ? {
        message: `The ${what} is to be renamed from ${quoted(from)}, which is not defined in what is merged.`,
        why: `Ridgepole prints a warning and creates ${quoted(to)} as a new, empty table.`,
        remedy: advise(`Name the table as it is merged in "renamed_from", or take it out.`),
      } : {
        message: `The ${what} is to be renamed from ${quoted(from)}, which is not there.`,
        why: `Ridgepole stops with "Column \`${from}\` not found" before it changes anything, here and in every environment.`,
        remedy: advise(`Name the column as it is merged in "renamed_from", or take it out to add a new column.`),
      };
    case 'chained':
      return {
        message: `The ${what} is renamed from ${quoted(from)}, which is itself being renamed from ${quoted(edits[0] ?? '')}.`,
        why: `In a database that the first rename has not reached, ${quoted(from)} is not there, and Ridgepole stops with "Column \`${from}\` not found".`,
        remedy: advise(`Apply the first rename everywhere before this is merged. A database that was left out needs "renamed_from: ${quoted(edits[0] ?? '')}" once.`),
        severity: 'warn',
      };
    case 'kept':
      return {
        message: `The ${what} is renamed from ${quoted(from)}, which is still defined: its values move to ${quoted(to)}, and ${quoted(from)} starts empty.`,
        why: `Ridgepole renames the column and, in the same apply, adds ${quoted(from)} anew: code that reads it meets NULL or its default in every row.`,
        remedy: advise(`Take the line of ${quoted(from)} out when it is a rename; take "renamed_from" out to have both columns.`),
      };
    case 'edited':
      return {
        message: `The ${what} is renamed and changed at once: only the rename happens.`,
        why: `Ridgepole leaves ${joined(edits)} to the next apply, which runs it without anybody looking; until then the database is not what the Schemafile says.`,
        remedy: advise(`Rename in one deployment, and change ${column === null ? 'the table' : 'the column'} in the next one.`),
        severity: 'warn',
      };
  }
}
