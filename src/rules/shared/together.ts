import type { Dependent } from '../../engines/effect.ts';
import type { Operation } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';

/** True when the same statement drops what holds the dependent, too: `DROP TABLE parents, children` asks for both at once. */
export function goesTogether(dependent: Dependent, operation: Operation, { migration }: RuleContext): boolean {
  return migration.operations.some((other) => {
    if (other === operation || other.kind !== operation.kind || !inOneStatement(other, operation, migration.source.text)) return false;
    if (other.kind === 'drop-table') return sameName(other.table, dependent.owner);
    return other.kind === 'drop-view' && sameName(other.view, dependent.owner);
  });
}

/** A text of SQL may hold several statements: they are one when no semicolon stands between them. */
function inOneStatement(one: Operation, other: Operation, text: string): boolean {
  if (one.statement.start !== other.statement.start || one.statement.end !== other.statement.end || one.kind === 'drop-column') return false;
  const [first, second] = one.at.start < other.at.start ? [one, other] : [other, one];
  return !text.slice(first.at.end, second.at.start).includes(';');
}
