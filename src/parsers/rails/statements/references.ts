import type { Span } from '../../../source/span.ts';
import { pluralize } from '../inflector.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, hashOptions, isDynamic, isOn, nameText, noOptions, qualifiedName, truth, withDefaults, withoutOptions, type Options } from './arguments.ts';
import { columnDefinition } from './column-definition.ts';
import { emitForeignKey } from './foreign-keys.ts';
import { emitIndex } from './indexes.ts';
import { guardedBy, type LoweringTable } from './lowering.ts';
import { polymorphicIndexName } from './names.ts';
import { checkForeignKeyOptions, checkIndexOptions, checkReferenceOptions } from './options.ts';
import { asksFor, onSqlite, runsBefore, runsOn } from './version.ts';

/** Statements about references. */
export const references: LoweringTable = {
  add_reference: addReference,
  add_belongs_to: addReference,
  remove_reference: removeReference,
  remove_belongs_to: removeReference,
};

/** A reference taken apart: its columns in the order they are added, its index and its foreign key. */
export interface Reference {
  readonly columns: readonly { readonly name: string; readonly type: Value; readonly options: Options }[];
  readonly index: { readonly columns: Value; readonly options: Options; readonly at: Span | null } | null;
  readonly foreignKey: { readonly to: Value; readonly options: Options; readonly at: Span | null } | null;
}

const ownOptions = ['polymorphic', 'index', 'foreign_key', 'type'] as const;

/** Takes a reference apart by the migration version's defaults: the index since 5.0, bigint since 5.1, the short polymorphic index name since 6.1. */
export function referenceOf(table: Value, reference: Value, call: Options, host: StatementHost): Reference {
  const name = nameText(reference);
  const at = reference.at;
  const symbol = (text: string): Value => ({ type: 'symbol', name: text, partial: isDynamic(reference), at });
  const polymorphic = isOn(call, 'polymorphic') ? given(call, 'polymorphic') : undefined;
  const conditional = pick(call, ['if_not_exists', 'if_exists']);
  const columnOptions = withoutOptions(call, ...ownOptions);
  const typeOptions = withDefaults(pick(call, ['null', 'first', 'after', ...(runsOn(host, 7, 1) ? ['if_not_exists'] : [])]), hashOptions(polymorphic) ?? noOptions);
  const idColumn = { name: `${name}_id`, type: given(call, 'type') ?? symbol(defaultType(host)), options: columnOptions };
  const columns = polymorphic ? [{ name: `${name}_type`, type: symbol('string'), options: typeOptions }, idColumn] : [idColumn];
  const columnNames = columns.map((column) => symbol(column.name));

  const index = call.options.get('index');
  const wantsIndex = index ? truth(index.value) !== false : asksFor(host, 5, 0);
  const written = hashOptions(index?.value) ?? noOptions;
  const inherited = runsOn(host, 7, 1) ? withDefaults(written, conditional) : written;
  const shortName = polymorphic && asksFor(host, 6, 1) && !inherited.options.has('name');
  const indexOptions = shortName ? withDefaults(inherited, one('name', symbol(polymorphicIndexName(nameText(table), name)))) : inherited;

  const foreignKey = call.options.get('foreign_key');
  const keyOptions = hashOptions(foreignKey?.value) ?? noOptions;
  const to = given(keyOptions, 'to_table') ?? symbol(isDynamic(reference) ? name : pluralize(name, host.environment.inflections));
  const forced = runsBefore(host, 5, 0) ? keyOptions : withDefaults(one('column', symbol(idColumn.name)), keyOptions);
  return {
    columns,
    index: wantsIndex ? { columns: { type: 'array', items: columnNames, complete: true, at }, options: indexOptions, at: index?.at ?? null } : null,
    foreignKey: foreignKey && truth(foreignKey.value) !== false && !polymorphic
      ? { to, options: runsOn(host, 7, 1) ? withDefaults(forced, conditional) : forced, at: foreignKey.at }
      : null,
  };
}

/** True when an index's name was made up by Active Record although it reached us as an option. */
export function isShortPolymorphicName(reference: Reference, call: Options): boolean {
  const index = hashOptions(call.options.get('index')?.value);
  return reference.index !== null && reference.index.options.options.has('name') && !index?.options.has('name');
}

function addReference(call: StatementCall, host: StatementHost): void {
  const [table, reference] = call.args;
  if (!canBeName(table) || !canBeName(reference)) { host.opaque('the table or the name of the reference is not known'); return; }
  checkReferenceOptions(call, host);
  const parts = referenceOf(table, reference, call, host);
  for (const column of parts.columns) {
    host.emit({
      kind: 'add-column',
      table: qualifiedName(table),
      column: columnDefinition(column.name, column.type, column.options, host),
      ifNotExists: isOn(column.options, 'if_not_exists'),
    }, undefined, guardedBy(column.options, 'if_not_exists'));
  }
  if (parts.index) {
    checkIndexOptions(call, hashOptions(call.options.get('index')?.value) ?? noOptions, host);
    emitIndex(table, parts.index.columns, parts.index.options, host, {
      ...(parts.index.at ? { at: parts.index.at } : {}),
      // The connection names this index, so that the running release decides, not the migration's.
      shortensName: runsOn(host, 7, 1),
      generatedName: isShortPolymorphicName(parts, call),
    });
  }
  if (parts.foreignKey) {
    checkForeignKeyOptions(call, hashOptions(call.options.get('foreign_key')?.value) ?? noOptions, host);
    emitForeignKey(table, parts.foreignKey.to, parts.foreignKey.options, host, parts.foreignKey.at ?? undefined);
  }
}

function removeReference(call: StatementCall, host: StatementHost): void {
  const [table, reference] = call.args;
  if (!canBeName(table) || !canBeName(reference)) { host.opaque('the table or the name of the reference is not known'); return; }
  const name = nameText(reference);
  const ifExists = isOn(call, 'if_exists');
  const foreignKey = call.options.get('foreign_key');
  if (foreignKey && truth(foreignKey.value) !== false) {
    const options = hashOptions(foreignKey.value) ?? noOptions;
    const to = given(options, 'to_table');
    const column = given(options, 'column');
    const constraint = given(options, 'name');
    host.emit({
      kind: 'drop-constraint',
      table: qualifiedName(table),
      name: constraint ? nameText(constraint) : null,
      constraint: 'foreign-key',
      columns: [column ? nameText(column) : `${name}_id`],
      references: to ? qualifiedName(to) : hashOptions(foreignKey.value) ? null : { schema: null, name: pluralize(name, host.environment.inflections), ...(isDynamic(reference) ? { dynamic: true } : {}) },
      ifExists,
      cascade: false,
    }, foreignKey.at, guardedBy(call, 'if_exists'));
  }
  const columns = [`${name}_id`, ...(isOn(call, 'polymorphic') ? [`${name}_type`] : [])];
  for (const column of columns) host.emit({ kind: 'drop-column', table: qualifiedName(table), column, ifExists, cascade: false }, undefined, guardedBy(call, 'if_exists'));
}

function defaultType(host: StatementHost): string {
  if (onSqlite(host)) return 'integer';
  return asksFor(host, 5, 1) ? 'bigint' : 'integer';
}

function pick(call: Options, names: readonly string[]): Options {
  return { options: new Map([...call.options].filter(([name]) => names.includes(name))), optionsComplete: true };
}

function one(name: string, value: Value): Options {
  return { options: new Map([[name, { value, at: value.at }]]), optionsComplete: true };
}
