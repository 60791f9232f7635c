import type { Dependent } from '../../engines/effect.ts';
import type { Operation } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { placeOf } from './of-kind.ts';

/** True when the same statement drops what holds the dependent, too: `DROP TABLE parents, children` asks for both at once. */
export function goesTogether(dependent: Dependent, operation: Operation, { migration }: RuleContext): boolean {
  return migration.operations.some((other) => {
    if (other === operation || other.kind !== operation.kind || !inOneStatement(other, operation, migration.source.text)) return false;
    if (other.kind === 'drop-table') return sameName(other.table, dependent.owner);
    return other.kind === 'drop-view' && sameName(other.view, dependent.owner);
  });
}

/** True when an earlier part of the same statement may have taken the thing along already. */
export function isLaterPart(operation: Operation, { migration: { operations, source } }: RuleContext): boolean {
  const previous = operations[placeOf(operation, operations) - 1];
  return previous !== undefined && previous.kind === operation.kind && inOneStatement(previous, operation, source.text);
}

/** True when the migration makes the dependent again after the statement: nothing is lost in the end. */
export function isMadeAnew({ drop, owner }: Dependent, operation: Operation, { lasting: operations }: RuleContext): boolean {
  return operations.slice(operations.indexOf(operation) + 1).some((later) => {
    if (later.direction !== 'up') return false;
    switch (later.kind) {
      case 'create-view':
        return drop?.kind === 'drop-view' && sameName(later.view, owner);
      case 'create-trigger':
        return drop?.kind === 'drop-trigger' && drop.name === later.name && sameName(later.table, owner);
      case 'create-policy':
        return drop?.kind === 'drop-policy' && drop.name === later.name && sameName(later.table, owner);
      case 'add-foreign-key':
        return drop?.kind === 'drop-constraint' && sameName(later.table, owner) && later.foreignKey.columns.join() === drop.columns.join();
      case 'set-default':
        return drop?.kind === 'set-default' && sameName(later.table, owner) && later.column === drop.column;
      case 'create-table':
        return drop === null && sameName(later.table, owner);
      default:
        return false;
    }
  });
}

/** A text of SQL may hold several statements: they are one when no semicolon stands between them. */
function inOneStatement(one: Operation, other: Operation, text: string): boolean {
  if (one.statement.start !== other.statement.start || one.statement.end !== other.statement.end || one.kind === 'drop-column') return false;
  const [first, second] = one.at.start < other.at.start ? [one, other] : [other, one];
  return !text.slice(first.at.end, second.at.start).includes(';');
}
