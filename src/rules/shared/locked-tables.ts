import type { Lock } from '../../engines/effect.ts';
import { isBlocking } from '../../engines/effect.ts';
import type { Operation, OperationKind } from '../../operations/index.ts';
import { sameName, tableOf } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';

/** Tables that one part of a transaction locks together and that cannot be locked apart: a statement's table, or one more parent. */
export interface LockUnit {
  readonly operation: Operation;
  readonly locks: readonly Lock[];
}

/** The blocking locks of a step on existing tables that other sessions may be using, one a table. */
export function blockingLocks(step: Step, context: RuleContext): Lock[] {
  return oneATable(step.takes.filter((lock) => matters(lock, context)));
}

/** True for a lock that makes others wait on a table that is not said to be small. A view has no traffic of its own. */
function matters(lock: Lock, context: RuleContext): boolean {
  return isBlocking(lock) && lock.role !== 'view' && context.tablePolicy(lock.table) !== 'small';
}

/** The locks without later ones on the same table. */
export function oneATable(locks: readonly Lock[]): Lock[] {
  return locks.filter((lock, at) => locks.findIndex((other) => sameName(other.table, lock.table)) === at);
}

/** The blocking locks for which the step has to wait: one that its transaction holds already, as strong or stronger, is there. */
export function awaitedLocks(step: Step, context: RuleContext): Lock[] {
  return blockingLocks(step, context).filter((lock) => !step.held.some((one) => sameName(one.table, lock.table) && (one.blocks.reads || !lock.blocks.reads) && one.blocks.writes));
}

/** The locks on other tables than the one the statement names: parents of its foreign keys, tables that refer to it. */
export function parentLocks(step: Step, context: RuleContext): Lock[] {
  return blockingLocks(step, context).filter((lock) => !isTarget(lock, step.operation) && lock.role !== 'partition');
}

/**
 * What the step's transaction holds together once the step has its locks, in order, as units. Index builds and removals are left out: done concurrently, as they should be,
 * they leave the transaction. So are the tables that are dropped: nobody uses them any more.
 */
export function lockUnits(step: Step, context: RuleContext): LockUnit[] {
  const units: { operation: Operation; locks: Lock[] }[] = [];
  for (const [operation, locks] of takers(step)) {
    const { kind } = operation;
    if (leftOut.has(kind)) continue;
    const felt = oneATable(locks.filter((lock) => matters(lock, context) && !(kind === 'drop-table' && (isTarget(lock, operation) || lock.role === 'partition'))));
    if (kind === 'drop-table' || kind === 'create-table') {
      units.push(...felt.map((lock) => ({ operation, locks: [lock] })));
      continue;
    }
    const last = units.at(-1);
    if (last && sameStatement(last.operation, operation)) last.locks.push(...felt);
    else if (felt.length > 0) units.push({ operation, locks: felt });
  }
  return units;
}

/** True for a step that adds to what its transaction locks together. */
export function addsUnit({ operation, effect, takes }: Step): boolean {
  return operation.transaction !== null && takes.length > 0 && effect.inTransaction !== 'commits' && !leftOut.has(operation.kind);
}

const leftOut: ReadonlySet<OperationKind> = new Set(['create-index', 'drop-index', 'lock-table', 'truncate']);

/** Who took what of all that is held, in order. */
function takers({ operation, held, takes }: Step): ReadonlyMap<Operation, readonly Lock[]> {
  const byTaker = new Map<Operation, Lock[]>();
  for (const lock of held) byTaker.set(lock.by, [...(byTaker.get(lock.by) ?? []), lock]);
  return byTaker.set(operation, [...takes]);
}

/** True for parts of one statement on one table: the column, index and foreign key of an `add_reference`. */
function sameStatement(one: Operation, two: Operation): boolean {
  const [first, second] = [tableOf(one), tableOf(two)];
  return one.statement.start === two.statement.start && one.statement.end === two.statement.end && first !== null && second !== null && sameName(first, second);
}

function isTarget(lock: Lock, operation: Operation): boolean {
  const table = tableOf(operation);
  return lock.role === 'target' || (table !== null && sameName(table, lock.table));
}
