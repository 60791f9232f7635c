import type { Lock } from '../../engines/effect.ts';
import { isBlocking } from '../../engines/effect.ts';
import type { QualifiedName } from '../../operations/index.ts';
import { sameName, tableOf } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';

/** Tables that one part of a transaction locks together and that cannot be locked apart: a statement's table, or one more parent. */
export interface LockUnit {
  readonly step: Step;
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

/** The locks on other tables than the one the statement names: parents of its foreign keys, tables that refer to it. */
export function parentLocks(step: Step, context: RuleContext): Lock[] {
  return blockingLocks(step, context).filter((lock) => !isTarget(lock, step) && lock.role !== 'partition');
}

/**
 * What the steps of one transaction lock, in order, as units. Index builds and removals are left out: done concurrently, as they should be,
 * they leave the transaction. So are the tables that are dropped: nobody uses them any more.
 */
export function lockUnits(steps: readonly Step[], context: RuleContext): LockUnit[] {
  const units: { step: Step; locks: Lock[] }[] = [];
  for (const step of steps) {
    const { kind } = step.operation;
    if (kind === 'create-index' || kind === 'drop-index' || kind === 'lock-table' || kind === 'truncate') continue;
    const locks = kind === 'drop-table' ? parentLocks(step, context) : blockingLocks(step, context);
    if (kind === 'drop-table' || kind === 'create-table') {
      units.push(...locks.map((lock) => ({ step, locks: [lock] })));
      continue;
    }
    const last = units.at(-1);
    if (last && sameStatement(last.step, step)) last.locks.push(...locks);
    else if (locks.length > 0) units.push({ step, locks });
  }
  return units;
}

/** True for parts of one statement on one table: the column, index and foreign key of an `add_reference`. */
function sameStatement(a: Step, b: Step): boolean {
  const [one, two] = [a.operation, b.operation];
  const [first, second] = [tableOf(one), tableOf(two)];
  return one.statement.start === two.statement.start && one.statement.end === two.statement.end && first !== null && second !== null && sameName(first, second);
}

function isTarget(lock: Lock, step: Step): boolean {
  const table: QualifiedName | null = tableOf(step.operation);
  return lock.role === 'target' || (table !== null && sameName(table, lock.table));
}

/** The steps of each transaction, in order; statements that commit by themselves are left out. */
export function stepsByTransaction(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups = new Map<number, Step[]>();
  for (const step of steps) {
    const { transaction } = step.operation;
    if (transaction === null || step.effect.inTransaction === 'commits') continue;
    const group = groups.get(transaction);
    if (group) group.push(step);
    else groups.set(transaction, [step]);
  }
  return [...groups.values()];
}
