import { isMysql } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';
import { failsWhenRepeated } from './rerun.ts';

/** True when a step may well fail after others went through. On MySQL only what can fail on rows or takes long: a constant-time change after another is everyday there. */
export function mayFail({ operation, effect, table, onNewTable }: Step, context: RuleContext): boolean {
  if (onNewTable || (table?.isNew && !table.written)) return false;
  if (operation.kind === 'opaque') return true;
  if (operation.kind === 'insert-rows' && !operation.fromQuery && operation.rows !== null) return false;
  if (isMysql(context.engine)) return effect.assumes.length > 0 || effect.cost !== 'constant';
  return failsWhenRepeated(operation) || effect.assumes.length > 0 || effect.cost !== 'constant';
}
