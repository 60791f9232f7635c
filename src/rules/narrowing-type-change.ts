import { typeChange } from '../engines/type-change.ts';
import { isMysql, printType } from '../operations/index.ts';
import type { OperationOf } from '../operations/index.ts';
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
      + 'decimals are rounded, a cast to varchar(n) in USING cuts the text, a timestamp becomes a date, and MySQL without strict mode cuts whatever is too long.',
    exceptions: 'Not reported on new tables and columns, when the old type is not known, and when the migration shortens the values and changes them knowingly before.',
  },
  check: {
    'alter-column-type': (operation, context) => {
      const { table, column, type } = operation;
      const from = context.table?.columns.get(column)?.type;
      if (!from || type.dynamic || context.table?.newColumns.has(column) || !mayHoldRows(context, now(context)) || rowFixBefore(table, [column], now(context))) return undefined;
      const { narrows } = typeChange(from, type, context.engine);
      if (narrows === null || convertsWhole(operation.using)) return undefined;
      return {
        message: `Changing ${quotedColumn(table, column)} from ${printType(from)} to ${printType(type)} narrows it: ${narrows.trim().replace(/\.$/, '')}.`,
        why: `${engineWord(context)} stops at the first value that does not fit, or changes values without an error${isMysql(context.engine) ? ' when strict mode is off' : ' where the conversion rounds or cuts'}. ${aftermathSentence(operation, context.steps.length > 0, context)}`,
        remedy: afterRepair(operation, narrows, context),
      };
    },
  },
});

/** The conversion is a function that gives a document of anything: no value is refused or cut. */
function convertsWhole(using: string | null): boolean {
  return /^\s*(?:array_)?(?:to_jsonb?|array_to_json|jsonb?_build_\w+|row_to_json)\s*\(/i.test(using ?? '');
}

/** Another way to run the change does not make the values fit: they come first. */
function afterRepair(operation: OperationOf<'alter-column-type'>, narrows: string, context: StepContext): Remedy {
  const rest = changeTypeInSteps(operation, context);
  return { ...rest, advice: `Look for such values of ${quoted(operation.column)} before the deployment and repair them, or keep the wider type${/round|cut/.test(narrows) ? ' if they matter' : ''}. ${rest.advice}` };
}
