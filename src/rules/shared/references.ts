import type { ColumnDefinition, ForeignKey, Operation, QualifiedName } from '../../operations/index.ts';
import { qualified, sameName } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { inForce } from './history.ts';

/** A column that a migration makes to reference a key: by a foreign key (`declared`), or by its name alone. */
export interface NewReference {
  readonly table: QualifiedName;
  readonly key: ForeignKey;
  readonly declared: boolean;
}

/**
 * The references an operation makes. A column `user_id` references `users` by its name when that is another known table with one key column, no
 * foreign key says otherwise and the column is not polymorphic. `entries.entry_id` references nothing: it is somebody else's number of the entry.
 */
export function newReferences(operation: Operation, context: RuleContext): NewReference[] {
  switch (operation.kind) {
    case 'add-foreign-key':
      return [{ table: operation.table, key: operation.foreignKey, declared: true }];
    case 'add-column':
      return ofColumn(operation.table, operation.column, context);
    case 'create-table':
      return [...operation.foreignKeys.map((key) => ({ table: operation.table, key, declared: true })), ...operation.columns.flatMap((column) => ofColumn(operation.table, column, context))];
    default:
      return [];
  }
}

function ofColumn(table: QualifiedName, column: ColumnDefinition, context: RuleContext): NewReference[] {
  if (column.references) return [{ table, key: { ...column.references, columns: [column.name] }, declared: true }];
  const owner = context.schema.table(table);
  const base = /^(.+)_id$/.exec(column.name)?.[1];
  if (!base || !owner?.columns.has(column.name) || owner.columns.has(`${base}_type`)) return [];
  const elsewhere = owner.foreignKeys.some((key) => key.columns.includes(column.name)) || declaredLater(table, column.name, context);
  const parent = elsewhere ? undefined : tablesNamedBy(base).map((name) => context.schema.table(qualified(name, table.schema))).find((known) => known !== undefined);
  if (!parent || parent.primaryKey.length !== 1 || sameName(parent.name, owner.name)) return [];
  return [{ table, declared: false, key: { name: null, columns: [column.name], references: parent.name, referencedColumns: [], onDelete: null, onUpdate: null, validated: true } }];
}

function declaredLater(table: QualifiedName, column: string, context: RuleContext): boolean {
  return inForce(context).some(({ operation }) => operation.kind === 'add-foreign-key' && sameName(operation.table, table) && operation.foreignKey.columns.includes(column));
}

/** The names that a table may have whose key a column `base_id` holds. */
export function tablesNamedBy(base: string): string[] {
  return [`${base}s`, `${base}es`, base.replace(/y$/, 'ies'), base.replace(/person$/, 'people'), base];
}
