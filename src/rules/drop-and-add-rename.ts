import type { OperationOf } from '../operations/index.ts';
import { operation as placed } from '../operations/index.ts';
import { carryValuesOver, changeTypeInSteps, renameColumnInThreeDeployments } from '../remedies/index.ts';
import type { Remedy } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { defaultText } from './shared/default-text.ts';
import type { LostRename } from './shared/lost-rename.ts';
import { lostRename } from './shared/lost-rename.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { isFromSchemafile } from './shared/schemafile.ts';

export default defineRule({
  id: 'drop-and-add-rename',
  summary: 'A column is dropped and a similar one is added in the same migration: a rename, or a change of type, that loses the values.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Generators that compare two models cannot tell a rename from a removal and an addition. Prisma writes `DROP COLUMN a, ADD COLUMN b` for a renamed field, and for a type it cannot convert; '
      + 'Drizzle when its question is answered with "create"; TypeORM for a changed type or length and for every rename but the simplest; MikroORM for two renames at once. '
      + 'The new column starts empty, or with its default in every row, and the old values are gone with the commit.',
    exceptions: 'Nothing is reported when a statement copies the values before the drop, for computed columns, tables without rows, columns of the same change set, and columns that every model ignores already. '
      + 'Alike are columns of one kind of type with similar names (error). Similar names of different types, and the only two columns of a table that change when they have exactly the same type, are a warning; flags and ids with unlike names are not.',
  },
  check: {
    'drop-column'(operation, context) {
      const rename = isFromSchemafile(context) ? null : lostRename(operation, context);
      return rename ? finding(rename, context) : undefined;
    },
  },
});

function finding(rename: LostRename, context: StepContext): Finding {
  const { drop, add, kind } = rename;
  const [from, to] = [quotedColumn(drop.table, drop.column), quoted(add.column.name)];
  const filled = add.column.default.kind === 'none' ? 'NULL' : defaultText(add.column.default);
  const code = kind === 'perhaps' ? '' : ` Code that is running keeps naming ${quoted(drop.column)}, and fails until it is replaced.`;
  return {
    message: {
      recreated: `${from} is dropped and added again: its values are lost.`,
      renamed: `${from} is dropped and ${to} is added: a rename that loses the values.`,
      perhaps: `${from} is dropped and ${to} is added: if the one takes the place of the other, the values are lost.`,
    }[kind],
    why: `No statement copies the values before the drop, and every row starts with ${filled} in ${to}.${kind === 'recreated' ? '' : code} No rollback brings them back.`,
    remedy: remedyFor(rename, context),
    related: [relatedTo(add, `adds ${to}`, context)],
    ...(kind === 'perhaps' || !drop.certain ? { severity: 'warn' as const } : {}),
  };
}

function remedyFor({ drop, add, kind, sameType }: LostRename, context: StepContext): Remedy {
  const { table, column } = drop;
  const alter: OperationOf<'alter-column-type'> = placed({ kind: 'alter-column-type', table, column, type: add.column.type, collation: null, using: null, restated: null }, drop);
  const rename: OperationOf<'rename-column'> = placed({ kind: 'rename-column', table, column, to: add.column.name }, drop);
  const remedy = kind === 'recreated' ? (sameType ? null : changeTypeInSteps(alter, context)) : kind === 'renamed' ? renameColumnInThreeDeployments(rename, context) : null;
  return carryValuesOver(drop, add, remedy, context);
}
