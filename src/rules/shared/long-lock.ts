import type { Effect, Lock } from '../../engines/effect.ts';
import { isBlocking } from '../../engines/effect.ts';
import type { QualifiedName } from '../../operations/index.ts';
import type { Finding, RuleContext, StepContext } from '../rule.ts';
import { heldSentence, lockSentence } from './lock-sentence.ts';

/** True when other sessions may use the table and it is not said to be small: waiting for it matters. */
export function isBusy(table: QualifiedName, context: RuleContext): boolean {
  return !context.isNew(table) && context.tablePolicy(table) !== 'small';
}

/**
 * The lock under which the operation does work that grows with its table while others cannot read or write it, or undefined: for tables
 * that are new or said to be small, that nobody else can see yet, and for work in constant time. Only the table that the work goes through counts: a foreign key of a
 * small table is checked quickly however big its parent is.
 */
export function longLock(context: StepContext): Lock | undefined {
  if (context.onNewTable) return undefined;
  return context.takes.find((lock) => isBlocking(lock) && isWorkedOn(lock) && lock.cost !== 'constant' && lock.cost !== 'rows' && context.tablePolicy(lock.table) !== 'small');
}

function isWorkedOn({ role }: Lock): boolean {
  return role === 'target' || role === 'partition';
}

/** The lock's sentence, what earlier locks add to it, and what the engine cannot tell for sure. */
export function lockReason(context: StepContext, lock: Lock): string {
  const parents = context.effect.locks.filter((other) => other !== lock && other.mode === lock.mode && !isWorkedOn(other) && isBusy(other.table, context));
  return lockSentence(context.operation, lock, parents.slice(0, 3)) + heldSentence(lock, context.held) + unsureSentence(context.effect);
}

/** What could not be told about an effect, as a sentence with a space before it, or an empty string. */
export function unsureSentence(effect: Effect): string {
  if (effect.unsure === null) return '';
  const text = effect.unsure.trim();
  return ` ${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** Lowers a finding to `warn` when the effect behind it is not certain. */
export function softened(effect: Effect): Pick<Finding, 'severity'> {
  return effect.unsure === null ? {} : { severity: 'warn' };
}
