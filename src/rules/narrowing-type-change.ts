import { typeChange } from '../engines/type-change.ts';
import { isMysql, printType } from '../operations/index.ts';
import type { ColumnType, OperationOf } from '../operations/index.ts';
import { changeTypeInSteps } from '../remedies/index.ts';
import type { Remedy } from '../remedies/remedy.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { aftermathSentence, engineWord } from './shared/aftermath.ts';
import { mayHoldRows } from './shared/existing-rows.ts';
import { now } from './shared/history.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { rowFixBefore } from './shared/row-fix.ts';

export default defineRule({
  id: 'narrowing-type-change',
  summary: 'A column gets a type that cannot hold every value it may hold today.',
  hazard: 'loses-data',
  severity: 'error',
  engines: 'all',
  replaces: ['migrationpilot/MP044', 'strong_migrations/change_column', 'prisma/data-loss-warning'],
  docs: {
    why: 'A shorter, smaller or coarser type either fails at the first value that does not fit (Postgres 22001, 22003; MySQL 1406, 1264 in strict mode) or changes the values without an error: '
      + 'decimals are rounded, a cast to varchar(n) in USING cuts the text, a timestamp becomes a date, and MySQL without strict mode cuts whatever is too long. An enum that takes the place of one with more labels refuses the rows that have one of those (22P02).',
    exceptions: 'Not reported on new tables and columns, when the old type is not known, and when the migration shortens the values and changes them knowingly before.',
  },
  check: {
    'alter-column-type': (operation, context) => {
      const { table, column, type } = operation;
      const from = context.table?.columns.get(column)?.type;
      if (!from || type.dynamic || context.table?.newColumns.has(column) || !mayHoldRows(context, now(context)) || rowFixBefore(table, [column], now(context))) return undefined;
      const lost = lostLabels(operation, from, context);
      const narrows = lost.length > 0 ? `rows with ${either(lost)} are refused` : typeChange(from, type, context.engine).narrows;
      if (narrows === null || convertsWhole(operation.using, type)) return undefined;
      return {
        message: `Changing ${quotedColumn(table, column)} from ${printType(from)} to ${printType(type)} narrows it: ${narrows.trim().replace(/\.$/, '')}.`,
        why: `${engineWord(context)} stops at the first value that does not fit${lost.length > 0 ? ' (error 22P02)' : `, or changes values without an error${isMysql(context.engine) ? ' when strict mode is off' : ' where the conversion rounds or cuts'}`}. ${aftermathSentence(operation, context.steps.length > 0, context)}`,
        remedy: afterRepair(operation, narrows, context),
      };
    },
  },
});

/** The labels of an enum that the one in its place lacks, but for those that the conversion speaks of (`CASE ... WHEN 'archived' THEN ...`). */
function lostLabels({ type, using }: OperationOf<'alter-column-type'>, from: ColumnType, { schema }: StepContext): string[] {
  const after = schema.enumValues(type.name);
  const before = from.array === type.array ? schema.enumValues(from.name) : undefined;
  return after && before ? before.filter((label) => !after.includes(label) && !using?.includes(`'${label}'`)) : [];
}

function either(labels: readonly string[]): string {
  const shown = labels.slice(0, 4).map(quoted);
  return labels.length > 4 ? `${shown.join(', ')} or one of ${labels.length - 4} other labels` : shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}` : (shown[0] ?? '');
}

/** The conversion gives a document of anything, a truth about the value, or what its author decides case by case: no value is refused or cut unseen. */
function convertsWhole(using: string | null, to: ColumnType): boolean {
  if (/^[\s(]*CASE\b/i.test(using ?? '')) return true;
  if (to.name === 'boolean' && /[=<>]|\b(?:IS|IN|LIKE|BETWEEN|EXISTS)\b/i.test(using ?? '')) return true;
  return /^\s*(?:array_)?(?:to_jsonb?|array_to_json|jsonb?_build_\w+|row_to_json)\s*\(/i.test(using ?? '');
}

/** Another way to run the change does not make the values fit: they come first. */
function afterRepair(operation: OperationOf<'alter-column-type'>, narrows: string, context: StepContext): Remedy {
  const rest = changeTypeInSteps(operation, context);
  return { ...rest, advice: `Look for such values of ${quoted(operation.column)} before the deployment and repair them, or keep the wider type${/round|cut/.test(narrows) ? ' if they matter' : ''}. ${rest.advice}` };
}
