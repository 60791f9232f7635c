import type { ColumnDefinition, QualifiedName } from '../../operations/index.ts';
import type { Step } from '../rule.ts';
import type { Moment } from './history.ts';
import { historyOf, lastBefore } from './history.ts';
import { rowFixBefore } from './row-fix.ts';

/** A column that this migration or the change set adds, as the rows hold it: nothing has written it since. */
export function untouchedNewColumn(table: QualifiedName, column: string, step: Step, moment: Moment): ColumnDefinition | null {
  const at = lastBefore(historyOf(table, moment.steps).added.get(column), moment);
  const added = moment.steps[at]?.operation;
  const definition = added?.kind === 'add-column' ? added.column : step.table?.newColumns.has(column) ? step.table.columns.get(column) : undefined;
  if (!definition || rowFixBefore(table, [column], moment, at)) return null;
  return definition;
}

/** What rows that exist before a column is added hold in it: NULL, one value for all, or a value each. */
export function valueInOldRows(column: ColumnDefinition, zeroFilled: boolean): 'null' | 'same' | 'own' | 'unknown' {
  if (column.generated) return 'unknown';
  if (column.identity || column.autoIncrement || /serial$/.test(column.type.name)) return 'own';
  switch (column.default.kind) {
    case 'none':
      return column.nullable ? 'null' : zeroFilled ? 'same' : 'unknown';
    case 'constant':
      return column.default.value === null ? 'null' : 'same';
    case 'expression':
      return column.default.functions.some((name) => ownValue.test(name)) ? 'own' : 'unknown';
    case 'unknown':
      return 'unknown';
  }
}

const ownValue = /uuid|nextval|random|^rand$|ulid|nanoid|clock_timestamp/;
