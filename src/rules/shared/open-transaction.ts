import type { OperationOf } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';

/** A BEGIN with what ends its transaction. */
export interface OpenTransaction {
  readonly begin: OperationOf<'begin'>;
  /** True when a transaction was open already. */
  readonly nested: boolean;
  /** The statement that ends it: COMMIT, ROLLBACK, or one before which MySQL commits by itself. Null when nothing does. */
  readonly end: Step | null;
}

/**
 * True when a file ends the tool's transaction and leaves another open at its end, which the tool then ends: `COMMIT; CREATE INDEX CONCURRENTLY ...; BEGIN;`, the way to
 * run a statement outside of a transaction with tools that cannot be told.
 */
export function handsBack(context: RuleContext, opened: readonly OpenTransaction[]): boolean {
  const last = opened.at(-1);
  if (!last || last.nested || last.end) return false;
  const { migration, steps } = context;
  return steps.some(({ operation }) => (operation.kind === 'commit' || operation.kind === 'rollback') && operation.transaction !== null && migration.transactions.get(operation.transaction) === 'framework');
}

/** The BEGINs of a migration, in order. */
export function openTransactions({ migration, steps, engine }: RuleContext): OpenTransaction[] {
  const begun = new Set<number>();
  let open = false;
  const found: { begin: OperationOf<'begin'>; nested: boolean; end: Step | null }[] = [];
  let ended = 0;
  for (const step of steps) {
    const { operation } = step;
    if (operation.kind !== 'begin') {
      if (!ends(step)) continue;
      open = false;
      for (; ended < found.length; ended++) found[ended]!.end = step;
    } else if (operation.transaction !== null) {
      const by = migration.transactions.get(operation.transaction);
      const nested = isMysql(engine) ? open : by === 'framework' || by === 'block' || begun.has(operation.transaction);
      open = true;
      begun.add(operation.transaction);
      found.push({ begin: operation, nested, end: null });
    }
  }
  return found;
}

function ends({ operation, effect }: Step): boolean {
  return operation.kind === 'commit' || operation.kind === 'rollback' || effect.inTransaction === 'commits';
}
