import type { IndexDefinition, Operation } from '../../operations/index.ts';

/** The indexes that an operation makes, on their own or inside CREATE TABLE; those of temporary tables are left out. */
export function madeIndexes(operation: Operation): readonly IndexDefinition[] {
  if (operation.kind === 'create-index') return [operation.index];
  return operation.kind === 'create-table' && !operation.temporary ? operation.indexes : [];
}

/** The keys of an index as a sentence names them: `"user_id" and "created_at"`, `"lower(email)"`. */
export function keyNames(index: IndexDefinition): string[] {
  return index.keys.map((key) => key.column ?? key.expression ?? '');
}

/** An index with its name where it has one, for messages: `The index "orders_user_id"`, `The unnamed index on "orders"`. */
export function indexSubject(index: IndexDefinition): string {
  return index.name === null ? `The index on "${index.table.name}"` : `The index "${index.name}"`;
}
