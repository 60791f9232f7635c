import type { Operation } from '../../operations/index.ts';
import type { Finding, RuleContext } from '../rule.ts';

/** Points at another operation of the same migration, with a word on it. */
export function relatedTo(operation: Operation, text: string, context: RuleContext): NonNullable<Finding['related']>[number] {
  return { place: { path: context.migration.source.path, start: operation.at.start, end: operation.at.end }, text };
}
