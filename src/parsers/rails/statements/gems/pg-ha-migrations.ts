import { noDefault } from '../../../../operations/index.ts';
import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, given, nameText, nameTexts, optionText, qualifiedName, withDefaults, type Options } from '../arguments.ts';
import { columns } from '../columns.ts';
import { checkOf } from '../constraints.ts';
import { emitIndex, indexes } from '../indexes.ts';
import type { Lowering, LoweringTable } from '../lowering.ts';
import { checkName } from '../names.ts';
import { objects } from '../objects.ts';
import { tables } from '../tables.ts';
import { emitTwoStepCheck, tableAndColumn } from './steps.ts';

/** Calls that keep books outside the schema. */
const books = [
  'safe_set_maintenance_work_mem_gb', 'safe_partman_update_config', 'safe_partman_reapply_privileges', 'unsafe_partman_update_config', 'adjust_lock_timeout', 'adjust_statement_timeout',
];

/** pg_ha_migrations' own verbs; the other `safe_`, `unsafe_` and `raw_` calls are the Rails statement of the same name. */
export const pgHaMigrations: LoweringTable = {
  ...Object.fromEntries(books.map((name): [string, Lowering] => [name, (call, host) => { host.emit({ kind: 'other', text: call.verb }); }])),
  safe_partman_create_parent: (_call, host) => { host.opaque('it hands the table to pg_partman, which creates partitions'); },
  unsafe_partman_create_parent: (_call, host) => { host.opaque('it hands the table to pg_partman, which creates partitions'); },
  unsafe_partman_standardize_partition_naming: (_call, host) => { host.opaque('it renames the partitions that the database has'); },
  safe_add_concurrent_partitioned_index: (_call, host) => { host.opaque('it builds an index on every partition the database has'); },
  safe_add_concurrent_index: (call, host) => {
    const [table, on] = call.args;
    if (!canBeName(table) || on === undefined) { host.opaque('the table or the columns of the index are not known'); return; }
    emitIndex(table, on, withDefaults(concurrently(call), call), host, {});
  },
  safe_add_index_on_empty_table: (call, host) => { indexes['add_index']?.(call, host); },
  safe_remove_concurrent_index: (call, host) => { indexes['remove_index']?.({ ...call, ...withDefaults(concurrently(call), call) }, host); },
  safe_add_unvalidated_check_constraint: (call, host) => {
    const [table, expression] = call.args;
    if (!canBeName(table) || !canBeName(expression)) { host.opaque('the table or the condition of the check is not known'); return; }
    host.emit({ kind: 'add-check', table: qualifiedName(table), check: { ...checkOf(table, expression, call, host), validated: false }, ifNotExists: false });
  },
  unsafe_add_check_constraint: (call, host) => {
    const [table, expression] = call.args;
    if (!canBeName(table) || !canBeName(expression)) { host.opaque('the table or the condition of the check is not known'); return; }
    host.emit({ kind: 'add-check', table: qualifiedName(table), check: checkOf(table, expression, call, host), ifNotExists: false });
  },
  safe_rename_constraint: (call, host) => {
    const [table] = call.args;
    const from = given(call, 'from');
    const to = given(call, 'to');
    if (!canBeName(table) || !from || !to) { host.opaque('it is not known which constraint is renamed'); return; }
    host.emit({ kind: 'rename-constraint', table: qualifiedName(table), name: nameText(from), to: nameText(to) });
  },
  unsafe_remove_constraint: (call, host) => {
    const [table] = call.args;
    const name = given(call, 'name');
    if (!canBeName(table)) { host.opaque('the table of the constraint is not known'); return; }
    host.emit({ kind: 'drop-constraint', table: qualifiedName(table), name: name ? nameText(name) : null, constraint: 'unknown', columns: [], references: null, ifExists: false, cascade: false });
  },
  safe_make_column_nullable: (call, host) => {
    const target = tableAndColumn(call, host);
    if (target) host.emit({ kind: 'drop-not-null', ...target });
  },
  unsafe_make_column_not_nullable: (call, host) => {
    const target = tableAndColumn(call, host);
    if (target) host.emit({ kind: 'set-not-null', ...target, fill: noDefault });
  },
  safe_make_column_not_nullable: (call, host) => {
    const target = tableAndColumn(call, host);
    if (!target) return;
    const expression = `${target.column} IS NOT NULL`;
    const name = checkName(target.table.name, expression);
    emitTwoStepCheck(target.table, name, expression, true, target.column, host);
    host.emit({ kind: 'set-not-null', ...target, fill: noDefault });
    host.emit({ kind: 'drop-constraint', table: target.table, name, constraint: 'check', columns: [], references: null, ifExists: false, cascade: false });
  },
  safe_make_column_not_nullable_from_check_constraint: (call, host) => {
    const target = tableAndColumn(call, host);
    if (target) host.emit({ kind: 'set-not-null', ...target, fill: noDefault });
  },
  safe_change_column_default: (call, host) => { columns['change_column_default']?.({ ...call, name: 'change_column_default' }, host); },
  safe_create_enum_type: (call, host) => { objects['create_enum']?.({ ...call, name: 'create_enum' }, host); },
  safe_add_enum_value: (call, host) => { objects['add_enum_value']?.({ ...call, name: 'add_enum_value' }, host); },
  unsafe_rename_enum_value: (call, host) => { objects['rename_enum_value']?.({ ...call, name: 'rename_enum_value' }, host); },
  safe_create_partitioned_table: createPartitioned,
};

/** `safe_create_partitioned_table :events, partition_key: :created_at, type: :range`. */
function createPartitioned(call: StatementCall, host: StatementHost): void {
  const keys = nameTexts(given(call, 'partition_key') ?? given(call, 'key'));
  const at = call.nameAt;
  const text = `PARTITION BY ${(optionText(call, 'type') ?? 'range').toUpperCase()} (${keys.join(', ') || '#{...}'})`;
  const partitioned: Options = { options: new Map([['options', { value: { type: 'string', text: { text, segments: [] }, partial: false, at }, at }]]), optionsComplete: true };
  const own = new Map([...call.options].filter(([name]) => !['partition_key', 'key', 'type', 'infer_primary_key'].includes(name)));
  tables['create_table']?.({ ...call, name: 'create_table', ...withDefaults(partitioned, { options: own, optionsComplete: call.optionsComplete }) }, host);
}

function concurrently(call: StatementCall): Options {
  const at = call.nameAt;
  return { options: new Map([['algorithm', { value: { type: 'symbol', name: 'concurrently', partial: false, at }, at }]]), optionsComplete: true };
}
