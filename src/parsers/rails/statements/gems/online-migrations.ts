import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, hashOptions, isFalse, isOff, nameText, nameTexts, noOptions, qualifiedName, truth, withDefaults, type Options } from '../arguments.ts';
import { columnDefinition } from '../column-definition.ts';
import { foreignKeyOf } from '../foreign-keys.ts';
import { emitIndex } from '../indexes.ts';
import type { Lowering, LoweringTable } from '../lowering.ts';
import { referenceOf } from '../references.ts';
import { typeOf } from '../types.ts';
import { onPostgres } from '../version.ts';
import { constraintName, emitCheck, inBatches, tableAndColumn } from './steps.ts';

/** Calls that only put work into a queue: it is done later, outside the migration. */
const queued = [
  'add_index_in_background', 'remove_index_in_background', 'validate_foreign_key_in_background', 'validate_constraint_in_background', 'validate_check_constraint_in_background',
  'validate_not_null_constraint_in_background', 'enqueue_background_data_migration', 'enqueue_background_schema_migration', 'remove_background_data_migration',
  'backfill_column_in_background', 'backfill_columns_in_background', 'backfill_column_for_type_change_in_background', 'backfill_columns_for_type_change_in_background',
  'copy_column_in_background', 'copy_columns_in_background', 'delete_orphaned_records_in_background', 'delete_associated_records_in_background', 'reset_counters_in_background',
  'perform_action_on_relation_in_background', 'ensure_background_data_migration_succeeded', 'ensure_background_schema_migration_succeeded', 'ensure_background_migration_succeeded',
  'enqueue_background_migration', 'run_background_migrations', 'require_safety_assured_reason',
];

/** Calls whose steps depend on what the database holds. */
const stepwise: Readonly<Record<string, string>> = {
  initialize_column_rename: 'it renames the table and puts a view with both column names in its place',
  initialize_columns_rename: 'it renames the table and puts a view with both column names in its place',
  finalize_column_rename: 'it takes the view away and renames the column',
  finalize_columns_rename: 'it takes the view away and renames the columns',
  revert_initialize_column_rename: 'it takes the view away again',
  revert_initialize_columns_rename: 'it takes the view away again',
  revert_finalize_column_rename: 'it puts the view back',
  initialize_table_rename: 'it renames the table and puts a view of the old name in its place',
  finalize_table_rename: 'it takes the view of the old name away',
  revert_initialize_table_rename: 'it takes the view away and renames the table back',
  revert_finalize_table_rename: 'it puts the view back',
  finalize_column_type_change: 'it copies indexes and constraints to the new column and swaps the names',
  finalize_columns_type_change: 'it copies indexes and constraints to the new columns and swaps the names',
  revert_finalize_column_type_change: 'it swaps the columns back',
  swap_column_names: 'it swaps the names of two columns',
};

/** online_migrations' own verbs. */
export const onlineMigrations: LoweringTable = {
  ...Object.fromEntries(queued.map((name): [string, Lowering] => [name, (call, host) => { host.emit({ kind: 'other', text: call.verb }); }])),
  ...Object.fromEntries(Object.entries(stepwise).map(([name, reason]): [string, Lowering] => [name, (_call, host) => { host.opaque(reason); }])),
  add_reference_concurrently: addReferenceConcurrently,
  add_not_null_constraint: (call, host) => { withCheck(call, host, (column) => `${column} IS NOT NULL`); },
  add_text_limit_constraint: (call, host) => {
    const limit = call.args[2];
    withCheck(call, host, (column) => `char_length(${column}) <= ${limit ? nameText(limit) : '?'}`);
  },
  validate_not_null_constraint: validateCheck,
  validate_text_limit_constraint: validateCheck,
  remove_not_null_constraint: removeCheck,
  remove_text_limit_constraint: removeCheck,
  initialize_column_type_change: startTypeChange,
  initialize_columns_type_change: (_call, host) => { host.opaque('it adds columns of the new types and a trigger that keeps them in step'); },
  backfill_column_for_type_change: (call, host) => {
    const target = tableAndColumn(call, host);
    if (target) host.emit({ kind: 'update-rows', table: target.table, columns: [`${target.column}_for_type_change`], scope: 'all', where: null, mode: inBatches });
  },
  cleanup_column_type_change: (call, host) => {
    const target = tableAndColumn(call, host);
    if (!target) return;
    host.emit({ kind: 'drop-column', table: target.table, column: `${target.column}_for_type_change`, ifExists: false, cascade: false });
  },
};

function addReferenceConcurrently(call: StatementCall, host: StatementHost): void {
  const [table, reference] = call.args;
  if (!canBeName(table) || !canBeName(reference)) { host.opaque('the table or the name of the reference is not known'); return; }
  const parts = referenceOf(table, reference, call, host);
  for (const column of parts.columns) host.emit({ kind: 'add-column', table: qualifiedName(table), column: columnDefinition(column.name, column.type, column.options, host), ifNotExists: true });
  if (!isOff(call, 'index')) {
    const at = call.nameAt;
    const concurrently: Options = { options: new Map([['algorithm', { value: { type: 'symbol', name: 'concurrently', partial: false, at }, at }]]), optionsComplete: true };
    const columns = parts.index?.columns ?? { type: 'array' as const, items: parts.columns.map((column) => ({ type: 'symbol' as const, name: column.name, partial: false, at })), complete: true, at };
    emitIndex(table, columns, withDefaults(parts.index?.options ?? noOptions, concurrently), host, {});
  }
  if (!parts.foreignKey) return;
  const options = hashOptions(call.options.get('foreign_key')?.value);
  const foreignKey = foreignKeyOf(table, parts.foreignKey.to, parts.foreignKey.options, host);
  host.emit({ kind: 'add-foreign-key', table: qualifiedName(table), foreignKey: { ...foreignKey, validated: !onPostgres(host) }, ifNotExists: true });
  if (!options || truth(options.options.get('validate')?.value) !== false || !options.options.has('validate')) {
    host.emit({ kind: 'validate-constraint', table: qualifiedName(table), name: foreignKey.name, constraint: 'foreign-key', columns: foreignKey.columns, references: foreignKey.references });
  }
}

function withCheck(call: StatementCall, host: StatementHost, expressionOf: (column: string) => string): void {
  const target = tableAndColumn(call, host);
  if (!target) return;
  const expression = expressionOf(target.column);
  emitCheck(target.table, constraintName(call, expression), expression, call, host);
}

function validateCheck(call: StatementCall, host: StatementHost): void {
  const target = tableAndColumn(call, host);
  if (target) host.emit({ kind: 'validate-constraint', table: target.table, name: constraintName(call, null), constraint: 'check', columns: [target.column], references: null });
}

function removeCheck(call: StatementCall, host: StatementHost): void {
  const target = tableAndColumn(call, host);
  if (target) host.emit({ kind: 'drop-constraint', table: target.table, name: constraintName(call, null), constraint: 'check', columns: [target.column], references: null, ifExists: false, cascade: false });
}

function startTypeChange(call: StatementCall, host: StatementHost): void {
  const target = tableAndColumn(call, host);
  const type = call.args[2];
  if (!target) return;
  if (!canBeName(type)) { host.opaque('the new type is not known'); return; }
  const column = { ...columnDefinition(`${target.column}_for_type_change`, type, call, host), type: typeOf(type, call, host), nullable: !isFalse(call, 'null') };
  host.emit({ kind: 'add-column', table: target.table, column, ifNotExists: false });
  host.emit({ kind: 'create-trigger', table: target.table, name: `${target.table.name}_${nameTexts(call.args[1]).join('_')}_type_change`, function: null, events: ['insert', 'update'] });
}
