import { indexColumns, printName, sameType } from '../../operations/index.ts';
import type { ColumnDefinition, ColumnType, Default, IndexDefinition, OperationOf, QualifiedName } from '../../operations/index.ts';
import { createBudget } from '../budget.ts';
import { railsIndexName } from '../default-name.ts';
import { mentions, renameIn } from '../expression.ts';
import { restatedColumn } from '../restated.ts';
import type { View } from '../schema.ts';
import { partitionsOf, policiesReading, putTable, putView, referencing, tableAt, viewsReading, writable } from '../store.ts';
import type { Store } from '../store.ts';
import { renamedInPolicy, withRenamedColumn, withoutColumn, withoutUsers } from '../table-parts.ts';
import type { Table } from '../table.ts';
import { isMysqlStore, plainDefault, storedColumn, withInlineConstraints } from './definition.ts';
import type { Reading } from './definition.ts';
import { alterTable, isFull, surely } from './fold.ts';
import type { Folds } from './fold.ts';

/** Changes a table and, when it is a partitioned parent, its partitions: columns are theirs, too. */
function alterAll(store: Store, name: QualifiedName, change: (table: Table) => Table, depth = 0): void {
  alterTable(store, name, change);
  const table = tableAt(store, name);
  if (table === undefined || table.partitionBy === null || depth > 8) return;
  for (const partition of partitionsOf(store, name)) {
    copied.spend(store.links, partition.columns.size);
    if (copied.isSpent(store.links)) return;
    if (printName(partition.name) !== printName(name)) alterAll(store, partition.name, change, depth + 1);
  }
}

/** The columns of partitions that are copied for one schema, over all its copies. Thousands of columns of thousands of partitions, changed one by one, take minutes: partitions are left as they were then. */
const copied = createBudget<Store['links']>(20_000_000);

/** Changes one column of a table; a column that was never seen is left unseen. */
function alterColumn(store: Store, name: QualifiedName, column: string, change: (column: ColumnDefinition, table: Table) => ColumnDefinition): void {
  alterAll(store, name, (table) => {
    const before = table.columns.get(column);
    if (before === undefined) return table;
    return { ...table, columns: new Map(table.columns).set(column, change(before, table)) };
  });
}

function addColumn(table: Table, column: ColumnDefinition, reading: Reading, isNew: boolean): Table {
  if (isFull(table.columns)) return table;
  const stored = storedColumn(table, column);
  const columns = placed(table.columns, stored, column.position);
  const newColumns = isNew ? new Set(table.newColumns).add(column.name) : table.newColumns;
  return withInlineConstraints({ ...table, columns, newColumns }, column, reading);
}

function placed(columns: Table['columns'], column: ColumnDefinition, position: ColumnDefinition['position']): Map<string, ColumnDefinition> {
  if (position === undefined) return new Map(columns).set(column.name, column);
  const others = [...columns].filter(([name]) => name !== column.name);
  const at = position === 'first' ? 0 : others.findIndex(([name]) => name === position.after) + 1;
  others.splice(at > 0 || position === 'first' ? at : others.length, 0, [column.name, column]);
  return new Map(others);
}

const unknownType: ColumnType = { name: 'unknown', args: [], dynamic: true };

function newType(column: ColumnDefinition, operation: OperationOf<'alter-column-type'>, inKey: boolean): ColumnDefinition {
  const restated = restatedColumn(column, operation, inKey);
  if (restated !== null) return restated;
  const { collation: _collation, ...rest } = column;
  return operation.collation === null ? { ...rest, type: operation.type } : { ...rest, type: operation.type, collation: operation.collation };
}

/** A list that Ruby writes for a column whose type the call does not tell (`[]`): for an array it is one of Postgres. */
function listDefault(column: ColumnDefinition, value: Default): Default {
  if (!column.type.array || value.kind !== 'constant' || typeof value.value !== 'string' || !value.value.startsWith('[')) return value;
  try {
    const items: unknown = JSON.parse(value.value);
    return Array.isArray(items) ? { kind: 'constant', value: `{${items.join(',')}}` } : value;
  } catch {
    return value;
  }
}

/** A view follows its columns: where the query names one, and where a `*` stood for it. Its own output keeps the old name. */
function withRenamedInView(view: View, table: QualifiedName, column: string, to: string): View {
  const key = printName(table);
  const before = view.starred?.get(key);
  const starred = before?.has(column) ? { starred: new Map(view.starred).set(key, new Set([...before].map((one) => (one === column ? to : one)))) } : {};
  return { ...view, ...starred, query: view.query === null ? null : renameIn(view.query, column, to) };
}

/** Rails gives indexes whose name is its own default the default of the new column name. */
function railsRenames(index: IndexDefinition, before: IndexDefinition): IndexDefinition {
  return before.name !== null && before.name === railsIndexName(before.table, indexColumns(before)) ? { ...index, name: railsIndexName(index.table, indexColumns(index)) } : index;
}

/** Folds of the operations on columns. */
export const columnFolds: Folds = {
  'add-column'(store, operation, how) {
    const before = tableAt(store, operation.table);
    if (before === undefined && store.complete && how.runs === 'if-exists') return;
    const reading = { store, language: operation.language };
    const keep = operation.ifNotExists || how.runs !== 'runs';
    alterAll(store, operation.table, (table) => (keep && table.columns.has(operation.column.name) ? table : addColumn(table, operation.column, reading, how.isNew)));
  },

  'drop-column'(store, operation, how) {
    const { table: name, column } = operation;
    if (!surely(how)) return;
    alterAll(store, name, (table) => withoutColumn(table, column, isMysqlStore(store) || store.engine === 'sqlite' ? 'shrink' : 'go'));
    for (const child of referencing(store, name)) {
      const foreignKeys = child.foreignKeys.filter((key) => printName(key.references) !== printName(name) || !key.referencedColumns.includes(column));
      if (foreignKeys.length < child.foreignKeys.length) putTable(store, { ...child, foreignKeys });
    }
    if (!operation.cascade) return;
    alterAll(store, name, (table) => withoutUsers(table, column));
    for (const view of viewsReading(store, name)) if (view.query !== null && mentions(view.query, column)) writable(store, 'views').delete(printName(view.name));
  },

  'rename-column'(store, operation, how) {
    const { table: name, column, to } = operation;
    const view = store.cells.views.get(printName(name));
    if (view?.columns) putView(store, { ...view, columns: view.columns.map((one) => (one.name === column ? { ...one, name: surely(how) ? to : null } : one)) });
    if (!surely(how)) {
      alterTable(store, name, (table) => ({ ...table, complete: false }));
      return;
    }
    alterAll(store, name, (table) => {
      const renamed = withRenamedColumn(table, column, to);
      if (operation.language !== 'ruby') return renamed;
      return { ...renamed, indexes: renamed.indexes.map((index, at) => railsRenames(index, table.indexes[at] ?? index)) };
    });
    for (const child of referencing(store, name)) {
      if (printName(child.name) === printName(name)) continue;
      const foreignKeys = child.foreignKeys.map((key) => (printName(key.references) === printName(name)
        ? { ...key, referencedColumns: key.referencedColumns.map((one) => (one === column ? to : one)) } : key));
      putTable(store, { ...child, foreignKeys });
    }
    if (store.engine !== 'postgres') return;
    for (const other of policiesReading(store, name)) putTable(store, { ...other, policies: other.policies.map((policy) => (policy.reads.some((read) => printName(read) === printName(name)) ? renamedInPolicy(policy, column, to) : policy)) });
    for (const view of viewsReading(store, name)) if (view.query !== null) putView(store, withRenamedInView(view, name, column, to));
  },

  'alter-column-type'(store, operation, how) {
    alterColumn(store, operation.table, operation.column, (column, table) => {
      if (surely(how)) return newType(column, operation, table.primaryKey.includes(operation.column));
      return sameType(column.type, operation.type) ? column : { ...column, type: unknownType };
    });
    const position = operation.restated?.position;
    if (position === undefined || !surely(how)) return;
    alterTable(store, operation.table, (table) => {
      const column = table.columns.get(operation.column);
      return column === undefined ? table : { ...table, columns: placed(table.columns, column, position) };
    });
  },

  'set-not-null'(store, operation, how) {
    if (surely(how)) alterColumn(store, operation.table, operation.column, (column) => ({ ...column, nullable: false }));
  },

  'drop-not-null'(store, operation) {
    alterColumn(store, operation.table, operation.column, (column) => ({ ...column, nullable: true }));
  },

  'set-default'(store, operation, how) {
    alterColumn(store, operation.table, operation.column, (column) => ({
      ...column,
      default: surely(how) ? plainDefault(listDefault(column, operation.default)) : { kind: 'unknown', text: 'set on a condition' },
    }));
  },

  'set-column-option'(store, operation, how) {
    if (!surely(how)) return;
    alterColumn(store, operation.table, operation.column, (column) => {
      const { comment: _comment, ...uncommented } = column;
      const { identity: _identity, ...plain } = column;
      const { generated: _generated, ...stored } = column;
      switch (operation.option) {
        case 'comment':
          return operation.value ? { ...column, comment: operation.value } : uncommented;
        case 'identity':
          return { ...column, nullable: false, identity: /always/i.test(operation.value ?? '') ? 'always' : 'by default' };
        case 'drop-identity':
          return plain;
        case 'drop-expression':
          return stored;
        case 'set-expression':
          return operation.value === null || !column.generated ? column : { ...column, generated: { ...column.generated, expression: operation.value } };
        default:
          return column;
      }
    });
  },
};
