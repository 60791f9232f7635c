import type { Operation } from '../../operations/index.ts';
import { isDataChange, isMysql, isSchemaChange, printEngine } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { isInForce } from './history.ts';

/**
 * What a failing operation leaves behind: `rolled-back`: nothing, its transaction takes everything back;
 * `committed`: the engine committed what ran before (MySQL DDL); `kept`: what ran before is not in a transaction with it.
 */
export type Aftermath = 'rolled-back' | 'committed' | 'kept';

/** What is left of the migration when the operation fails. */
export function aftermath(operation: Operation, context: Pick<RuleContext, 'engine' | 'steps'>): Aftermath {
  if (isMysql(context.engine)) return 'committed';
  return operation.transaction === null || changesApart(operation, context) ? 'kept' : 'rolled-back';
}

/** True when something was changed before the operation's transaction began: a file may hold several, or end the tool's. */
function changesApart(operation: Operation, { steps }: Pick<RuleContext, 'steps'>): boolean {
  const found = steps.findIndex((step) => step.operation === operation);
  const before = found < 0 ? steps.length : found;
  for (const step of steps.slice(0, before)) {
    if (isInForce(step, { before }) && step.operation.transaction !== operation.transaction && (isSchemaChange(step.operation) || isDataChange(step.operation))) return true;
  }
  return false;
}

/** What is left of the migration, as a sentence that ends what a rule says. */
export const whatIsLeft: Readonly<Record<Aftermath, string>> = {
  'rolled-back': 'The whole migration rolls back.', 'kept': 'What ran before it stays applied while the migration counts as not run.', 'committed': 'What ran before it stays applied.',
};

/** The aftermath as sentences, for an operation that has `earlier` work before it in the same migration. */
export function aftermathSentence(operation: Operation, earlier: boolean, context: Pick<RuleContext, 'engine' | 'steps'>): string {
  const engine = engineWord(context);
  switch (aftermath(operation, context)) {
    case 'rolled-back':
      return 'The whole migration rolls back, and every deploy stops here until the rows are repaired.';
    case 'committed':
      return earlier
        ? `Nothing rolls back on ${engine}: what ran before it stays applied while the migration counts as not run.`
        : 'The deploy stops here until the rows are repaired.';
    case 'kept':
      return earlier
        ? 'No transaction covers the whole migration, so what ran before stays applied while it counts as not run.'
        : 'The deploy stops here until the rows are repaired.';
  }
}

/** `MySQL`, `Postgres`: the engine without its release. */
export function engineWord(context: Pick<RuleContext, 'engine'>): string {
  return printEngine({ ...context.engine, version: [] });
}
