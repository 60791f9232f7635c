import type { Option } from '../rails/call.ts';
import type { Value } from '../rails/value.ts';
import { array, boolean, computed, nil, symbol } from '../rails/values/make.ts';
import type { DefinedColumn, DefinedConstraint, DefinedForeignKey, DefinedIndex, DefinedTable, WrittenAt } from './defined.ts';
import type { ColumnAspect, ScriptCall } from './script.ts';

/** The call that makes a table with its columns and constraints. `withIndexes`: its indexes, too (`--create-table-with-index`). */
export function createTableCall(table: DefinedTable, withIndexes: readonly DefinedIndex[]): ScriptCall {
  const inner = [
    ...[...table.columns.values()].filter(({ ignored }) => !ignored).map(({ name, type, options, written }): ScriptCall => ({ name: 'column', args: [named(name, table.table), type], options, written })),
    ...withIndexes.map((index): ScriptCall => ({ name: 'index', args: [index.columns], options: index.options, written: index.written })),
    ...table.constraints.map((constraint): ScriptCall => ({ name: `${constraint.kind}_constraint`, args: [constraint.subject], options: constraint.options, written: constraint.written })),
  ];
  return { name: 'create_table', args: [table.table], options: table.options, inner, written: { ...table.written, at: table.head } };
}

/** A name as a value. */
export function named(name: string, at: Value): Value {
  return computed(name, at.at);
}

/** `add_index`. */
export function addIndexCall(table: DefinedTable, index: DefinedIndex): ScriptCall {
  return { name: 'add_index', args: [table.table, index.columns], options: index.options, written: index.written };
}

/** `remove_index`, by its name where it has one. */
export function removeIndexCall(table: DefinedTable, index: DefinedIndex, written: WrittenAt): ScriptCall {
  const { name } = index.index;
  const byName = index.named && name !== null;
  const columns = array(index.index.keys.map(({ column }) => symbol(column ?? '', index.columns.at)), index.columns.at);
  return { name: 'remove_index', args: byName ? [table.table] : [table.table, index.index.keys.some(({ column }) => column === null) ? index.columns : columns], options: byName ? one('name', named(name, table.table)) : new Map(), written };
}

/** `add_column`; MySQL is told where the column goes. */
export function addColumnCall(table: DefinedTable, column: DefinedColumn, after: string | null, isMysql: boolean): ScriptCall {
  const at = column.type.at;
  const place = !isMysql || column.options.has('after') || column.options.has('first') ? new Map<string, Option>() : after === null ? one('first', boolean(true, at)) : one('after', computed(after, at));
  return { name: 'add_column', args: [table.table, named(column.name, table.table), column.type], options: new Map([...column.options, ...place]), written: column.written };
}

/** `change_column` with NULL and default said whatever they are, as Ridgepole says them. */
export function changeColumnCall(table: DefinedTable, column: DefinedColumn, from: DefinedColumn, changes: ReadonlySet<ColumnAspect>): ScriptCall {
  const at = column.written.at;
  const isVirtual = column.column.generated !== undefined;
  const options = new Map(column.options);
  if (!isVirtual && !options.has('null')) options.set('null', { value: boolean(true, at), at });
  if (!isVirtual && !options.has('default')) options.set('default', { value: nil(at), at });
  if (changes.has('default') && !changes.has('null')) options.delete('null');
  if (from.column.comment !== undefined && column.column.comment === undefined) options.set('comment', { value: nil(at), at });
  return { name: 'change_column', args: [table.table, named(column.name, table.table), column.type], options, written: column.written, changes };
}

/** `add_foreign_key`. */
export function addForeignKeyCall(table: DefinedTable, key: DefinedForeignKey): ScriptCall {
  return { name: 'add_foreign_key', args: [table.table, key.to], options: key.options, written: key.written };
}

/** `remove_foreign_key` or `validate_foreign_key`, by the name where it has one, else by the referenced table. */
export function foreignKeyCall(name: 'remove_foreign_key' | 'validate_foreign_key', table: DefinedTable, key: DefinedForeignKey, written: WrittenAt): ScriptCall {
  if (key.named && key.foreignKey.name !== null) return { name, args: [table.table], options: one('name', named(key.foreignKey.name, table.table)), written };
  return { name, args: [table.table, key.to], options: new Map(), written };
}

/** `add_check_constraint` and its kin. */
export function addConstraintCall(table: DefinedTable, constraint: DefinedConstraint): ScriptCall {
  return { name: `add_${constraint.kind}_constraint`, args: [table.table, constraint.subject], options: constraint.options, written: constraint.written };
}

/** `remove_check_constraint` and its kin. */
export function removeConstraintCall(table: DefinedTable, constraint: DefinedConstraint, written: WrittenAt): ScriptCall {
  return { name: `remove_${constraint.kind}_constraint`, args: [table.table, constraint.subject], options: constraint.options, written };
}

/** `validate_check_constraint`. */
export function validateConstraintCall(table: DefinedTable, constraint: DefinedConstraint): ScriptCall {
  return { name: 'validate_check_constraint', args: [table.table], options: one('name', named(constraint.name, table.table)), written: constraint.written };
}

/** One option. */
export function one(name: string, value: Value): ReadonlyMap<string, Option> {
  return new Map([[name, { value, at: value.at }]]);
}
