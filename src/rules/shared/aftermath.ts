import type { Operation } from '../../operations/index.ts';
import { isMysql, printEngine } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';

/**
 * What a failing operation leaves behind: `rolled-back`: nothing, its transaction takes everything back;
 * `committed`: the engine committed what ran before (MySQL DDL); `kept`: each statement ran on its own, because nothing wraps the file.
 */
export type Aftermath = 'rolled-back' | 'committed' | 'kept';

/** What is left of the migration when the operation fails. */
export function aftermath(operation: Operation, context: Pick<RuleContext, 'engine'>): Aftermath {
  if (isMysql(context.engine)) return 'committed';
  return operation.transaction === null ? 'kept' : 'rolled-back';
}

/** The aftermath as sentences, for an operation that has `earlier` work before it in the same migration. */
export function aftermathSentence(operation: Operation, earlier: boolean, context: Pick<RuleContext, 'engine'>): string {
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
        ? 'No transaction wraps this migration, so what ran before it stays applied while the migration counts as not run.'
        : 'The deploy stops here until the rows are repaired.';
  }
}

/** `MySQL`, `Postgres`: the engine without its release. */
export function engineWord(context: Pick<RuleContext, 'engine'>): string {
  return printEngine({ ...context.engine, version: [] });
}
