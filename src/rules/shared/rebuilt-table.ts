import type { Operation, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';

/**
 * True when dropping the table is part of building it anew in the same migration, its rows copied: `CREATE new`, `INSERT INTO new SELECT ... FROM old`,
 * `DROP old`, `RENAME new TO old` (the way SQLite's manual gives for what its ALTER TABLE cannot do; Prisma, Drizzle and pop write it), or with the old
 * table renamed first and dropped last, or with the rows kept in a copy while the table is dropped and created again.
 */
export function isDroppedForRebuild(table: QualifiedName, { migration: { operations } }: RuleContext): boolean {
  return operations.some((rename) => rename.kind === 'rename-table' && sameName(rename.to, table) && creates(rename.table, operations) && copies(table, rename.table, operations))
    || (creates(table, operations) && operations.some((copy) => copy.kind === 'create-table' && copies(table, copy.table, operations) && copies(copy.table, table, operations)));
}

/** True when a table is renamed so that a new one can take its name and its rows in the same migration. */
export function isRenamedForRebuild(table: QualifiedName, to: QualifiedName, { migration: { operations } }: RuleContext): boolean {
  return creates(table, operations) && copies(to, table, operations) && operations.some((operation) => operation.kind === 'drop-table' && sameName(operation.table, to));
}

function creates(table: QualifiedName, operations: readonly Operation[]): boolean {
  return operations.some((operation) => operation.kind === 'create-table' && sameName(operation.table, table));
}

function copies(from: QualifiedName, into: QualifiedName, operations: readonly Operation[]): boolean {
  return operations.some((operation) => (operation.kind === 'insert-rows' || (operation.kind === 'create-table' && operation.fromQuery))
    && sameName(operation.table, into) && operation.reads?.some((table) => sameName(table, from)) === true);
}
