import type { Engine } from '../../operations/index.ts';
import { isDataChange, isMysql, isSchemaChange } from '../../operations/index.ts';
import type { Step } from '../rule.ts';

/**
 * The steps that change anything, in groups that are kept or undone together: those of one transaction, and the parts of one statement.
 * MySQL commits at every schema statement, so only the parts of one statement stay together there.
 */
export function unitsOf(steps: readonly Step[], engine: Engine): Step[][] {
  const units: Step[][] = [];
  for (const step of steps) {
    const { operation } = step;
    if (!isSchemaChange(operation) && !isDataChange(operation) && operation.kind !== 'opaque') continue;
    const unit = units.at(-1);
    if (unit && belongs(step, unit, engine)) unit.push(step);
    else units.push([step]);
  }
  return units;
}

function belongs({ operation }: Step, unit: readonly Step[], engine: Engine): boolean {
  const previous = unit.at(-1)?.operation;
  if (!previous) return false;
  if (operation.transaction !== null && !isMysql(engine)) return previous.transaction === operation.transaction;
  if (previous.transaction !== operation.transaction || operation.language !== 'sql') return false;
  return previous.statement.start === operation.statement.start && previous.statement.end === operation.statement.end && !unit.some((step) => step.operation.at.start === operation.at.start && step.operation.at.end === operation.at.end);
}
