import { dropDefinedColumn } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { lostRename } from './shared/lost-rename.ts';
import { everyModelIgnores } from './shared/models-of.ts';
import { joined, quotedColumn } from './shared/names.ts';
import { isFromSchemafile } from './shared/schemafile.ts';
import { columnUsers } from './shared/still-used.ts';

export default defineRule({
  id: 'schemafile-drop-column',
  summary: 'A column\'s line disappears from the Schemafile: Ridgepole drops the column, whatever options it is run with.',
  hazard: 'breaks-code',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: '`--drop-table` guards tables only. A column without a line is removed by every `--apply` (not by `--merge`), with its values, its indexes and its foreign key. '
      + 'Active Record reads the columns of a table once, at boot, and names them in its INSERT and UPDATE statements: processes that started before the drop fail on every write until they are replaced. '
      + 'MySQL takes the column out of every index that has others besides: a unique index of two columns becomes one of one column, and the drop fails on the duplicates that then are.\n\n'
      + 'Let the code ignore the column first (`self.ignored_columns += ["name"]`), with its line still in the Schemafile, and deploy that; take the line out in the next deploy.',
    exceptions: 'Nothing is reported when every model of the table ignores the column already, or when the drop is half of a rename (`schemafile-rename`). Allow one drop with `--allow drop-column:TABLE.COLUMN`, or with a comment above the table\'s definition.',
  },
  check: {
    'drop-column'(operation, context) {
      const { table, column } = operation;
      if (!isFromSchemafile(context) || context.onNewTable || everyModelIgnores(table, column, context) || lostRename(operation, context)) return undefined;
      const users = columnUsers(table, column, context);
      const lost = context.effect.loses;
      return {
        message: `The line of ${quotedColumn(table, column)} is gone, so Ridgepole drops the column.`,
        why: `${users.sentence} The values are lost at once${lost.length > 0 ? `, and so ${lost.length === 1 ? 'is' : 'are'} ${joined(lost)}` : ''}.`,
        remedy: dropDefinedColumn(operation, context),
        related: users.related,
        ...(users.isUnused ? { severity: 'warn' as const } : {}),
      };
    },
  },
});
