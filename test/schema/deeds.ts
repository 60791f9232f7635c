import { columnType, noDefault, operation, qualified } from '../../src/operations/index.ts';
import type { ColumnDefinition, Deed, ForeignKey, IndexDefinition, Operation, OperationContext, OperationKind, OperationOf } from '../../src/operations/index.ts';

const context: OperationContext = {
  at: { start: 0, end: 0 }, statement: { start: 0, end: 0 }, via: [], transaction: 0, guards: [], certain: true, assured: null, direction: 'up', language: 'sql', verb: 'ALTER TABLE',
};

/** An operation at no place in particular. */
export function run<K extends OperationKind>(deed: Deed<K>, more: Partial<OperationContext> = {}): OperationOf<K> {
  return operation(deed, { ...context, ...more });
}

/** `users`, `auth.users`. */
export function name(text: string) {
  const [first = '', second] = text.split('.');
  return second === undefined ? qualified(first) : qualified(second, first);
}

/** A column: `column('a', 'varchar', [20], { nullable: false })`. */
export function column(title: string, type = 'integer', args: readonly number[] = [], more: Partial<ColumnDefinition> = {}): ColumnDefinition {
  return { name: title, type: columnType(type, args), nullable: true, default: noDefault, ...more };
}

/** A foreign key from the columns to a table. */
export function foreignKey(columns: readonly string[], to: string, more: Partial<ForeignKey> = {}): ForeignKey {
  return { name: null, columns, references: name(to), referencedColumns: [], onDelete: null, onUpdate: null, validated: true, ...more };
}

/** A btree index on plain columns. */
export function index(table: string, columns: readonly string[], more: Partial<IndexDefinition> = {}): IndexDefinition {
  return { name: null, table: name(table), keys: columns.map((each) => ({ column: each, expression: null })), unique: false, method: 'btree', ...more };
}

/** CREATE TABLE. */
export function createTable(table: string, columns: readonly ColumnDefinition[], more: Partial<Deed<'create-table'>> = {}, where: Partial<OperationContext> = {}): Operation {
  return run({
    kind: 'create-table', table: name(table), columns, primaryKey: [], indexes: [], foreignKeys: [], checks: [], constraints: [], ifNotExists: false, force: false,
    temporary: false, unlogged: false, fromQuery: false, like: null, inherits: [], partitionBy: null, partitionOf: null, options: null, comment: null, ...more,
  }, where);
}

/** CREATE INDEX. */
export function createIndex(definition: IndexDefinition, more: Partial<Deed<'create-index'>> = {}, where: Partial<OperationContext> = {}): Operation {
  return run({ kind: 'create-index', index: definition, concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null, ...more }, where);
}

/** DROP INDEX. */
export function dropIndex(more: Partial<Deed<'drop-index'>>, where: Partial<OperationContext> = {}): Operation {
  return run({ kind: 'drop-index', table: null, name: null, columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null, ...more }, where);
}

/** ADD COLUMN. */
export function addColumn(table: string, definition: ColumnDefinition, where: Partial<OperationContext> = {}): Operation {
  return run({ kind: 'add-column', table: name(table), column: definition, ifNotExists: false }, where);
}

/** DROP COLUMN. */
export function dropColumn(table: string, title: string, more: Partial<Deed<'drop-column'>> = {}, where: Partial<OperationContext> = {}): Operation {
  return run({ kind: 'drop-column', table: name(table), column: title, ifExists: false, cascade: false, ...more }, where);
}

/** ALTER COLUMN TYPE. */
export function alterType(table: string, title: string, type: string, args: readonly number[] = [], more: Partial<Deed<'alter-column-type'>> = {}): Operation {
  return run({ kind: 'alter-column-type', table: name(table), column: title, type: columnType(type, args), collation: null, using: null, restated: null, ...more });
}
