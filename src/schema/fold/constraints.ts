import { indexColumns, printName } from '../../operations/index.ts';
import type { Check, ForeignKey, OperationOf } from '../../operations/index.ts';
import { mentions, tokenize } from '../expression.ts';
import type { Store } from '../store.ts';
import type { Table } from '../table.ts';
import { isMysqlStore, withCheck, withForeignKey, withUnique } from './definition.ts';
import { alterTable, append, surely } from './fold.ts';
import type { Folds } from './fold.ts';

type Target = OperationOf<'validate-constraint'> | OperationOf<'drop-constraint'>;

/** True when the operation means this foreign key: by its name, or without one by what it gives of columns and the referenced table. */
export function meansForeignKey(operation: Target, key: ForeignKey): boolean {
  if (operation.name !== null) return key.name === operation.name;
  if (operation.constraint !== 'foreign-key') return false;
  return (operation.columns.length === 0 || operation.columns.join() === key.columns.join())
    && (operation.references === null || printName(operation.references) === printName(key.references));
}

/** True when the operation means this check. */
export function meansCheck(operation: Target, check: Check): boolean {
  if (operation.name !== null) return check.name === operation.name;
  if (operation.columns.length === 0) return false;
  if (operation.constraint === 'not-null') return operation.columns.every((column) => isNotNullCheck(check.expression, column));
  return operation.constraint === 'check' && operation.columns.every((column) => mentions(check.expression, column));
}

function isNotNullCheck(expression: string, column: string): boolean {
  const words = tokenize(expression).map((token) => token.text).filter((text) => text !== '(' && text !== ')');
  return words.length === 4 && words[0]?.toLowerCase() === column.toLowerCase() && words.slice(1).join(' ') === 'is not null';
}

function dropped(table: Table, operation: OperationOf<'drop-constraint'>, store: Store): Table {
  const { constraint, name, columns } = operation;
  const any = constraint === 'unknown';
  const without = <T>(list: readonly T[], goes: (item: T) => boolean): readonly T[] => (list.some(goes) ? list.filter((item) => !goes(item)) : list);
  const named = (item: { readonly name: string | null; readonly columns: readonly string[] }) =>
    (name === null ? columns.length > 0 && item.columns.join() === columns.join() : item.name === name);
  const after: Table = {
    ...table,
    foreignKeys: any || constraint === 'foreign-key' ? without(table.foreignKeys, (key) => meansForeignKey(operation, key)) : table.foreignKeys,
    checks: any || constraint === 'check' || constraint === 'not-null' ? without(table.checks, (check) => meansCheck(operation, check)) : table.checks,
    uniques: any || constraint === 'unique' ? without(table.uniques, named) : table.uniques,
    indexes: isMysqlStore(store) && (any || constraint === 'unique')
      ? without(table.indexes, (index) => index.unique && named({ name: index.name, columns: indexColumns(index) })) : table.indexes,
    exclusions: name !== null && (any || constraint === 'exclusion') ? without(table.exclusions, (item) => item === name) : table.exclusions,
  };
  if (constraint === 'primary-key') return { ...after, primaryKey: [] };
  const lists = ['foreignKeys', 'checks', 'uniques', 'indexes', 'exclusions'] as const;
  const found = lists.some((list) => after[list] !== table[list]);
  if (!found && any && name !== null && (name === 'PRIMARY' || name.endsWith('_pkey'))) return { ...table, primaryKey: [] };
  return found ? after : table;
}

function validated(table: Table, operation: OperationOf<'validate-constraint'>): Table {
  const isKey = (key: ForeignKey) => !key.validated && (operation.constraint === 'foreign-key' || operation.constraint === 'unknown') && meansForeignKey(operation, key);
  const isCheck = (check: Check) => !check.validated && operation.constraint !== 'foreign-key' && meansCheck(operation, check);
  const nullable = operation.constraint === 'not-null' ? operation.columns : [];
  const columns = new Map(table.columns);
  for (const name of nullable) {
    const column = columns.get(name);
    if (column && operation.name !== null && !table.checks.some((check) => check.name === operation.name)) columns.set(name, { ...column, nullable: false });
  }
  return {
    ...table,
    columns,
    foreignKeys: table.foreignKeys.map((key) => (isKey(key) ? { ...key, validated: true } : key)),
    checks: table.checks.map((check) => (isCheck(check) ? { ...check, validated: true } : check)),
  };
}

function keyColumns(table: Table, columns: readonly string[], usingIndex: string | null): readonly string[] {
  if (columns.length > 0 || usingIndex === null) return columns;
  const index = table.indexes.find((one) => one.name === usingIndex);
  return index ? indexColumns(index) : [];
}

/** Folds of the operations on constraints. */
export const constraintFolds: Folds = {
  'add-foreign-key'(store, operation, how) {
    const { foreignKey } = operation;
    alterTable(store, operation.table, (table) => {
      const same = (key: ForeignKey) => (foreignKey.name !== null ? key.name === foreignKey.name
        : key.columns.join() === foreignKey.columns.join() && printName(key.references) === printName(foreignKey.references));
      if ((operation.ifNotExists || how.runs !== 'runs') && table.foreignKeys.some(same)) return table;
      return withForeignKey(table, how.runs === 'maybe' ? { ...foreignKey, validated: false } : foreignKey, { store, language: operation.language });
    });
  },

  'add-check'(store, operation, how) {
    const { check } = operation;
    alterTable(store, operation.table, (table) => {
      const same = (other: Check) => (check.name !== null ? other.name === check.name : other.expression === check.expression);
      if ((operation.ifNotExists || how.runs !== 'runs') && table.checks.some(same)) return table;
      return withCheck(table, how.runs === 'maybe' ? { ...check, validated: false } : check, { store, language: operation.language }, null);
    });
  },

  'add-unique'(store, operation, how) {
    if (how.runs === 'maybe') return;
    alterTable(store, operation.table, (table) => {
      const columns = keyColumns(table, operation.columns, operation.usingIndex);
      const rest = operation.usingIndex === null ? table : { ...table, indexes: table.indexes.filter((index) => index.name !== operation.usingIndex) };
      if (how.runs !== 'runs' && operation.name !== null && table.uniques.some((unique) => unique.name === operation.name)) return table;
      return withUnique(rest, { name: operation.name ?? operation.usingIndex, columns }, { store, language: operation.language });
    });
  },

  'add-primary-key'(store, operation, how) {
    if (!surely(how)) return;
    alterTable(store, operation.table, (table) => {
      const primaryKey = keyColumns(table, operation.columns, operation.usingIndex);
      const columns = new Map(table.columns);
      for (const name of primaryKey) {
        const column = columns.get(name);
        if (column?.nullable) columns.set(name, { ...column, nullable: false });
      }
      return { ...table, columns, primaryKey, indexes: operation.usingIndex === null ? table.indexes : table.indexes.filter((index) => index.name !== operation.usingIndex) };
    });
  },

  'add-exclusion'(store, operation, how) {
    if (how.runs !== 'maybe') alterTable(store, operation.table, (table) => ({ ...table, exclusions: append(table.exclusions, operation.name) }));
  },

  'add-not-null'(store, operation, how) {
    if (!surely(how)) return;
    alterTable(store, operation.table, (table) => {
      const column = table.columns.get(operation.column);
      if (operation.validated) return column ? { ...table, columns: new Map(table.columns).set(operation.column, { ...column, nullable: false }) } : table;
      const check: Check = { name: operation.name, expression: `"${operation.column}" IS NOT NULL`, validated: false, notNull: true };
      return { ...table, checks: append(table.checks, check) };
    });
  },

  'validate-constraint'(store, operation, how) {
    if (how.runs !== 'maybe') alterTable(store, operation.table, (table) => validated(table, operation));
  },

  'drop-constraint'(store, operation, how) {
    if (!surely(how)) return;
    alterTable(store, operation.table, (table) => dropped(table, operation, store));
  },

  'alter-constraint'(store, operation, how) {
    const { deferral } = operation;
    if (!surely(how) || !deferral) return;
    alterTable(store, operation.table, (table) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) => (key.name === operation.name ? { ...key, deferrable: deferral !== 'never', initiallyDeferred: deferral === 'deferred' } : key)),
    }));
  },

  'rename-constraint'(store, operation, how) {
    if (!surely(how)) return;
    const renamed = <T extends { readonly name: string | null }>(list: readonly T[]) => list.map((item) => (item.name === operation.name ? { ...item, name: operation.to } : item));
    alterTable(store, operation.table, (table) => ({
      ...table,
      foreignKeys: renamed(table.foreignKeys),
      checks: renamed(table.checks),
      uniques: renamed(table.uniques),
      exclusions: table.exclusions.map((name) => (name === operation.name ? operation.to : name)),
    }));
  },
};
