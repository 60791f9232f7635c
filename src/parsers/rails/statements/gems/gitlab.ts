import { noDefault, type ColumnType, type QualifiedName, type ReferentialAction } from '../../../../operations/index.ts';
import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, given, isFalse, nameText, nameTexts, optionText, qualifiedName, withDefaults, type Options } from '../arguments.ts';
import { columnDefinition } from '../column-definition.ts';
import { constraints } from '../constraints.ts';
import { generatedIndexName, indexColumnsOf } from '../index-definition.ts';
import { emitIndex } from '../indexes.ts';
import type { Lowering, LoweringTable } from '../lowering.ts';
import { foreignKeyName } from '../names.ts';
import { hasLibrary, onPostgres } from '../version.ts';
import { onlineMigrations } from './online-migrations.ts';
import { constraintName, emitTwoStepCheck, inBatches, tableAndColumn } from './steps.ts';

/** Calls that only put work into a queue or keep books. */
const queued = [
  'prepare_async_index', 'prepare_async_index_from_sql', 'prepare_async_index_removal', 'unprepare_async_index', 'unprepare_async_index_by_name', 'prepare_async_foreign_key_validation',
  'prepare_async_check_constraint_validation', 'unprepare_async_foreign_key_validation', 'unprepare_async_check_constraint_validation', 'prepare_partitioned_async_index',
  'queue_batched_background_migration', 'queue_background_migration_jobs_by_range_at_intervals', 'bulk_queue_background_migration_jobs_by_range', 'delete_batched_background_migration',
  'migrate_async', 'migrate_in', 'finalize_batched_background_migration', 'ensure_batched_background_migration_is_finished', 'finalize_background_migration',
  'sidekiq_queue_migrate', 'sidekiq_remove_jobs', 'requeue_background_migration_jobs_by_range_at_intervals', 'backfill_conversion_of_integer_to_bigint',
  'ensure_backfill_conversion_of_integer_to_bigint_is_finished',
];

/** Calls whose steps depend on what the database holds. */
const stepwise: Readonly<Record<string, string>> = {
  undo_cleanup_concurrent_column_rename: 'it adds the old column and the trigger again and copies the rows',
  cleanup_concurrent_column_type_change: 'it drops the trigger and the old column and renames the new one',
  undo_cleanup_concurrent_column_type_change: 'it builds the old column again',
  initialize_conversion_of_integer_to_bigint: 'it adds bigint columns and a trigger that keeps them in step',
  revert_initialize_conversion_of_integer_to_bigint: 'it drops the bigint columns and the trigger',
  cleanup_conversion_of_integer_to_bigint: 'it drops the trigger and the old columns',
  restore_conversion_of_integer_to_bigint: 'it adds the old columns and the trigger again',
  partition_table_by_date: 'it creates a partitioned copy of the table and a trigger that keeps it in step',
  add_concurrent_partitioned_index: 'it builds an index on every partition the database has',
  remove_concurrent_partitioned_index_by_name: 'it drops an index of every partition the database has',
  add_concurrent_partitioned_foreign_key: 'it adds a foreign key to every partition the database has',
  swap_columns: 'it swaps the names of two columns', swap_columns_default: 'it swaps the defaults of two columns',
};

const railsCheck = constraints['add_check_constraint'];

/** GitLab's migration methods, which other applications copy. */
export const gitlab: LoweringTable = {
  ...Object.fromEntries(queued.map((name): [string, Lowering] => [name, (call, host) => { host.emit({ kind: 'other', text: call.verb }); }])),
  ...Object.fromEntries(Object.entries(stepwise).map(([name, reason]): [string, Lowering] => [name, (_call, host) => { host.opaque(reason); }])),
  add_concurrent_index: (call, host) => {
    const [table, columns] = call.args;
    if (!canBeName(table) || columns === undefined) { host.opaque('the table or the columns of the index are not known'); return; }
    emitIndex(table, columns, withDefaults(concurrently(call), call), host, {});
  },
  remove_concurrent_index: (call, host) => {
    const [table, columns] = call.args;
    const named = given(call, 'name');
    removeIndex(call, named ? nameText(named) : canBeName(table) ? generatedIndexName(nameText(table), indexColumnsOf(columns), host) : null, nameTexts(columns), host);
  },
  remove_concurrent_index_by_name: (call, host) => {
    const named = given(call, 'name') ?? call.args[1];
    removeIndex(call, canBeName(named) ? nameText(named) : null, [], host);
  },
  add_concurrent_foreign_key: addForeignKey,
  add_text_limit: (call, host) => {
    const limit = call.args[2];
    const target = tableAndColumn(call, host);
    if (target) emitTwoStepCheck(target.table, constraintName(call, `${target.column} max_length`), `char_length(${target.column}) <= ${limit ? nameText(limit) : '?'}`, !isFalse(call, 'validate'), target.column, host);
  },
  change_column_type_concurrently: (call, host) => {
    const target = tableAndColumn(call, host);
    const type = call.args[2];
    if (!target) return;
    if (!canBeName(type)) { host.opaque('the new type is not known'); return; }
    startCopy(target.table, target.column, `${target.column}_for_type_change`, columnDefinition('', type, call, host).type, host);
  },
  undo_change_column_type_concurrently: (call, host) => {
    const target = tableAndColumn(call, host);
    if (target) dropCopy(target.table, target.column, `${target.column}_for_type_change`, host);
  },
  rename_column_concurrently: (call, host) => {
    const target = tableAndColumn(call, host);
    const to = call.args[2];
    if (!target) return;
    if (!canBeName(to)) { host.opaque('the new name is not known'); return; }
    const type = given(call, 'type');
    startCopy(target.table, target.column, nameText(to), type ? columnDefinition('', type, call, host).type : { name: `type of ${target.column}`, args: [], dynamic: true }, host);
  },
  undo_rename_column_concurrently: (call, host) => {
    const target = tableAndColumn(call, host);
    const to = call.args[2];
    if (target && canBeName(to)) dropCopy(target.table, target.column, nameText(to), host);
  },
  cleanup_concurrent_column_rename: (call, host) => {
    const target = tableAndColumn(call, host);
    const to = call.args[2];
    if (target) dropCopy(target.table, canBeName(to) ? nameText(to) : target.column, target.column, host);
  },
  remove_text_limit: (call, host) => { onlineMigrations['remove_text_limit_constraint']?.(call, host); },
  validate_text_limit: (call, host) => { onlineMigrations['validate_text_limit_constraint']?.(call, host); },
  add_not_null_constraint: (call, host) => {
    if (hasLibrary(host, 'online_migrations')) { onlineMigrations['add_not_null_constraint']?.(call, host); return; }
    const target = tableAndColumn(call, host);
    const expression = target ? `${target.column} IS NOT NULL` : '';
    if (target) emitTwoStepCheck(target.table, constraintName(call, expression), expression, !isFalse(call, 'validate'), target.column, host);
  },
  /** GitLab's has the name as third argument and validates in a second step; Active Record's has neither. */
  add_check_constraint: (call, host) => {
    const [table, expression, name] = call.args;
    if (!canBeName(table) || !canBeName(expression) || !canBeName(name)) { railsCheck?.(call, host); return; }
    emitTwoStepCheck(qualifiedName(table), nameText(name), nameText(expression), !isFalse(call, 'validate'), null, host);
  },
};

/** Adds the column's copy, keeps both in step with a trigger and fills the copy in batches. Indexes and keys are copied by what the database has. */
function startCopy(table: QualifiedName, column: string, copy: string, type: ColumnType, host: StatementHost): void {
  host.emit({ kind: 'add-column', table, column: { name: copy, type, nullable: true, default: noDefault }, ifNotExists: false });
  host.emit({ kind: 'create-trigger', table, name: syncTrigger(table, column, copy), function: null, events: ['insert', 'update'] });
  host.emit({ kind: 'update-rows', table, columns: [copy], scope: 'all', where: null, mode: inBatches });
}

/** Takes the trigger away, then one of the two columns. */
function dropCopy(table: QualifiedName, column: string, dropped: string, host: StatementHost): void {
  host.emit({ kind: 'drop-trigger', table, name: syncTrigger(table, column, dropped), ifExists: true });
  host.emit({ kind: 'drop-column', table, column: dropped, ifExists: false, cascade: false });
}

function syncTrigger(table: QualifiedName, first: string, second: string): string {
  return `trigger_${table.name}_${[first, second].sort().join('_')}`;
}

function concurrently(call: StatementCall): Options {
  const at = call.nameAt;
  return {
    options: new Map([
      ['algorithm', { value: { type: 'symbol', name: 'concurrently', partial: false, at } as const, at }],
      // It passes over an index that is there.
      ['if_not_exists', { value: { type: 'boolean', value: true, at } as const, at }],
    ]),
    optionsComplete: true,
  };
}

function removeIndex(call: StatementCall, name: string | null, columns: readonly string[], host: StatementHost): void {
  const [table] = call.args;
  if (!canBeName(table)) { host.opaque('the table of the index is not known'); return; }
  host.emit({ kind: 'drop-index', table: qualifiedName(table), name: name === null ? null : { schema: null, name }, columns, concurrently: onPostgres(host), ifExists: true, cascade: false, algorithm: null, lock: null });
}

function addForeignKey(call: StatementCall, host: StatementHost): void {
  const [table, to] = call.args;
  const column = given(call, 'column');
  if (!canBeName(table) || !canBeName(to) || !column) { host.opaque('it is not known which tables the foreign key joins'); return; }
  const onDelete = optionText(call, 'on_delete');
  const actions: Readonly<Record<string, ReferentialAction>> = { cascade: 'cascade', nullify: 'set null', restrict: 'restrict' };
  const columns = nameTexts(column);
  const name = given(call, 'name');
  const key = {
    name: name ? nameText(name) : foreignKeyName(nameText(table), columns),
    columns,
    references: qualifiedName(to),
    referencedColumns: nameTexts(given(call, 'target_column')),
    onDelete: call.options.has('on_delete') ? (onDelete !== null && Object.hasOwn(actions, onDelete) ? (actions[onDelete] ?? null) : null) : 'cascade' as const,
    onUpdate: null,
    validated: !onPostgres(host),
  };
  host.emit({ kind: 'add-foreign-key', table: qualifiedName(table), foreignKey: key, ifNotExists: true });
  if (!isFalse(call, 'validate') && onPostgres(host)) host.emit({ kind: 'validate-constraint', table: qualifiedName(table), name: key.name, constraint: 'foreign-key', columns, references: key.references });
}
