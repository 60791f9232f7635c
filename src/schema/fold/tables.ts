import { indexColumns, printName } from '../../operations/index.ts';
import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import { railsIndexName } from '../default-name.ts';
import { partitionsOf, policiesReading, putTable, putView, referencing, removeTable, tableAt, viewsReading, writable } from '../store.ts';
import type { Store } from '../store.ts';
import type { Table } from '../table.ts';
import { charsetOf, fillTable, isCompressed, isMysqlStore, isText } from './definition.ts';
import { alterTable, append, emptyTable, surely } from './fold.ts';
import type { Folds } from './fold.ts';
import { dropView } from './views.ts';

/** Takes a table out with all that cannot be without it: partitions, the foreign keys to it, and with `cascade` the views on it. */
export function dropTable(store: Store, name: QualifiedName, cascade: boolean, depth = 0): void {
  const key = printName(name);
  for (const child of referencing(store, name)) {
    if (printName(child.name) !== key) putTable(store, { ...child, foreignKeys: child.foreignKeys.filter((one) => printName(one.references) !== key) });
  }
  if (depth < 8) for (const partition of partitionsOf(store, name)) if (printName(partition.name) !== key) dropTable(store, partition.name, cascade, depth + 1);
  if (cascade) {
    for (const view of viewsReading(store, name)) dropView(store, view.name, true);
    for (const other of policiesReading(store, name)) putTable(store, { ...other, policies: other.policies.filter((policy) => !policy.reads.some((read) => printName(read) === key)) });
  }
  removeTable(store, name);
}

/** Gives a table another name; foreign keys, indexes, partitions and views follow it as the engine makes them. */
export function renameTable(store: Store, from: QualifiedName, to: QualifiedName): void {
  const before = tableAt(store, from) ?? emptyTable(from);
  const old = printName(from);
  const follow = (name: QualifiedName) => (printName(name) === old ? to : name);
  const children = referencing(store, from);
  const partitions = partitionsOf(store, from);
  const views = store.engine === 'postgres' ? viewsReading(store, from) : [];
  removeTable(store, from);
  putTable(store, {
    ...before,
    name: to,
    indexes: before.indexes.map((index) => ({ ...index, table: to })),
    foreignKeys: before.foreignKeys.map((key) => ({ ...key, references: follow(key.references) })),
  });
  for (const child of children) {
    if (printName(child.name) !== old) putTable(store, { ...child, foreignKeys: child.foreignKeys.map((key) => ({ ...key, references: follow(key.references) })) });
  }
  for (const partition of partitions) if (printName(partition.name) !== old) putTable(store, { ...partition, partitionOf: to });
  for (const view of views) putView(store, { ...view, reads: view.reads.map(follow) });
}

/** What the new table takes over from the tables it is made after. */
function draftOf(store: Store, operation: OperationOf<'create-table'>, isNew: boolean): Table {
  const { like, partitionOf, inherits } = operation;
  let draft: Table = {
    ...emptyTable(operation.table), isNew, written: isNew && operation.fromQuery, complete: !operation.fromQuery, partitionBy: operation.partitionBy, partitionOf,
    unlogged: operation.unlogged, comment: operation.comment, ...(isMysqlStore(store) && isCompressed(operation.options) ? { compressed: true } : {}),
    ...(operation.partitionBounds === undefined ? {} : { partitionBounds: operation.partitionBounds }),
  };
  for (const source of [...(like ? [like] : []), ...inherits, ...(partitionOf ? [partitionOf] : [])]) {
    const other = tableAt(store, source);
    if (other === undefined) {
      draft = { ...draft, complete: false };
      continue;
    }
    const whole = source === partitionOf || (source === like && isMysqlStore(store));
    draft = {
      ...draft,
      columns: new Map([...draft.columns, ...other.columns]),
      complete: draft.complete && other.complete,
      checks: source === like && !whole ? draft.checks : other.checks.reduce(append, draft.checks),
      ...(whole ? { primaryKey: other.primaryKey, indexes: other.indexes.map((index) => ({ ...index, table: operation.table, ...(source === like ? {} : { name: null }) })) } : {}),
      ...(source === partitionOf ? { foreignKeys: other.foreignKeys, uniques: other.uniques.map((unique) => ({ ...unique, name: null })) } : {}),
    };
  }
  return draft;
}

/** Folds of the operations on whole tables. */
export const tableFolds: Folds = {
  'create-table'(store, operation, how) {
    const existing = tableAt(store, operation.table);
    if (operation.temporary && !how.isNew) return;
    if (existing !== undefined) {
      if (operation.force === false ? operation.ifNotExists || how.runs !== 'runs' : !surely(how)) return;
      dropTable(store, operation.table, operation.force === 'cascade');
    }
    const draft = draftOf(store, operation, how.isNew);
    putTable(store, fillTable(draft, operation, { store, language: operation.language }, how.isNew));
    if (operation.temporary) writable(store, 'temporary').set(printName(operation.table), true);
  },

  'drop-table'(store, operation, how) {
    if (surely(how)) dropTable(store, operation.table, operation.cascade);
  },

  'rename-table'(store, operation, how) {
    const view = store.cells.views.get(printName(operation.table));
    if (!surely(how)) return;
    if (view !== undefined && tableAt(store, operation.table) === undefined) {
      writable(store, 'views').delete(printName(operation.table));
      putView(store, { ...view, name: operation.to });
      return;
    }
    if (tableAt(store, operation.table) === undefined && how.runs === 'if-exists') return;
    const to = operation.to.schema === null && operation.table.schema !== null ? { ...operation.to, schema: operation.table.schema } : operation.to;
    renameTable(store, operation.table, to);
    if (operation.language !== 'ruby') return;
    alterTable(store, to, (table) => ({
      ...table,
      indexes: table.indexes.map((index) => {
        const columns = indexColumns(index);
        return index.name === railsIndexName(operation.table, columns) ? { ...index, name: railsIndexName(to, columns) } : index;
      }),
    }));
  },

  'set-table-schema'(store, operation, how) {
    if (surely(how)) renameTable(store, operation.table, { ...operation.table, schema: operation.schema });
  },

  'set-table-option'(store, operation, how) {
    if (!surely(how)) return;
    const { option, value } = operation;
    if (option === 'comment') alterTable(store, operation.table, (table) => ({ ...table, comment: value }));
    if (option === 'logged' || option === 'unlogged') alterTable(store, operation.table, (table) => ({ ...table, unlogged: option === 'unlogged' }));
    if (option === 'row-format') alterTable(store, operation.table, (table) => ({ ...table, compressed: /^compressed$/i.test(value ?? '') }));
    if (option === 'other' && isCompressed(value)) alterTable(store, operation.table, (table) => ({ ...table, compressed: true }));
    if (option !== 'convert-charset') return;
    const charset = /^\s*'?(\w+)/.exec(value?.replace(/^\s*(to\s+)?(charset|character\s+set)\s*=?/i, '') ?? '')?.[1]?.toLowerCase() ?? charsetOf(value);
    if (charset === null) return;
    alterTable(store, operation.table, (table) => ({
      ...table,
      columns: new Map([...table.columns].map(([name, column]) => [name, isText(column.type.name) ? { ...column, charset } : column])),
    }));
  },

  'attach-partition'(store, operation, how) {
    if (how.runs === 'maybe') return;
    const partition = tableAt(store, operation.partition) ?? emptyTable(operation.partition);
    putTable(store, { ...partition, partitionOf: operation.table, ...(operation.bounds === null ? {} : { partitionBounds: operation.bounds }) });
    if (partition.isNew && !partition.written) return;
    const parent = tableAt(store, operation.table);
    if (parent?.isNew && !parent.written) putTable(store, { ...parent, written: true });
  },

  'detach-partition'(store, operation, how) {
    const partition = tableAt(store, operation.partition);
    if (partition && surely(how)) putTable(store, { ...partition, partitionOf: null });
  },

  'alter-partitions'(store, operation, how) {
    if (!surely(how)) return;
    const removed = /^\s*remove\s+partitioning/i.test(operation.action);
    const set = /^\s*partition\s+by\b\s*([\s\S]*)/i.exec(operation.action)?.[1] ?? null;
    if (removed || set !== null) alterTable(store, operation.table, (table) => ({ ...table, partitionBy: removed ? null : set }));
  },

  'rename-schema'(store, operation) {
    for (const table of [...store.cells.tables.values()]) {
      if (table.name.schema === operation.schema) renameTable(store, table.name, { ...table.name, schema: operation.to });
    }
    for (const view of [...store.cells.views.values()]) {
      if (view.name.schema !== operation.schema) continue;
      writable(store, 'views').delete(printName(view.name));
      putView(store, { ...view, name: { ...view.name, schema: operation.to } });
    }
  },

  'drop-schema'(store, operation, how) {
    if (!surely(how)) return;
    for (const table of [...store.cells.tables.values()]) if (table.name.schema === operation.schema) dropTable(store, table.name, operation.cascade);
    for (const view of [...store.cells.views.values()]) if (view.name.schema === operation.schema) dropView(store, view.name, operation.cascade);
  },
};
