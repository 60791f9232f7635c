import type { ColumnDefinition } from '../operations/index.ts';
import { restateAttributes } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'change-column-drops-attributes',
  summary: 'A column is defined anew without repeating attributes that it has, and loses them.',
  hazard: 'loses-data',
  severity: 'error',
  engines: ['mysql', 'mariadb'],
  replaces: [],
  docs: {
    why: 'MODIFY and CHANGE COLUMN replace the whole definition on MySQL and MariaDB: what is not repeated is gone, without a warning. A lost default or NOT NULL breaks inserts or lets NULL in, a lost AUTO_INCREMENT stops all inserts, '
      + 'and a lost collation changes which values count as equal. Rails\' `change_column` repeats most of it itself, but not the collation before `Migration[7.1]`.',
    exceptions: 'Accept it when dropping the attribute is what is meant, and say so.',
  },
  check: {
    'alter-column-type': (operation, context) => {
      const before = context.table?.columns.get(operation.column);
      if (!before || !operation.restated) return undefined;
      const lost = lostAttributes(before, operation.restated, new Set(operation.keeps), [...(context.table?.columns.values() ?? [])], context.table?.primaryKey.includes(before.name) === true);
      if (lost.length === 0) return undefined;
      return {
        message: `Redefining ${quotedColumn(operation.table, operation.column)} drops its ${new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(lost)}.`,
        why: `${engineWord(context)} replaces the whole definition of the column, and ${quoted(operation.verb)} does not repeat everything it has today.`,
        remedy: restateAttributes(operation, lost, context),
      };
    },
  },
});

/** What the old definition says and the new one does not, one noun each; `kept` is what the framework repeats by itself. */
function lostAttributes(before: ColumnDefinition, after: ColumnDefinition, kept: ReadonlySet<string>, columns: readonly ColumnDefinition[], inKey: boolean): string[] {
  // A collation that all texts of the table share is most likely the table's own, which the new definition gets anyway.
  const others = columns.filter((column) => column.name !== before.name && isText(column));
  const ownCollation = before.collation !== undefined && (others.length === 0 || others.some((column) => column.collation !== before.collation));
  const lost: [boolean, string][] = [
    [hasDefault(before) && after.default.kind === 'none' && !kept.has('default') && !(kept.has('constant-default') && before.default.kind === 'constant'), 'default'],
    [!before.nullable && after.nullable && !after.writtenNull && !before.primaryKey && !inKey && !kept.has('not-null'), 'NOT NULL'],
    [before.autoIncrement === true && !after.autoIncrement && !kept.has('auto-increment'), 'AUTO_INCREMENT'],
    [Boolean(before.comment) && after.comment === undefined && !kept.has('comment'), 'comment'],
    [ownCollation && isText(after) && after.collation === undefined && !kept.has('collation'), 'collation'],
    [before.generated !== undefined && !after.generated, 'generation expression'],
  ];
  return lost.flatMap(([isLost, what]) => (isLost ? [what] : []));
}

function hasDefault({ default: value }: ColumnDefinition): boolean {
  return value.kind !== 'none' && !(value.kind === 'constant' && value.value === null);
}

function isText({ type }: ColumnDefinition): boolean {
  return /char|text|enum|set/.test(type.name);
}
