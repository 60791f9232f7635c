import type { Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { Finding, RuleContext, Step } from '../rule.ts';
import { holdsForEveryRow } from './every-row.ts';
import { joined, listed } from './names.ts';
import { ofKind, placeOf } from './of-kind.ts';

/** A DELETE that removes every row of a table in use, for good. */
export interface EmptyingDelete {
  readonly operation: OperationOf<'delete-rows'>;
  /** The condition that lets every row through, or null without one. */
  readonly condition: string | null;
}

/** The step as a DELETE of every row, or null: for anything else, for tables of the change set, and where the rows live on or their table goes as well. */
export function emptyingDelete(step: Step, context: RuleContext): EmptyingDelete | null {
  const { operation, table } = step;
  if (operation.kind !== 'delete-rows' || step.onNewTable || table?.isNew || outlives(operation.table, operation, context)) return null;
  if (operation.scope === 'all') return { operation, condition: operation.where };
  return operation.where !== null && holdsForEveryRow(operation.where, table) ? { operation, condition: operation.where } : null;
}

/** True when the loss is not this statement's: an earlier statement, or a part of the same one, has copied the rows, or the table is dropped later in the migration. */
export function outlives(table: QualifiedName, operation: Operation, { lasting: operations }: RuleContext): boolean {
  const at = placeOf(operation, operations);
  if (ofKind(operations, 'drop-table').some((other) => other.direction === 'up' && other !== operation && sameName(other.table, table) && placeOf(other, operations) > at)) return true;
  return [...filling(operations, 'insert-rows'), ...filling(operations, 'create-table')].some((other) => {
    const moves = other.language === 'sql' && other.kind === 'insert-rows' && other.statement.start === operation.statement.start && other.reads.length === 0;
    return moves || ((other.reads ?? []).some((read) => sameName(read, table)) && !sameName(other.table, table) && placeOf(other, operations) < at);
  });
}

function filling<K extends 'insert-rows' | 'create-table'>(operations: readonly Operation[], kind: K) {
  return ofKind(operations, kind).filter((other) => other.direction === 'up' && other.fromQuery);
}

/** A milder severity for tables said to be small, and for those that the migration fills anew: lookup tables are maintained so. */
export function softenedLoss(tables: readonly QualifiedName[], operation: Operation, context: RuleContext): Pick<Finding, 'severity'> {
  const operations = context.lasting;
  const later = operations.slice(placeOf(operation, operations) + 1);
  const refilled = (table: QualifiedName) => later.some((other) => (other.kind === 'insert-rows' || other.kind === 'load-rows') && other.direction === 'up' && sameName(other.table, table));
  return tables.every((table) => context.tablePolicy(table) === 'small' || refilled(table)) ? { severity: 'warn' } : {};
}

/** What else goes with the rows, and what makes the statement fail, as sentences with a space before each. */
export function consequences({ effect }: Step): string {
  const { loses, assumes } = effect;
  const refused = assumes.find(({ of }) => of === 'no-dependents');
  const forbidding = assumes.filter(({ of }) => of === 'foreign-key');
  const names = [...new Map(forbidding.map(({ table }) => [table.name, table])).values()];
  return [
    loses.length ? ` It also removes ${joined(loses)}.` : '',
    names.length ? ` It fails while rows of ${listed(names, 'or')} refer to them (${forbidding[0]?.error ?? ''}).` : '',
    refused ? ` The server refuses it, because a foreign key of another table refers to ${listed([refused.table])} (${refused.error ?? ''}).` : '',
  ].join('');
}
