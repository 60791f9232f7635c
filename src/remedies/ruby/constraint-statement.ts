import type { ForeignKey, ReferentialAction } from '../../operations/index.ts';
import { isMysql, printName } from '../../operations/index.ts';
import { conventionalKey } from '../model.ts';
import { rubyTable } from './column.ts';
import type { DeedOf } from './deed.ts';
import { rubyString, rubySymbols } from './literal.ts';
import type { RubyStatement, RubyTarget } from './target.ts';
import { rubyCall, since } from './target.ts';

/** `add_foreign_key`; null when this Rails has no option for part of it. */
export function addForeignKeyLine(deed: DeedOf<'add-foreign-key'>, target: RubyTarget): RubyStatement | null {
  const key = deed.foreignKey;
  const actions = [key.onDelete, key.onUpdate].map((action) => (action === null || action === 'no action' ? null : (railsActions[action] ?? undefined)));
  const [onDelete, onUpdate] = actions;
  if (onDelete === undefined || onUpdate === undefined) return null;
  if (!since(target, 5, 2) && (!key.validated || target.version[0] < 5)) return null;
  if ((key.columns.length > 1 && !since(target, 7, 1)) || (key.deferrable && !since(target, 7, 1)) || (deed.ifNotExists && !since(target, 6, 1))) return null;
  const primary = key.referencedColumns.length > 0 && key.referencedColumns.join() !== 'id' ? rubySymbols(key.referencedColumns) : null;
  const line = rubyCall('add_foreign_key', [rubyTable(deed.table, target.c), rubyTable(key.references, target.c)], [
    usualColumn(key) ? null : ['column', rubySymbols(key.columns)],
    primary === null ? null : ['primary_key', primary],
    key.name === null ? null : ['name', rubyString(key.name)],
    onDelete === null ? null : ['on_delete', onDelete],
    onUpdate === null ? null : ['on_update', onUpdate],
    key.deferrable ? ['deferrable', key.initiallyDeferred ? ':deferred' : ':immediate'] : null,
    deed.ifNotExists ? ['if_not_exists', 'true'] : null,
    key.validated || isMysql(target.c.engine) ? null : ['validate', 'false'],
  ]);
  return { lines: [line], reversible: true };
}

/** `add_check_constraint`; null before Rails 6.1. */
export function addCheckLine(deed: DeedOf<'add-check'>, target: RubyTarget): RubyStatement | null {
  if (!since(target, 6, 1) || deed.ifNotExists) return null;
  const { name, expression, validated } = deed.check;
  const line = rubyCall('add_check_constraint', [rubyTable(deed.table, target.c), rubyString(expression)], [
    name === null ? null : ['name', rubyString(name)],
    validated || isMysql(target.c.engine) ? null : ['validate', 'false'],
  ]);
  return { lines: [line], reversible: true };
}

/** `add_unique_constraint`, or a unique index on MySQL; null where this Rails cannot. */
export function addUniqueLine(deed: DeedOf<'add-unique'>, target: RubyTarget): RubyStatement | null {
  const { table, name, columns, usingIndex, deferrable, nullsNotDistinct } = deed;
  if (isMysql(target.c.engine)) {
    return { lines: [rubyCall('add_index', [rubyTable(table, target.c), rubySymbols(columns)], [['unique', 'true'], name === null ? null : ['name', rubyString(name)]])], reversible: true };
  }
  if (!since(target, 7, 1) || (nullsNotDistinct && usingIndex === null)) return null;
  const line = rubyCall('add_unique_constraint', [rubyTable(table, target.c), ...(usingIndex === null ? [rubySymbols(columns)] : [])], [
    name === null ? null : ['name', rubyString(name)],
    usingIndex === null ? null : ['using_index', rubyString(usingIndex)],
    deferrable ? ['deferrable', ':immediate'] : null,
  ]);
  return { lines: [line], reversible: usingIndex === null };
}

/** `validate_foreign_key`, `validate_check_constraint` or `validate_constraint`. Rolling back runs it again, which does no harm. */
export function validateLine(deed: DeedOf<'validate-constraint'>, target: RubyTarget): RubyStatement | null {
  const { table, name, constraint, columns, references } = deed;
  if (!since(target, 5, 2) || constraint === 'not-null') return null;
  const line = (verb: string, args: readonly string[], options: readonly (readonly [string, string] | null)[]): RubyStatement => ({ lines: [rubyCall(verb, [rubyTable(table, target.c), ...args], options)], reversible: true });
  if (constraint === 'foreign-key') {
    if (name !== null) return line('validate_foreign_key', [], [['name', rubyString(name)]]);
    if (references === null) return columns.length === 0 ? null : line('validate_foreign_key', [], [['column', rubySymbols(columns)]]);
    return line('validate_foreign_key', [rubyTable(references, target.c)], [conventional(columns, references.name) ? null : ['column', rubySymbols(columns)]]);
  }
  if (name === null) return null;
  if (constraint === 'check') return since(target, 6, 1) ? line('validate_check_constraint', [], [['name', rubyString(name)]]) : line('validate_constraint', [rubyString(name)], []);
  return line('validate_constraint', [rubyString(name)], []);
}

/** `remove_foreign_key`, `remove_check_constraint` or `remove_unique_constraint`. */
export function removeConstraintLine(deed: DeedOf<'drop-constraint'>, target: RubyTarget): RubyStatement | null {
  const { table, name, constraint, columns, references } = deed;
  if (deed.ifExists || deed.cascade) return null;
  const line = (verb: string, args: readonly string[], options: readonly (readonly [string, string] | null)[]): RubyStatement => ({ lines: [rubyCall(verb, [rubyTable(table, target.c), ...args], options)], reversible: false });
  switch (constraint) {
    case 'foreign-key':
      if (target.version[0] < 5) return null;
      if (name !== null) return line('remove_foreign_key', [], [['name', rubyString(name)]]);
      if (references === null) return columns.length === 0 ? null : line('remove_foreign_key', [], [['column', rubySymbols(columns)]]);
      return { ...line('remove_foreign_key', [rubyTable(references, target.c)], [conventional(columns, references.name) ? null : ['column', rubySymbols(columns)]]), reversible: true };
    case 'check':
      return name !== null && since(target, 6, 1) ? line('remove_check_constraint', [], [['name', rubyString(name)]]) : null;
    case 'unique':
      if (isMysql(target.c.engine)) return name === null ? null : line('remove_index', [], [['name', rubyString(name)]]);
      return name !== null && since(target, 7, 1) ? line('remove_unique_constraint', [], [['name', rubyString(name)]]) : null;
    default:
      return null;
  }
}

const railsActions: Readonly<Partial<Record<ReferentialAction, string>>> = { cascade: ':cascade', 'set null': ':nullify', restrict: ':restrict' };

function usualColumn(key: ForeignKey): boolean {
  return conventional(key.columns, printName(key.references));
}

function conventional(columns: readonly string[], table: string): boolean {
  return columns.length === 0 || (columns.length === 1 && columns[0] === conventionalKey(table));
}
