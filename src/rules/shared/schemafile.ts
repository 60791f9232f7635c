import { printName, sameName } from '../../operations/index.ts';
import type { Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { RuleContext } from '../rule.ts';

/** True when what is judged is what Ridgepole makes of a changed Schemafile. The rules that are named for that then speak in place of the general ones. */
export function isFromSchemafile({ migration }: Pick<RuleContext, 'migration'>): boolean {
  return migration.framework === 'ridgepole';
}

/** Columns that say nothing about which table it is. */
const usual: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'deleted_at', 'name', 'position']);

/** The table that is created beside a definition that disappeared, and has much the same columns: most likely the same table under a new name. Null when there is none. */
export function newNameOf(table: Table | undefined, { operations }: { readonly operations: readonly Operation[] }): OperationOf<'create-table'> | null {
  const own = [...(table?.columns.keys() ?? [])].filter((column) => !usual.has(column));
  if (own.length < 2) return null;
  return operations.find((operation): operation is OperationOf<'create-table'> => {
    if (operation.kind !== 'create-table' || sameName(operation.table, table?.name ?? operation.table)) return false;
    const other = new Set(operation.columns.map(({ name }) => name).filter((column) => !usual.has(column)));
    const shared = own.filter((column) => other.has(column)).length;
    return shared / Math.max(own.length, other.size) >= 0.75;
  }) ?? null;
}

/** True when an index of that table and name is created again after it was removed: its edit means both. */
export function isRedefined(operation: OperationOf<'drop-index'>, { migration }: Pick<RuleContext, 'migration'>): boolean {
  if (migration.framework !== 'ridgepole' || operation.name === null) return false;
  const { table, name } = operation;
  return migration.operations.some((other) => other.kind === 'create-index' && other.index.name === name.name && table !== null && printName(other.index.table) === printName(table));
}

/** A name as `QualifiedName`, for names of definitions. */
export function tableNamed(name: string): QualifiedName {
  const [schema, own] = name.split('.');
  return own === undefined ? { schema: null, name } : { schema: schema ?? null, name: own };
}
