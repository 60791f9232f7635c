import { indexColumns } from '../operations/index.ts';
import type { IndexDefinition } from '../operations/index.ts';
import { mentions, renameIn } from './expression.ts';
import type { Policy, Table } from './table.ts';

/** True when an index, unique constraint or the primary key begins with exactly these columns. */
export function linkedPrefix(table: Table, columns: readonly string[]): boolean {
  const begins = (keys: readonly (string | null)[]) => columns.every((column, at) => keys[at] === column);
  return begins(table.primaryKey) || table.uniques.some((unique) => begins(unique.columns)) || table.indexes.some((index) => begins(index.keys.map((key) => key.column)));
}

/** True when the index has the column among its keys or included columns, or names it in an expression or its predicate. */
export function indexUses(index: IndexDefinition, column: string): boolean {
  return indexColumns(index).includes(column)
    || index.include?.includes(column) === true
    || (index.where !== undefined && mentions(index.where, column))
    || index.keys.some((key) => key.expression !== null && mentions(key.expression, column));
}

/** The table without the column, and without the indexes, keys and constraints that go with it. */
export function withoutColumn(table: Table, column: string, indexes: 'go' | 'shrink'): Table {
  const columns = new Map(table.columns);
  columns.delete(column);
  const keeps = (list: readonly string[]) => !list.includes(column);
  return {
    ...table,
    columns,
    newColumns: table.newColumns.has(column) ? new Set([...table.newColumns].filter((name) => name !== column)) : table.newColumns,
    primaryKey: keeps(table.primaryKey) ? table.primaryKey : indexes === 'shrink' ? table.primaryKey.filter((name) => name !== column) : [],
    indexes: kept(table.indexes, (index) => !indexUses(index, column), indexes === 'shrink' ? (index) => shrunk(index, column) : null),
    uniques: kept(table.uniques, (unique) => keeps(unique.columns), null),
    foreignKeys: kept(table.foreignKeys, (key) => keeps(key.columns), null),
    checks: kept(table.checks, (check) => !mentions(check.expression, column), null),
  };
}

function shrunk(index: IndexDefinition, column: string): IndexDefinition | null {
  if (index.where !== undefined && mentions(index.where, column)) return null;
  const keys = index.keys.filter((key) => key.column !== column && !(key.expression !== null && mentions(key.expression, column)));
  return keys.length > 0 ? { ...index, keys } : null;
}

function kept<T>(list: readonly T[], stays: (item: T) => boolean, change: ((item: T) => T | null) | null): readonly T[] {
  if (list.every(stays)) return list;
  return list.flatMap((item) => {
    if (stays(item)) return [item];
    const changed = change?.(item) ?? null;
    return changed === null ? [] : [changed];
  });
}

/** The table with the column under another name, everywhere in the table itself. */
export function withRenamedColumn(table: Table, column: string, to: string): Table {
  const name = (one: string) => (one === column ? to : one);
  const text = (sql: string) => renameIn(sql, column, to);
  const columns = new Map([...table.columns].map(([key, definition]) => {
    const generated = definition.generated && mentions(definition.generated.expression, column)
      ? { ...definition, generated: { ...definition.generated, expression: text(definition.generated.expression) } } : definition;
    return key === column ? [to, { ...generated, name: to }] as const : [key, generated] as const;
  }));
  const own = table.name;
  return {
    ...table,
    columns,
    newColumns: table.newColumns.has(column) ? new Set([...table.newColumns].map(name)) : table.newColumns,
    primaryKey: table.primaryKey.map(name),
    indexes: table.indexes.map((index) => (indexUses(index, column) ? renamedInIndex(index, name, text) : index)),
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      columns: key.columns.map(name),
      referencedColumns: key.references.name === own.name && key.references.schema === own.schema ? key.referencedColumns.map(name) : key.referencedColumns,
    })),
    checks: table.checks.map((check) => ({ ...check, expression: text(check.expression) })),
    uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(name) })),
    triggers: table.triggers.map((trigger) => ({ ...trigger, columns: trigger.columns.map(name), when: trigger.when === null ? null : text(trigger.when) })),
    policies: table.policies.map((policy) => renamedInPolicy(policy, column, to)),
  };
}

/** The policy with a column that it names under another name. */
export function renamedInPolicy(policy: Policy, column: string, to: string): Policy {
  const text = (sql: string | null) => (sql === null ? null : renameIn(sql, column, to));
  return { ...policy, using: text(policy.using), check: text(policy.check) };
}

/** The table without what cannot be without the column besides indexes and constraints: generated columns, triggers and policies that use it. */
export function withoutUsers(table: Table, column: string): Table {
  const uses = (sql: string | null) => sql !== null && mentions(sql, column);
  const generated = [...table.columns.values()].filter((other) => other.generated && mentions(other.generated.expression, column));
  const rest: Table = {
    ...table,
    triggers: table.triggers.filter((trigger) => !trigger.columns.includes(column) && !uses(trigger.when)),
    policies: table.policies.filter((policy) => !uses(policy.using) && !uses(policy.check)),
  };
  return generated.reduce((left, other) => withoutColumn(left, other.name, 'go'), rest);
}

function renamedInIndex(index: IndexDefinition, name: (one: string) => string, text: (sql: string) => string): IndexDefinition {
  return {
    ...index,
    keys: index.keys.map((key) => ({
      ...key,
      column: key.column === null ? null : name(key.column),
      expression: key.expression === null ? null : text(key.expression),
    })),
    ...(index.include ? { include: index.include.map(name) } : {}),
    ...(index.where !== undefined ? { where: text(index.where) } : {}),
  };
}
