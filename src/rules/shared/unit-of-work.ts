import type { Engine, Migration, Operation } from '../../operations/index.ts';
import { isDataChange, isMysql, isSchemaChange, sameName, tableOf } from '../../operations/index.ts';
import type { Step } from '../rule.ts';
import { isOnlineLibraryCall } from './library-call.ts';
import { countBefore } from '../../source/search.ts';

/**
 * The steps that change anything, in groups that are kept or undone together: those of one transaction, and those of one text of SQL.
 * MySQL commits at every schema statement, so only the parts of one ALTER TABLE stay together there, however it is written.
 */
export function unitsOf(steps: readonly Step[], engine: Engine): Step[][] {
  const units: Step[][] = [];
  for (const step of steps) {
    const { operation } = step;
    if (!isSchemaChange(operation) && !isDataChange(operation) && operation.kind !== 'opaque') continue;
    const unit = units.at(-1);
    if (unit && belongs(operation, unit.map((one) => one.operation), engine)) unit.push(step);
    else units.push([step]);
  }
  return units;
}

/** The stretch of its file that the tool records together with an operation: a number that two operations share exactly when they fail and are run again together. */
export function recordOf({ statement }: Operation, { records }: Pick<Migration, 'records'>): number {
  // The last one that begins before the statement; they stand in order.
  return countBefore(records?.length ?? 0, (at) => (records?.[at]?.start ?? 0) <= statement.start);
}

function belongs(operation: Operation, unit: readonly Operation[], engine: Engine): boolean {
  const previous = unit.at(-1);
  if (!previous) return false;
  if (!isMysql(engine) && operation.transaction !== null) return previous.transaction === operation.transaction;
  if (previous.transaction !== operation.transaction) return false;
  if (isOnlineLibraryCall(operation) && sameRun(operation, previous)) return true;
  if (operation.combined && previous.combined && sameRun(operation, previous)) return isMysql(engine) || operation.kind !== 'create-index';
  if (!sameText(operation, previous)) return false;
  return !isMysql(engine) || sameTable(operation, previous);
}

/** True when both stand in one text of SQL that is sent as a whole, in the same run of it: Postgres makes that one transaction. */
function sameText(a: Operation, b: Operation): boolean {
  return a.language === 'sql' && b.language === 'sql' && sameRun(a, b);
}

/** True when both stand in the same statement, in the same pass of a loop or helper. */
function sameRun(a: Operation, b: Operation): boolean {
  if (a.statement.start !== b.statement.start || a.statement.end !== b.statement.end) return false;
  return a.via.length === b.via.length && a.via.every((place, at) => place.path === b.via[at]?.path && place.start === b.via[at]?.start);
}

function sameTable(a: Operation, b: Operation): boolean {
  const [one, other] = [tableOf(a), tableOf(b)];
  return one !== null && other !== null && sameName(one, other);
}
