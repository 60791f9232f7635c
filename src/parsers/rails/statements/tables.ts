import type { Deed } from '../../../operations/index.ts';
import { singularize } from '../inflector.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import { literalText, type Value } from '../value.ts';
import { canBeName, given, hashOptions, isDynamic, isOff, isOn, nameText, nameTexts, noOptions, optionText, qualifiedName, splitName, truth, withDefaults, withoutOptions, type Options } from './arguments.ts';
import { changeTable } from './change-table.ts';
import { primaryKeyColumn } from './column-definition.ts';
import { commentOf } from './columns.ts';
import { eachOf, guardedBy, type LoweringTable } from './lowering.ts';
import { joinTableName } from './names.ts';
import { checkTableOptions } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { defaultTableOptions, draftCall, draftReference, draftedTable, tableDraft, type TableDraft } from './table-block.ts';
import { asksFor, onMysql, onPostgres } from './version.ts';

/** Statements about whole tables. */
export const tables: LoweringTable = {
  create_table: createTable,
  create_join_table: createJoinTable,
  drop_table: dropTables,
  drop_join_table: (call, host) => {
    const name = joinTable(call, host);
    if (name) dropTable(name, call, host);
  },
  rename_table: (call, host) => {
    const [table, to] = call.args;
    if (!canBeName(table) || !canBeName(to)) { host.opaque('it is not known which table is renamed'); return; }
    const from = qualifiedName(table);
    const target = qualifiedName(to);
    host.emit({ kind: 'rename-table', table: from, to: { ...target, schema: target.schema ?? from.schema } });
  },
  change_table: changeTable,
  change_table_comment: (call, host) => {
    const [table, positional] = call.args;
    if (!canBeName(table)) { host.opaque('the table is not known'); return; }
    reportIrreversible(call, host);
    host.emit({ kind: 'set-table-option', table: qualifiedName(table), option: 'comment', value: commentOf(call, positional) });
  },
};

function createTable(call: StatementCall, host: StatementHost): void {
  const [table] = call.args;
  if (!canBeName(table)) { host.opaque('the name of the table is not known'); return; }
  checkTableOptions(call, host);
  const draft = tableDraft(table);
  if (!given(call, 'as')) addPrimaryKey(call, draft, host);
  if (call.block) host.runBlock(call.block, (inner) => { draftCall(inner, draft, host); });
  emitTable(call, draft, host);
}

function addPrimaryKey(call: StatementCall, draft: TableDraft, host: StatementHost): void {
  if (isOff(call, 'id')) return;
  const key = given(call, 'primary_key');
  if (key?.type === 'array') { draft.primaryKey = nameTexts(key); return; }
  const id = given(call, 'id');
  const nested = hashOptions(id);
  const symbol = (name: string): Value => ({ type: 'symbol', name, partial: false, at: call.nameAt });
  const asked = nested ? given(nested, 'type') : id?.type === 'boolean' ? undefined : id;
  const own = withoutOptions(withDefaults(nested ?? noOptions, pick(call, ['limit', 'default', 'precision', 'unsigned', 'auto_increment'])), 'type');
  const type = asked ?? symbol('primary_key');
  const column = primaryKeyColumn(key ? nameText(key) : 'id', type, withOldDefault(asked, own, host), host);
  draft.columns.set(column.name, column);
}

/** Up to 5.0 a whole-number key that is asked for by its type does not count by itself (a bigint does on MySQL). */
function withOldDefault(asked: Value | undefined, options: Options, host: StatementHost): Options {
  const text = literalText(asked);
  if (asksFor(host, 5, 1) || (text !== 'integer' && text !== 'bigint') || (text === 'bigint' && onMysql(host)) || !asked) return options;
  return withDefaults(options, { options: new Map([['default', { value: { type: 'nil', at: asked.at }, at: asked.at }]]), optionsComplete: true });
}

function emitTable(call: StatementCall, draft: TableDraft, host: StatementHost): void {
  const written = given(call, 'options');
  const text = written ? nameText(written) : null;
  const partition = text === null ? null : /\bPARTITION\s+BY\s+(.+)$/is.exec(text);
  const inherits = text === null ? null : /\bINHERITS\s*\(([^)]*)\)/i.exec(text);
  const partitionOf = text === null ? null : /\bPARTITION\s+OF\s+([\w."]+)/i.exec(text);
  const bounds = text === null || !partitionOf ? null : /\bPARTITION\s+OF\s+[\w."]+\s+(DEFAULT|FOR\s+VALUES\s[^;]+)/is.exec(text);
  const comment = given(call, 'comment');
  const force = given(call, 'force');
  host.emit(draftedTable(draft, {
    ifNotExists: isOn(call, 'if_not_exists'),
    force: !force || truth(force) === false ? false : literalText(force) === 'cascade' ? 'cascade' : true,
    temporary: isOn(call, 'temporary'),
    unlogged: isOn(call, 'unlogged'),
    fromQuery: given(call, 'as') !== undefined,
    like: null,
    inherits: (inherits?.[1] ?? '').split(',').map((name) => name.trim()).filter(Boolean).map(splitName),
    partitionBy: onPostgres(host) || onMysql(host) ? (partition?.[1]?.trim() ?? null) : null,
    partitionOf: partitionOf?.[1] ? splitName(partitionOf[1]) : null,
    ...(bounds?.[1] ? { partitionBounds: bounds[1].trim() } : {}),
    options: tableOptionsText(text, call, host),
    comment: comment ? nameText(comment) : null,
  }), undefined, guardedBy(call, 'if_not_exists'));
  for (const index of draft.separate) host.emit(index.deed, index.at, guardedBy(call, 'if_not_exists'));
}

function tableOptionsText(written: string | null, call: Options, host: StatementHost): string | null {
  const charset = optionText(call, 'charset');
  const collation = optionText(call, 'collation');
  const parts = [written ?? defaultTableOptions(host), charset === null ? null : `DEFAULT CHARSET=${charset}`, collation === null ? null : `COLLATE=${collation}`];
  return parts.filter((part) => part !== null).join(' ') || null;
}

function createJoinTable(call: StatementCall, host: StatementHost): void {
  const [first, second] = call.args;
  const name = joinTable(call, host);
  if (!name || !canBeName(first) || !canBeName(second)) return;
  checkTableOptions(call, host);
  const draft = tableDraft(name);
  const at = call.nameAt;
  const defaults: Options = {
    options: new Map([
      ['null', { value: { type: 'boolean', value: false, at }, at }],
      ['index', { value: { type: 'boolean', value: false, at }, at }],
    ]),
    optionsComplete: true,
  };
  const options = withDefaults(hashOptions(given(call, 'column_options')) ?? noOptions, defaults);
  for (const table of [first, second]) {
    const text = isDynamic(table) ? nameText(table) : singularize(onPostgres(host) ? splitName(nameText(table)).name : nameText(table), host.environment.inflections);
    const reference: Value = { type: 'symbol', name: text, partial: isDynamic(table), at: table.at };
    draftReference(reference, { ...call, options: options.options, optionsComplete: options.optionsComplete }, draft, host);
  }
  if (call.block) host.runBlock(call.block, (inner) => { draftCall(inner, draft, host); });
  emitTable(call, draft, host);
}

/** The name of the table that joins two others; reports what is not known and gives null. */
function joinTable(call: StatementCall, host: StatementHost): Value | null {
  const [first, second] = call.args;
  const named = given(call, 'table_name');
  if (named) return named;
  if (!canBeName(first) || !canBeName(second)) { host.opaque('it is not known which tables are joined'); return null; }
  return { type: 'symbol', name: joinTableName(nameText(first), nameText(second)), partial: isDynamic(first) || isDynamic(second), at: first.at };
}

function dropTables(call: StatementCall, host: StatementHost): void {
  const names = eachOf(call.args, call, host);
  if (!names.length || !names.every(canBeName)) { host.opaque('it is not known which table is dropped'); return; }
  reportIrreversible(call, host);
  for (const name of names) dropTable(name, call, host, names.length > 1);
}

function dropTable(name: Value, call: StatementCall, host: StatementHost, several = false): void {
  const deed: Deed<'drop-table'> = { kind: 'drop-table', table: qualifiedName(name), ifExists: isOn(call, 'if_exists'), cascade: optionText(call, 'force') === 'cascade' };
  host.emit(deed, several ? name.at : undefined, guardedBy(call, 'if_exists'));
}

function pick(call: Options, names: readonly string[]): Options {
  return { options: new Map([...call.options].filter(([name]) => names.includes(name))), optionsComplete: true };
}
