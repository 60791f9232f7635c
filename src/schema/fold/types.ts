import type { ColumnDefinition, QualifiedName } from '../../operations/index.ts';
import { putTable, typeKey, writable } from '../store.ts';
import type { EnumType, Store } from '../store.ts';
import { withoutColumn } from '../table-parts.ts';
import { append, surely } from './fold.ts';
import type { Folds } from './fold.ts';

function changeEnum(store: Store, type: QualifiedName, change: (type: EnumType) => EnumType): void {
  const before = store.cells.enums.get(typeKey(type));
  if (before !== undefined) writable(store, 'enums').set(typeKey(type), change(before));
}

function withValue(values: readonly string[], value: string, before: string | null, after: string | null): readonly string[] {
  const at = before !== null ? values.indexOf(before) : after !== null ? values.indexOf(after) + 1 : values.length;
  return at < 0 || (after !== null && at === 0) ? append(values, value) : [...values.slice(0, at), value, ...values.slice(at)];
}

/** Columns of the type get the type's new name. */
function renameColumnType(store: Store, from: string, to: string): void {
  for (const table of store.cells.tables.values()) {
    if (![...table.columns.values()].some((column) => typeKey(column.type.name) === from)) continue;
    const columns = new Map([...table.columns].map(([name, column]) => [name, typeKey(column.type.name) === from ? { ...column, type: { ...column.type, name: to } } : column]));
    putTable(store, { ...table, columns });
  }
}

/** A default is the label, whatever it is called. */
function renameDefaults(store: Store, type: string, from: string, to: string): void {
  const follows = ({ type: { name }, default: value }: ColumnDefinition) => value.kind === 'constant' && value.value === from && typeKey(name) === type;
  for (const table of store.cells.tables.values()) {
    if (![...table.columns.values()].some(follows)) continue;
    putTable(store, { ...table, columns: new Map([...table.columns].map(([name, column]) => [name, follows(column) ? { ...column, default: { kind: 'constant', value: to } } : column])) });
  }
}

/** Each label that is added copies those before it; more labels than this are in no enum that a person wrote. */
const mostLabels = 5000;

/** Folds of the operations on types. */
export const typeFolds: Folds = {
  'create-enum'(store, operation, how) {
    const key = typeKey(operation.type);
    if (how.runs !== 'runs' && store.cells.enums.has(key)) return;
    writable(store, 'enums').set(key, { name: operation.type, values: operation.values, isNew: how.isNew, newValues: new Set() });
  },

  'add-enum-value'(store, operation, how) {
    changeEnum(store, operation.type, (type) => (type.values.length >= mostLabels || type.values.includes(operation.value) ? type : {
      ...type,
      values: withValue(type.values, operation.value, operation.before, operation.after),
      newValues: how.isNew ? new Set(type.newValues).add(operation.value) : type.newValues,
    }));
  },

  'rename-enum-value'(store, operation, how) {
    if (!surely(how)) return;
    changeEnum(store, operation.type, (type) => ({ ...type, values: type.values.map((value) => (value === operation.value ? operation.to : value)), newValues: new Set([...type.newValues].map((value) => (value === operation.value ? operation.to : value))) }));
    renameDefaults(store, typeKey(operation.type), operation.value, operation.to);
  },

  'rename-type'(store, operation, how) {
    if (!surely(how)) return;
    const from = typeKey(operation.type);
    const name = { ...operation.type, name: operation.to };
    const to = typeKey(name);
    const enumType = store.cells.enums.get(from);
    if (enumType !== undefined) writable(store, 'enums').delete(from);
    if (enumType !== undefined) writable(store, 'enums').set(to, { ...enumType, name });
    const domain = store.cells.domains.get(from);
    if (domain !== undefined) writable(store, 'domains').delete(from);
    if (domain !== undefined) writable(store, 'domains').set(to, { ...domain, name });
    renameColumnType(store, from, to);
  },

  'drop-type'(store, operation, how) {
    if (!surely(how)) return;
    const key = typeKey(operation.type);
    writable(store, 'enums').delete(key);
    writable(store, 'domains').delete(key);
    if (!operation.cascade) return;
    for (const table of [...store.cells.tables.values()]) {
      let after = table;
      for (const column of table.columns.values()) if (typeKey(column.type.name) === key) after = withoutColumn(after, column.name, 'go');
      if (after !== table) putTable(store, after);
    }
  },

  'create-domain'(store, operation, how) {
    const key = typeKey(operation.type);
    if (how.runs !== 'runs' && store.cells.domains.has(key)) return;
    writable(store, 'domains').set(key, { name: operation.type, base: operation.base, constrained: operation.constrained });
  },

  'alter-domain'(store, operation) {
    const domain = store.cells.domains.get(typeKey(operation.type));
    if (domain === undefined || (operation.action !== 'add-constraint' && operation.action !== 'set-not-null')) return;
    writable(store, 'domains').set(typeKey(operation.type), { ...domain, constrained: true });
  },
};
