import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import type { Value } from '../../value.ts';
import { canBeName, given, nameText, nameTexts, qualifiedName, withDefaults, type Options } from '../arguments.ts';
import type { Lowering, LoweringTable } from '../lowering.ts';
import { tables } from '../tables.ts';

const methods = ['range', 'list', 'hash'] as const;

/** pg_party's verbs. */
export const partitions: LoweringTable = {
  ...Object.fromEntries(methods.flatMap((method): [string, Lowering][] => [
    [`create_${method}_partition`, (call, host) => { createParent(method, call, host); }],
    [`create_${method}_partition_of`, createPartition],
    [`attach_${method}_partition`, attach],
  ])),
  create_default_partition_of: createPartition,
  attach_default_partition: attach,
  detach_partition: (call, host) => {
    const [table, partition] = call.args;
    if (!canBeName(table) || !canBeName(partition)) { host.opaque('it is not known which partition is detached'); return; }
    host.emit({ kind: 'detach-partition', table: qualifiedName(table), partition: qualifiedName(partition), concurrently: false });
  },
  create_table_like: (_call, host) => { host.opaque('it creates a table like another one'); },
};

function createParent(method: string, call: StatementCall, host: StatementHost): void {
  const at = call.nameAt;
  const key = given(call, 'partition_key');
  const text = `PARTITION BY ${method.toUpperCase()} (${key && key.type !== 'lambda' ? nameTexts(key).join(', ') : key ? nameText(key) : '#{...}'})`;
  const partitioned: Options = { options: new Map([['options', { value: { type: 'string', text: { text, segments: [] }, partial: false, at }, at }]]), optionsComplete: true };
  const own = new Map([...call.options].filter(([name]) => !['partition_key', 'template', 'create_with_primary_key'].includes(name)));
  tables['create_table']?.({ ...call, name: 'create_table', ...withDefaults(partitioned, { options: own, optionsComplete: call.optionsComplete }) }, host);
}

function createPartition(call: StatementCall, host: StatementHost): void {
  const [table] = call.args;
  const name = given(call, 'name');
  if (!canBeName(table) || !name) { host.opaque('the partition or its parent is not known'); return; }
  host.emit({
    kind: 'create-table', table: qualifiedName(name), columns: [], primaryKey: [], indexes: [], foreignKeys: [], checks: [], constraints: [], ifNotExists: false, force: false,
    temporary: false, unlogged: false, fromQuery: false, like: null, inherits: [], partitionBy: null, partitionOf: qualifiedName(table), options: null, comment: null,
    ...(bounds(call) === null ? {} : { partitionBounds: bounds(call) ?? '' }),
  });
}

/** The bounds as pg_party writes them; null when they are computed, or for several keys. */
function bounds(call: StatementCall): string | null {
  if (/default/.test(call.name)) return 'DEFAULT';
  const [from, to] = ['start_range', 'end_range'].map((name) => valueText(given(call, name)));
  if (from && to) return `FOR VALUES FROM (${from}) TO (${to})`;
  const list = given(call, 'values');
  const values = list?.type === 'array' && list.complete ? list.items.map(valueText) : [valueText(list)];
  return values.length > 0 && values.every((value) => value !== null) ? `FOR VALUES IN (${values.join(', ')})` : null;
}

function valueText(value: Value | undefined): string | null {
  if (!value || (value.type !== 'number' && ((value.type !== 'string' && value.type !== 'symbol') || value.partial))) return null;
  return `'${nameText(value).replaceAll("'", "''")}'`;
}

function attach(call: StatementCall, host: StatementHost): void {
  const [table, partition] = call.args;
  if (!canBeName(table) || !canBeName(partition)) { host.opaque('it is not known which partition is attached'); return; }
  host.emit({ kind: 'attach-partition', table: qualifiedName(table), partition: qualifiedName(partition), bounds: bounds(call) });
}
