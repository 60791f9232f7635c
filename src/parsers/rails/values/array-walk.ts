import { unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem, itemsOf, unknownBlock, unknownRounds } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import type { Value } from '../value.ts';
import { truth } from './inspect.ts';
import { array, boolean, hash, nil, number, unknown } from './make.ts';

type List = Extract<Value, { type: 'array' }>;

/** A walk over a list with a block; undefined for a method that is none that is known. */
export function walkArray(inv: Invocation, list: List): Value | undefined {
  const { machine, node, frame, name, args } = inv;
  const site = { node, frame };
  const run = (yielded: (item: Value, index: number) => readonly Value[]): Value[] => {
    const results = eachItem(machine, list.items, site, (item, index) => yieldTo(inv, yielded(item, index)));
    if (!list.complete && !machine.jump) unknownRounds(machine, site, () => yieldTo(inv, yielded(unknown('item', node), list.items.length)));
    return results;
  };
  const plain = (item: Value): readonly Value[] => [item];
  switch (name) {
    case 'each':
    case 'find_each':
    case 'reverse_each':
      if (name === 'reverse_each') return walkArray({ ...inv, name: 'each' }, { ...list, items: list.items.toReversed() });
      run(plain);
      return list;
    case 'each_with_index':
      run((item, index) => [item, number(index, node)]);
      return list;
    case 'map':
    case 'collect':
    case 'map!':
    case 'flat_map':
    case 'filter_map': {
      const results = run(plain);
      const items = name === 'flat_map' ? results.flatMap((value) => (value.type === 'array' ? value.items : [value])) : name === 'filter_map' ? results.filter((value) => truth(value) !== false) : results;
      const sure = name !== 'filter_map' || results.every((value) => truth(value) !== null);
      return array(items.slice(0, limits.items), node, list.complete && sure && results.length === list.items.length && (name !== 'flat_map' || results.every(isWhole)));
    }
    case 'select':
    case 'filter':
    case 'reject':
    case 'find_all':
    case 'keep_if':
    case 'delete_if':
    case 'find':
    case 'detect':
    case 'any?':
    case 'all?':
    case 'none?':
    case 'partition':
      return sift(inv, list, run(plain));
    case 'each_with_object':
    case 'inject':
    case 'reduce':
      return gather(inv, list, args[0]);
    case 'index_with': {
      const results = run(plain);
      return hash(list.items.slice(0, results.length).map((item, at) => [item, results[at] ?? nil(node)] as const), node, list.complete);
    }
    case 'index_by':
    case 'group_by':
    case 'sum':
    case 'count':
    case 'sort_by':
    case 'min_by':
    case 'max_by':
    case 'uniq':
    case 'find_index':
    case 'tally':
    case 'each_entry':
      run(plain);
      return unknownOf(inv);
    case 'cycle':
      return unknownBlock(inv, [list.items[0] ?? nil(node)]);
    case 'tap':
    case 'then':
    case 'yield_self': {
      const value = yieldTo(inv, [list]);
      return name === 'tap' ? list : value;
    }
    default:
      return undefined;
  }
}

function sift(inv: Invocation, list: List, results: readonly Value[]): Value | undefined {
  const { name, node } = inv;
  const answers = results.map(truth);
  const sure = list.complete && answers.length === list.items.length && !answers.includes(null);
  const chosen = (wanted: boolean): Value[] => list.items.filter((_item, at) => answers[at] === wanted || answers[at] === null);
  switch (name) {
    case 'find':
    case 'detect':
      return answers[0] === true || sure ? list.items[answers.indexOf(true)] ?? nil(node) : undefined;
    case 'any?':
      return answers.includes(true) ? boolean(true, node) : sure ? boolean(false, node) : undefined;
    case 'all?':
      return answers.includes(false) ? boolean(false, node) : sure ? boolean(true, node) : undefined;
    case 'none?':
      return answers.includes(true) ? boolean(false, node) : sure ? boolean(true, node) : undefined;
    case 'partition':
      return sure ? array([array(chosen(true), node), array(chosen(false), node)], node) : undefined;
    case 'reject':
    case 'delete_if':
      return array(chosen(false), node, sure);
    default:
      return array(chosen(true), node, sure);
  }
}

/** `each_with_object` and `inject`: the object is the block's own variable, so it is followed from round to round. */
function gather(inv: Invocation, list: List, initial: Value | undefined): Value | undefined {
  const { machine, node, frame, closure, name } = inv;
  if (!closure || closure.node.type !== 'block') return undefined;
  const withObject = name === 'each_with_object';
  let memo = initial ?? list.items[0] ?? nil(node);
  const memoName = closure.node.parameters[withObject ? 1 : 0]?.name;
  const items = initial ? list.items : list.items.slice(1);
  const holder = new Map<string, Value>();
  const followed = { ...closure, frame: { ...closure.frame, scope: { parent: closure.frame.scope, variables: holder } } };
  eachItem(machine, items, { node, frame }, (item) => {
    if (!withObject || !memoName) {
      memo = yieldTo(inv, [memo, item]);
      return memo;
    }
    holder.set(memoName, memo);
    const parameters = closure.node.parameters.slice(0, 1);
    yieldTo({ ...inv, closure: { ...followed, node: { ...closure.node, parameters } as typeof closure.node } }, parameters[0]?.kind === 'destructured' || item.type !== 'array' ? [item] : [item]);
    memo = holder.get(memoName) ?? memo;
    return memo;
  });
  return list.complete ? memo : unknownOf(inv);
}

function isWhole(value: Value): boolean {
  return itemsOf(value)?.complete ?? (value.type !== 'unknown' && value.type !== 'relation');
}
