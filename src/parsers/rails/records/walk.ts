import { touchedRows } from './written.ts';
import { textOf, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { forgetAssigned } from '../evaluator/branches.ts';
import { within } from '../evaluator/machine.ts';
import { relationOf, special } from '../values/special.ts';
import { hash, unknown } from '../values/make.ts';
import type { Value } from '../value.ts';
import { readRows } from './changes.ts';
import { chained, relationValue, type Relation } from './relation.ts';
import { batchedWalks, groupWalks } from './vocabulary.ts';

/** A walk over rows with a block: what the block does to one record or batch, it does to all of them. */
export function relationLoop(inv: Invocation, relation: Relation): Value {
  const { machine, node, frame, name } = inv;
  const batchedRead = batchedWalks.has(name) || relation.form === 'batches' || (relation.walk?.batchedRead ?? false);
  const byBatch = groupWalks.has(name) || (relation.form === 'batches' && name !== 'each_record');
  const by = byBatch ? 'batches' : 'records';
  const inBatches = name === 'in_batches' || name === 'each_batch' || relation.form === 'batches';
  const item = chained(relation, name, {
    form: byBatch ? (inBatches ? 'query' : 'list') : 'record',
    walk: { by, batchedRead },
    columns: [],
  });
  const before = machine.operations.length;
  forgetAssigned(machine, node, frame);
  const loop = { by, batchedRead, model: relation.constant } as const;
  const value = within(machine, { loop, pinned: machine.context.statement !== null }, () => yieldTo(inv, argumentsFor(inv, relationValue(item, node))));
  forgetAssigned(machine, node, frame);
  if (machine.muted === 0 && !touchedRows(machine.operations, before)) readRows(inv, relation);
  return resultOf(inv, relation, value);
}

function argumentsFor(inv: Invocation, item: Value): readonly Value[] {
  const { name, node, args } = inv;
  switch (name) {
    case 'each_with_index':
      return [item, unknown('index', node)];
    case 'each_with_object':
      return [item, args[0] ?? unknown('memo', node)];
    case 'inject':
    case 'reduce':
      return [unknown('memo', node), item];
    default:
      return [item];
  }
}

function resultOf(inv: Invocation, relation: Relation, value: Value): Value {
  const { name, node } = inv;
  switch (name) {
    case 'each':
    case 'find_each':
    case 'reverse_each':
    case 'each_with_index':
    case 'select':
    case 'filter':
    case 'reject':
    case 'find_all':
    case 'sort_by':
    case 'uniq':
      return relationValue(chained(relation, name, { form: 'list', scope: relation.scope === 'all' && /^(select|filter|reject|find_all)$/.test(name) ? 'filtered' : relation.scope }), node);
    case 'detect':
      return relationValue(chained(relation, name, { form: 'record', scope: 'bounded' }), node);
    case 'map':
    case 'collect':
    case 'filter_map':
    case 'flat_map': {
      const mapped = relationOf(value);
      return mapped ? relationValue({ ...mapped, form: 'list' }, node) : special({ kind: 'result', reads: [], relation, columns: true }, textOf(inv), node, node);
    }
    case 'group_by':
    case 'index_by':
      return hash([[unknown('key', node), relationValue(chained(relation, name, { form: name === 'group_by' ? 'list' : 'record' }), node)]], node, false);
    default:
      return unknownOf(inv);
  }
}
