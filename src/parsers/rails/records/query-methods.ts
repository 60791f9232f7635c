import { relationLoop } from './walk.ts';
import { hasBlock, textOf, unknownOf, verbOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { silently } from '../evaluator/machine.ts';
import type { Value } from '../value.ts';
import { emitOpaque } from '../evaluator/emit.ts';
import { relationOf, special } from '../values/special.ts';
import { addRows, changeRows, deleteRows, readRows, rowsIn } from './changes.ts';
import { assignedColumns, narrowed } from './conditions.ts';
import { chained, relationValue, type Relation } from './relation.ts';
import { batchedWalks, bulkDeletes, bulkUpdates, finders, groupWalks, inserts, loads, queries, reads, recordDeletes, unmistakable, walks } from './vocabulary.ts';

/** A method of a model or relation that makes, narrows, reads or changes a set of rows. */
export function queryMethod(inv: Invocation, relation: Relation): Value | undefined {
  const { name, node } = inv;
  if (!relation.sure && !unmistakable.has(name) && !finders.has(name) && !(hasBlock(inv) && (walks.has(name) || groupWalks.has(name)))) return unsureMethod(inv, relation);
  if (bulkUpdates.has(name)) return bulkUpdate(inv, relation);
  if (bulkDeletes.has(name)) {
    deleteRows(inv, name === 'delete_by' ? narrowed({ ...inv, name: 'where' }, relation) : relation, relation.form === 'batches' ? 'batches' : 'statement');
    return unknownOf(inv);
  }
  if (recordDeletes.has(name)) {
    const rows = name === 'destroy_by' ? narrowed({ ...inv, name: 'where' }, relation) : relation;
    deleteRows(inv, relation.form === 'batches' ? { ...rows, walk: { by: 'records', batchedRead: true } } : rows, 'records');
    return unknownOf(inv);
  }
  if (inserts.has(name)) return insert(inv, relation);
  if ((name === 'update' || name === 'update!') && relation.form !== 'class') {
    changeRows(inv, relation, assignedColumns(inv.args.at(-1)), 'records');
    return relationValue(chained(relation, name, { form: 'list' }), node);
  }
  if (name === 'to_sql' || name === 'arel') return relationValue(relation, node);
  if (hasBlock(inv) && (walks.has(name) || groupWalks.has(name))) return relationLoop(inv, relation);
  if (groupWalks.has(name)) return name === 'in_batches' || name === 'each_batch' ? relationValue(chained(relation, name, { form: 'batches' }), node) : special({ kind: 'grouped', source: relationValue(relation, node), by: name }, textOf(inv), node, node);
  if (finders.has(name) || /^find_by_\w+!?$/.test(name)) return findRecord(inv, relation);
  if (queries.has(name)) {
    if (hasBlock(inv) && (name === 'scoping' || name === 'unscoped')) return yieldTo(inv, []);
    return relationValue(narrowed(inv, relation), node);
  }
  if (reads.has(name)) return special({ kind: 'result', reads: place(readRows(inv, relation)), relation, columns: name === 'pluck' || name === 'ids' }, textOf(inv), node, node);
  if (loads.has(name) || batchedWalks.has(name) || name === 'each' || name === 'map' || name === 'each_with_index') {
    return relationValue(chained(relation, name, { form: relation.form === 'batches' ? 'batches' : 'list', walk: batchedWalks.has(name) ? { by: 'records', batchedRead: true } : relation.walk }), node);
  }
  return unsureMethod(inv, relation);
}

/** A scope, a class method, or anything else: perhaps it narrows the rows. */
function unsureMethod(inv: Invocation, relation: Relation): Value | undefined {
  const { name, node } = inv;
  if (name.endsWith('?')) return special({ kind: 'result', reads: place(readRows(inv, relation)), relation, columns: false }, textOf(inv), node, node);
  if (/^(==|!=|<=>|\[\]|!|is_a\?|respond_to\?|nil\?|class|inspect|to_s|instance_.*|send|public_send|__send__|try|tap|then|const_get|method|with_options|object_id|hash|\+|-|&|\|)$/.test(name)) {
    if (name === '[]' && relation.form === 'list') return relationValue(chained(relation, name, { form: 'record' }), node);
    return name === '+' || name === '-' || name === '|' || name === '&' ? relationValue(relation, node) : undefined;
  }
  if (hasBlock(inv)) return relation.form === 'class' ? undefined : relationLoop(inv, { ...relation, sure: false });
  const { definition } = relation;
  const scopes = definition?.statements.some((statement) => statement.type === 'call' && statement.name === 'scope' && statement.args[0]?.type === 'symbol' && inv.frame.file.tree.source.text.slice(statement.args[0].start + 1, statement.args[0].end) === name);
  return relationValue(chained(relation, name, { form: 'query', scope: relation.scope === 'bounded' ? 'bounded' : 'filtered', sure: relation.sure && (scopes === true || relation.form !== 'class') }), node);
}

function bulkUpdate(inv: Invocation, relation: Relation): Value {
  const { name, args } = inv;
  const names = args.flatMap((arg) => (arg.type === 'symbol' ? [arg.name] : []));
  const columns = name === 'touch_all' ? [...names, 'updated_at'] : name === 'update_all' ? assignedColumns(args[0]) : names.slice(0, 1);
  changeRows(inv, relation, columns, relation.form === 'batches' ? 'batches' : 'statement', name === 'update_all' ? args.slice(0, 1) : []);
  if (relation.form === 'class' && args.length > 1 && name === 'update_all' && inv.machine.version[0] !== undefined && inv.machine.version[0] >= 4 && !inv.complete) {
    emitOpaque(inv.machine, 'the arguments are not known', textOf(inv), { at: inv.node, verb: verbOf(inv) });
  }
  return unknownOf(inv);
}

function insert(inv: Invocation, relation: Relation): Value {
  const { name, args, node } = inv;
  const record = relationValue(chained(relation, name, { form: 'record', scope: 'bounded', where: [], walk: null }), node);
  if (hasBlock(inv)) silently(inv.machine, () => yieldTo(inv, [record]));
  const positional = /^(import|bulk_)/.test(name) ? args.slice(0, 1) : args;
  const { rows, columns } = rowsIn(positional);
  addRows(inv, relation, columns, rows, positional);
  return /^(insert|upsert|import|bulk)/.test(name) ? unknownOf(inv) : record;
}

function findRecord(inv: Invocation, relation: Relation): Value {
  const { name, args, node } = inv;
  const many = name === 'find' && (args.length > 1 || args[0]?.type === 'array' || relationOf(args[0]) !== null);
  const counted = /^(first|last|take)!?$/.test(name) && args.length > 0;
  if (many || counted) return relationValue(chained(relation, name, { form: 'list', scope: 'bounded' }), node);
  const rows = name === 'find_by' || name === 'find_by!' ? narrowed(inv, relation) : relation;
  const form = name === 'find_or_initialize_by' || name === 'first_or_initialize' ? 'new' : 'record';
  return relationValue(chained(rows, name, { form, scope: 'bounded', columns: form === 'new' ? rowsIn(args).columns : [] }), node);
}

function place(at: number): number[] {
  return at < 0 ? [] : [at];
}
