import { noDefault, type Default } from '../../../operations/index.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, hashOptions, isOn, nameText, noOptions, qualifiedName, truth, withDefaults, type Options } from './arguments.ts';
import { changeColumn } from './change-column.ts';
import { columnDefinition } from './column-definition.ts';
import { defaultOf } from './default.ts';
import { eachOf, guardedBy, type LoweringTable } from './lowering.ts';
import { checkColumnOptions } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { asksFor, hasLibrary, onPostgres } from './version.ts';

/** Statements about columns. */
export const columns: LoweringTable = {
  add_column: addColumn,
  add_columns: addColumns,
  remove_column: removeColumn,
  remove_columns: removeColumns,
  rename_column: (call, host) => {
    const [table, column, to] = call.args;
    if (!canBeName(table) || !canBeName(column) || !canBeName(to)) { host.opaque('it is not known which column is renamed'); return; }
    host.emit({ kind: 'rename-column', table: qualifiedName(table), column: nameText(column), to: nameText(to) });
  },
  change_column: changeColumn,
  change_column_default: changeDefault,
  change_column_null: changeNull,
  change_column_comment: changeComment,
  add_timestamps: addTimestamps,
  remove_timestamps: (call, host) => {
    const [table] = call.args;
    if (!canBeName(table)) { host.opaque('the table is not known'); return; }
    for (const column of ['updated_at', 'created_at']) host.emit({ kind: 'drop-column', table: qualifiedName(table), column, ifExists: false, cascade: false });
  },
};

function addColumn(call: StatementCall, host: StatementHost): void {
  const [table, column, type] = call.args;
  if (!canBeName(table) || !canBeName(column) || !canBeName(type)) { host.opaque('the table, the name or the type of the column is not known'); return; }
  checkColumnOptions(call, host, false);
  emitColumn(table, column, type, call, host);
}

/** Emits one new column of an existing table. */
export function emitColumn(table: Value, column: Value, type: Value, options: Options, host: StatementHost): void {
  host.emit({
    kind: 'add-column',
    table: qualifiedName(table),
    column: columnDefinition(nameText(column), type, options, host),
    ifNotExists: isOn(options, 'if_not_exists'),
  }, undefined, guardedBy(options, 'if_not_exists'));
}

function addColumns(call: StatementCall, host: StatementHost): void {
  const [table, ...names] = call.args;
  const type = given(call, 'type');
  if (!canBeName(table) || !canBeName(type) || !names.length || !names.every(canBeName)) { host.opaque('the table, the names or the type of the columns are not known'); return; }
  for (const name of names) emitColumn(table, name, type, call, host);
}

function removeColumn(call: StatementCall, host: StatementHost): void {
  const [table, column] = call.args;
  if (!canBeName(table) || !canBeName(column)) { host.opaque('it is not known which column is removed'); return; }
  reportIrreversible(call, host);
  host.emit({ kind: 'drop-column', table: qualifiedName(table), column: nameText(column), ifExists: isOn(call, 'if_exists'), cascade: false }, undefined, guardedBy(call, 'if_exists'));
}

function removeColumns(call: StatementCall, host: StatementHost): void {
  const [table, ...listed] = call.args;
  const names = eachOf(listed, call, host);
  if (!canBeName(table) || !names.length || !names.every(canBeName)) { host.opaque('it is not known which columns are removed'); return; }
  reportIrreversible(call, host);
  const ifExists = call.options.get('if_exists');
  if (ifExists && truth(ifExists.value) && call.optionsComplete && !host.isSchemaFile) {
    host.problem({ kind: 'ignored-option', call: call.verb, option: 'if_exists', effect: asksFor(host, 7, 1) && call.on === 'table' ? 'Rails raises ArgumentError when the migration runs.' : 'Rails ignores it when several columns are removed at once.', instead: 'one "remove_column ..., if_exists: true" a column', at: ifExists.at, statement: call.at });
  }
  for (const name of names) {
    host.emit({ kind: 'drop-column', table: qualifiedName(table), column: nameText(name), ifExists: false, cascade: false }, names.length > 1 ? name.at : undefined);
  }
}

function changeDefault(call: StatementCall, host: StatementHost): void {
  const [table, column, positional] = call.args;
  if (!canBeName(table) || !canBeName(column)) { host.opaque('it is not known which column\'s default changes'); return; }
  reportIrreversible(call, host);
  const changes = hashOptions(positional);
  const pair = changes?.options.has('from') && changes.options.has('to') ? changes : call;
  const isPair = pair.options.has('from') && pair.options.has('to');
  const to = isPair ? pair.options.get('to')?.value : positional;
  if (to === undefined) { host.opaque('the new default is not known'); return; }
  const from = isPair ? pair.options.get('from')?.value : undefined;
  host.emit({ kind: 'set-default', table: qualifiedName(table), column: nameText(column), default: bareDefault(to), from: from ? bareDefault(from) : null });
}

/** A default whose column's type is not at hand; `nil` takes the default away. */
export function bareDefault(value: Value): Default {
  return value.type === 'nil' ? noDefault : defaultOf(value, { name: '', args: [] });
}

function changeNull(call: StatementCall, host: StatementHost): void {
  const [table, column, allowed, fill] = call.args;
  if (!canBeName(table) || !canBeName(column)) { host.opaque('it is not known which column\'s NULL changes'); return; }
  const nullable = truth(allowed);
  if (allowed === undefined || nullable === null) { host.opaque('it is not known whether NULL is allowed or forbidden'); return; }
  const target = { table: qualifiedName(table), column: nameText(column) };
  if (nullable) { host.emit({ kind: 'drop-not-null', ...target }); return; }
  const filling = fill && fill.type !== 'nil' ? bareDefault(fill) : noDefault;
  const twoSteps = hasLibrary(host, 'safe-pg-migrations') && onPostgres(host) && filling.kind === 'none' && !host.isSchemaFile;
  if (twoSteps) {
    const check = `chk_not_null_${target.table.name}_${target.column}`;
    host.emit({ kind: 'add-check', table: target.table, check: { name: check, expression: `${target.column} IS NOT NULL`, validated: false }, ifNotExists: false });
    host.emit({ kind: 'validate-constraint', table: target.table, name: check, constraint: 'check', columns: [target.column], references: null });
    host.emit({ kind: 'set-not-null', ...target, fill: noDefault });
    host.emit({ kind: 'drop-constraint', table: target.table, name: check, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false });
    return;
  }
  host.emit({ kind: 'set-not-null', ...target, fill: filling });
}

function changeComment(call: StatementCall, host: StatementHost): void {
  const [table, column, positional] = call.args;
  if (!canBeName(table) || !canBeName(column)) { host.opaque('it is not known which column\'s comment changes'); return; }
  reportIrreversible(call, host);
  host.emit({ kind: 'set-column-option', table: qualifiedName(table), column: nameText(column), option: 'comment', value: commentOf(call, positional) });
}

/** The new comment of `change_table_comment` and `change_column_comment`, or null for none. */
export function commentOf(call: StatementCall, positional: Value | undefined): string | null {
  const changes = hashOptions(positional);
  const to = changes?.options.get('to')?.value ?? call.options.get('to')?.value ?? positional;
  return to && to.type !== 'nil' && to.type !== 'hash' ? nameText(to) : null;
}

function addTimestamps(call: StatementCall, host: StatementHost): void {
  const [table] = call.args;
  if (!canBeName(table)) { host.opaque('the table is not known'); return; }
  checkColumnOptions(call, host, false);
  const type: Value = { type: 'symbol', name: 'datetime', partial: false, at: call.nameAt };
  const options = timestampOptions(call, host);
  for (const name of ['created_at', 'updated_at']) emitColumn(table, { type: 'symbol', name, partial: false, at: call.nameAt }, type, options, host);
}

/** The options of timestamp columns by version: NULL allowed before 5.0 but for 3.1 and 3.2, microseconds since 6.0. */
export function timestampOptions(options: Options, host: StatementHost): Options {
  const at = { start: 0, end: 0 };
  const says = given(options, 'null') !== undefined;
  const nullable = { value: { type: 'boolean', value: !asksFor(host, 5, 0) && (asksFor(host, 4, 0) || !asksFor(host, 3, 1)), at }, at } as const;
  const exact = { value: { type: 'number', value: 6, at }, at } as const;
  const withNull = says ? options : { options: new Map([...options.options, ['null', nullable] as const]), optionsComplete: options.optionsComplete };
  if (asksFor(host, 7, 0)) return withNull;
  const precise: Options = asksFor(host, 6, 0) ? { options: new Map([['precision', exact]]), optionsComplete: true } : noOptions;
  return withDefaults(withNull, precise);
}
