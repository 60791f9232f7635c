import { indexColumns, printName } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { Option } from '../rails/call.ts';
import type { StatementHost } from '../rails/host.ts';
import { pluralize, singularize } from '../rails/inflector.ts';
import { given, isOn, nameText, splitName, type Options } from '../rails/statements/arguments.ts';
import { columnDefinition } from '../rails/statements/column-definition.ts';
import { checkOf, exclusionOf, uniqueOf } from '../rails/statements/constraints.ts';
import { foreignKeyOf } from '../rails/statements/foreign-keys.ts';
import { indexDefinition } from '../rails/statements/index-definition.ts';
import { literalText, type Value } from '../rails/value.ts';
import type { DefinedColumn, DefinedConstraint, DefinedForeignKey, DefinedIndex, DefinedOptions, RenamedFrom, WrittenAt } from './defined.ts';

const own: ReadonlySet<string> = new Set(['renamed_from', 'ignore']);

/** The options without those that are Ridgepole's own, and without the named ones. */
export function plainOptions(options: DefinedOptions, ...leftOut: readonly string[]): DefinedOptions {
  return new Map([...options].filter(([name]) => !own.has(name) && !leftOut.includes(name)));
}

/** `renamed_from:` of a column or table, or null. */
export function renamedFromOf(options: DefinedOptions): RenamedFrom | null {
  const option = options.get('renamed_from');
  const name = literalText(option?.value);
  return option && name !== null ? { name, at: option.at } : null;
}

/** A column as `t.column` defines it. */
export function definedColumn(name: string, type: Value, written: DefinedOptions, at: WrittenAt, host: StatementHost, untypedReference: boolean): DefinedColumn {
  const options = plainOptions(written);
  return { name, type, options, column: columnDefinition(name, type, complete(options), host), renamedFrom: renamedFromOf(written), ignored: isOn(complete(written), 'ignore'), untypedReference, written: at };
}

/** An index as `add_index` defines it. */
export function definedIndex(table: Value, columns: Value, written: DefinedOptions, at: WrittenAt, host: StatementHost): DefinedIndex {
  const options = plainOptions(written);
  const index = indexDefinition(table, columns, complete(options), host);
  return { columns, options, index, named: given(complete(options), 'name') !== undefined, ignored: isOn(complete(written), 'ignore'), written: at };
}

/** A foreign key as `add_foreign_key` defines it. */
export function definedForeignKey(table: Value, to: Value, written: DefinedOptions, at: WrittenAt, host: StatementHost): DefinedForeignKey {
  const options = plainOptions(written);
  const foreignKey = foreignKeyOf(table, to, complete(options), host);
  const conventional = `${singularize(splitName(nameText(to)).name, host.environment.inflections)}_id`;
  return {
    to, options, foreignKey, named: given(complete(options), 'name') !== undefined, ignored: isOn(complete(written), 'ignore'), written: at,
    spellsOutColumn: literalText(options.get('column')?.value) === conventional,
  };
}

/** A check, unique or exclusion constraint. */
export function definedConstraint(kind: DefinedConstraint['kind'], table: Value, subject: Value, written: DefinedOptions, at: WrittenAt, host: StatementHost): DefinedConstraint {
  const options = plainOptions(written);
  const named = given(complete(options), 'name') !== undefined;
  const common = { kind, subject, options, named, written: at };
  if (kind === 'check') {
    const check = checkOf(table, subject, complete(options), host);
    return { ...common, name: check.name ?? check.expression, text: check.expression.replace(/["`]/g, ''), validated: check.validated };
  }
  if (kind === 'exclusion') {
    const exclusion = exclusionOf(table, subject, complete(options));
    return { ...common, name: exclusion.name ?? exclusion.expression, text: `${exclusion.expression} ${settings(options)}`, validated: true };
  }
  const unique = uniqueOf(table, subject, complete(options));
  return { ...common, name: unique.name ?? unique.columns.join(), text: `${unique.columns.join()} ${settings(options)}`, validated: true };
}

/** What else is compared of a constraint, in a fixed order. */
function settings(options: DefinedOptions): string {
  return [...options].filter(([name]) => name !== 'name' && name !== 'where' && name !== 'using').map(([name, { value }]) => `${name}=${value.type === 'boolean' ? String(value.value) : literalText(value) ?? '?'}`).sort().join(' ');
}

/** All that counts of an index: two with the same text are the same index. */
export function indexText({ index }: DefinedIndex): string {
  const { keys, unique, method, where, include, nullsNotDistinct } = index;
  const parts = keys.map((key) => [key.column ?? key.expression?.replace(/\s+/g, ''), key.order === 'asc' ? undefined : key.order, key.nulls, key.opclass, key.length, key.collation].join('|'));
  return [printName(index.table), parts.join(), unique, method, where?.replace(/[()\s]+/g, ' ').trim().toLowerCase() ?? '', include?.join() ?? '', nullsNotDistinct ?? false].join(' / ');
}

/** The plain columns of an index as a key: indexes without a name are known by them. */
export function indexKey({ index }: DefinedIndex): string {
  return index.keys.every(({ column }) => column !== null) ? indexColumns(index).join() : index.keys.map(({ column, expression }) => column ?? expression).join();
}

/** Options as the lowering tables take them. */
export function complete(options: DefinedOptions): Options {
  return { options, optionsComplete: true };
}

/** An option that nobody wrote. */
export function madeOption(value: Value, at: Span): Option {
  return { value, at };
}

/** The table that `t.references` refers to. */
export function referencedTable(name: string, host: StatementHost, plural: boolean): string {
  return plural ? pluralize(name, host.environment.inflections) : name;
}
