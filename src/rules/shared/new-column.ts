import type { ColumnDefinition } from '../../operations/index.ts';
import { fillsRows, isMysql } from '../../operations/index.ts';
import type { StepContext } from '../rule.ts';
import { longLock } from './long-lock.ts';

/** Why adding a column takes time that grows with the table. */
export type SlowPart = 'generated' | 'default' | 'unique' | 'check' | 'foreign-key';

/**
 * The parts of a new column that make adding it slow on a table that matters, as far as the engine says that it is slow at all.
 * A rewrite covers the checks done in the same pass, so it stands alone.
 */
export function slowParts(column: ColumnDefinition, context: StepContext): readonly SlowPart[] {
  if (!longLock(context)) return [];
  if (context.effect.rewrites && isMysql(context.engine)) return copiedParts(column);
  if (context.effect.rewrites) return [valuedByItself(column, context) ? 'generated' : 'default'];
  const parts: SlowPart[] = [];
  if (column.unique) parts.push('unique');
  if (column.check?.validated) parts.push('check');
  if (column.references?.validated && fillsRows(column)) parts.push('foreign-key');
  return parts;
}

/** The parts that make MySQL or MariaDB copy the table; none when the reason lies in the table or the statement. */
function copiedParts(column: ColumnDefinition): readonly SlowPart[] {
  if (column.generated?.stored || column.autoIncrement) return ['generated'];
  if (column.default.kind === 'expression' && !/^\W*(?:current_timestamp|now|localtime)/i.test(column.default.sql)) return ['default'];
  return [...(column.references ? ['foreign-key' as const] : []), ...(column.check ? ['check' as const] : [])];
}

/** True when the column's kind makes every row get a stored value of its own, whatever its default. */
function valuedByItself(column: ColumnDefinition, context: StepContext): boolean {
  if (column.generated || column.identity || column.autoIncrement) return true;
  return /serial$/.test(column.type.name) || context.schema.domain(column.type.name)?.constrained === true || column.default.kind === 'none';
}
