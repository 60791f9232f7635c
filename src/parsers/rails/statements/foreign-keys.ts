import type { Deed, ForeignKey, ReferentialAction } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import { singularize } from '../inflector.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, isDynamic, isFalse, isOn, nameText, nameTexts, optionText, qualifiedName, splitName, truth, type Options } from './arguments.ts';
import { guardedBy, type LoweringTable } from './lowering.ts';
import { foreignKeyName } from './names.ts';
import { checkForeignKeyOptions } from './options.ts';
import { reportIrreversible } from './reversal.ts';
import { hasLibrary, onMysql, onPostgres, onSqlite, runsBefore } from './version.ts';

/** Statements about foreign keys. */
export const foreignKeys: LoweringTable = {
  add_foreign_key: addForeignKey,
  remove_foreign_key: removeForeignKey,
  validate_foreign_key: validateForeignKey,
};

const actions: Readonly<Record<string, ReferentialAction>> = { nullify: 'set null', cascade: 'cascade', restrict: 'restrict', set_null: 'set null', no_action: 'no action', set_default: 'set default' };

function addForeignKey(call: StatementCall, host: StatementHost): void {
  const [table, to] = call.args;
  if (!canBeName(table) || !canBeName(to)) { host.opaque('it is not known which tables the foreign key joins'); return; }
  checkForeignKeyOptions(call, call, host);
  emitForeignKey(table, to, call, host);
}

/** Emits the foreign key that the options describe between existing tables. */
export function emitForeignKey(table: Value, to: Value, options: Options, host: StatementHost, at?: Span): void {
  const foreignKey = foreignKeyOf(table, to, options, host);
  const twoSteps = hasLibrary(host, 'safe-pg-migrations') && onPostgres(host) && !options.options.has('validate') && !host.isSchemaFile;
  const emitted: Deed<'add-foreign-key'> = {
    kind: 'add-foreign-key',
    table: qualifiedName(table),
    foreignKey: twoSteps ? { ...foreignKey, validated: false } : foreignKey,
    ifNotExists: isOn(options, 'if_not_exists'),
  };
  host.emit(emitted, at, guardedBy(options, 'if_not_exists'));
  if (twoSteps) host.emit({ kind: 'validate-constraint', table: qualifiedName(table), name: foreignKey.name, constraint: 'foreign-key', columns: foreignKey.columns, references: foreignKey.references }, at);
}

/** The foreign key from `table` to `to`. `inTable`: inside `create_table`, where it is always validated. */
export function foreignKeyOf(table: Value, to: Value, options: Options, host: StatementHost, inTable = false): ForeignKey {
  const references = qualifiedName(to);
  const key = nameTexts(given(options, 'primary_key'));
  const column = given(options, 'column');
  const columns = column ? nameTexts(column) : foreignKeyColumns(to, key.length > 1 ? key : ['id'], host);
  const name = given(options, 'name');
  const known = !isDynamic(table) && !isDynamic(to) && !columns.some((text) => text.includes('#{'));
  const notValid = onPostgres(host) && !inTable && isFalse(options, 'validate') && !runsBefore(host, 5, 2);
  const deferrable = given(options, 'deferrable');
  return {
    name: name ? nameText(name) : known ? foreignKeyName(nameText(table), columns) : null,
    columns,
    references,
    referencedColumns: key,
    onDelete: actionOf(options, 'on_delete'),
    onUpdate: actionOf(options, 'on_update'),
    ...(deferrable && truth(deferrable) && onPostgres(host) ? { deferrable: true, ...(canBeName(deferrable) && nameText(deferrable) === 'deferred' ? { initiallyDeferred: true } : {}) } : {}),
    validated: !notValid,
  };
}

/** `users` refers through `user_id`; a schema in front is dropped on Postgres. */
function foreignKeyColumns(to: Value, key: readonly string[], host: StatementHost): string[] {
  const table = isDynamic(to) ? nameText(to) : onPostgres(host) ? splitName(nameText(to)).name : nameText(to);
  const singular = isDynamic(to) ? table : singularize(table, host.environment.inflections);
  return key.map((column) => `${singular}_${column}`);
}

function actionOf(options: Options, name: string): ReferentialAction | null {
  const text = optionText(options, name)?.toLowerCase().replace(' ', '_') ?? null;
  return text !== null && Object.hasOwn(actions, text) ? (actions[text] ?? null) : null;
}

function removeForeignKey(call: StatementCall, host: StatementHost): void {
  const [table, to] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the foreign key is not known'); return; }
  reportIrreversible(call, host);
  host.emit({ kind: 'drop-constraint', ...targetOf(table, to, call), constraint: 'foreign-key', ifExists: isOn(call, 'if_exists'), cascade: false }, undefined, guardedBy(call, 'if_exists'));
}

function validateForeignKey(call: StatementCall, host: StatementHost): void {
  const [table, to] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the foreign key is not known'); return; }
  if (onMysql(host) || onSqlite(host)) { host.emit({ kind: 'other', text: call.verb }); return; }
  host.emit({ kind: 'validate-constraint', ...targetOf(table, to, call), constraint: 'foreign-key' });
}

function targetOf(table: Value, to: Value | undefined, call: Options): { table: ReturnType<typeof qualifiedName>; name: string | null; columns: string[]; references: ReturnType<typeof qualifiedName> | null } {
  const name = given(call, 'name');
  const target = canBeName(to) ? to : given(call, 'to_table');
  return {
    table: qualifiedName(table),
    name: name ? nameText(name) : null,
    columns: nameTexts(given(call, 'column')),
    references: target ? qualifiedName(target) : null,
  };
}
