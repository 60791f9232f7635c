import type { Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { ofKind } from './of-kind.ts';

/**
 * True when dropping the table is part of building it anew in the same migration, its rows copied: `CREATE new`, `INSERT INTO new SELECT ... FROM old`,
 * `DROP old`, `RENAME new TO old` (the way SQLite's manual gives for what its ALTER TABLE cannot do; Prisma, Drizzle and pop write it), or with the old
 * table renamed first and dropped last, or with the rows kept in a copy while the table is dropped and created again.
 */
export function isDroppedForRebuild(table: QualifiedName, { lasting: operations }: RuleContext): boolean {
  return ofKind(operations, 'rename-table').some((rename) => sameName(rename.to, table) && creates(rename.table, operations) && copies(table, rename.table, operations))
    || (creates(table, operations) && ofKind(operations, 'create-table').some((copy) => copies(table, copy.table, operations) && copies(copy.table, table, operations)));
}

/** True when a table is renamed so that a new one can take its name and its rows in the same migration. */
export function isRenamedForRebuild(table: QualifiedName, to: QualifiedName, { lasting: operations }: RuleContext): boolean {
  return creates(table, operations) && copies(to, table, operations) && ofKind(operations, 'drop-table').some((operation) => sameName(operation.table, to));
}

function creates(table: QualifiedName, operations: readonly Operation[]): boolean {
  return ofKind(operations, 'create-table').some((operation) => sameName(operation.table, table));
}

function copies(from: QualifiedName, into: QualifiedName, operations: readonly Operation[]): boolean {
  const reads = (operation: OperationOf<'insert-rows'> | OperationOf<'create-table'>) => sameName(operation.table, into) && operation.reads?.some((table) => sameName(table, from)) === true;
  return ofKind(operations, 'insert-rows').some(reads) || ofKind(operations, 'create-table').some((operation) => operation.fromQuery && reads(operation));
}
