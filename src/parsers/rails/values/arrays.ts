import { mutate } from '../evaluator/assign.ts';
import { hasBlock, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem, itemsOf, unknownBlock, unknownRounds } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import { joinEmbedded, type Embedded } from '../../../source/embedded.ts';
import { interpolated } from '../evaluator/evaluate.ts';
import { literalText, type Value } from '../value.ts';
import { array, boolean, hash, nil, number, string, unknown } from './make.ts';
import { equal, truth } from './inspect.ts';
import { special } from './special.ts';
import { hole } from './text.ts';

type List = Extract<Value, { type: 'array' }>;

/** Methods that leave the list as it is. */
const same = new Set(['freeze', 'dup', 'clone', 'to_a', 'to_ary', 'entries', 'itself', 'lazy', 'force', 'to_set', 'presence', 'each_entry', 'sort', 'sort_by', 'shuffle', 'with_indifferent_access', 'deep_dup', 'sort!', 'map_with_index', 'tsort']);

/** A method of an array (or of anything whose items are known); undefined when it is none that is known. */
export function arrayMethod(inv: Invocation, list: List): Value | undefined {
  const { name, args, node } = inv;
  if (same.has(name)) return list;
  const [first] = args;
  switch (name) {
    case '+':
    case 'concat':
    case '|':
    case 'union':
      return kept(inv, array(dedupe(name === '|' || name === 'union', [...list.items, ...args.flatMap(itemsIn)]), node, list.complete && args.every(isWhole)), name === 'concat');
    case '-':
    case 'difference':
    case 'excluding':
    case 'without': {
      const out = name === '-' || name === 'difference' ? args.flatMap(itemsIn) : args;
      return array(list.items.filter((item) => !out.some((other) => equal(item, other) === true)), node, list.complete && (name === '-' ? args.every(isWhole) : true));
    }
    case '&':
    case 'intersection':
      return array(list.items.filter((item) => args.flatMap(itemsIn).some((other) => equal(item, other) === true)), node, list.complete && args.every(isWhole));
    case '<<':
    case 'push':
    case 'append':
      return kept(inv, array([...list.items, ...args], list.at, list.complete && list.items.length < limits.items), true);
    case 'unshift':
    case 'prepend':
      return kept(inv, array([...args, ...list.items], list.at, list.complete), true);
    case '*':
      if (first?.type === 'number' && first.value * list.items.length <= limits.items && first.value >= 0) return array(Array.from({ length: Math.floor(first.value) }, () => list.items).flat(), node, list.complete);
      return first?.type === 'string' ? join(list, first, inv) : unknownOf(inv);
    case 'join':
      return join(list, first, inv);
    case 'first':
    case 'take':
    case 'last':
    case 'drop':
      return ends(inv, list);
    case '[]':
    case 'at':
    case 'fetch':
    case 'dig':
    case 'slice':
      return element(inv, list);
    case 'values_at':
      return array(args.map((arg) => (arg.type === 'number' ? list.items[arg.value] ?? nil(node) : unknown('?', node))), node);
    case 'length':
    case 'size':
      return list.complete && !hasBlock(inv) ? number(list.items.length, node) : undefined;
    case 'count':
      return list.complete && !hasBlock(inv) && args.length === 0 ? number(list.items.length, node) : undefined;
    case 'empty?':
    case 'blank?':
      return list.items.length > 0 || list.complete ? boolean(list.items.length === 0, node) : undefined;
    case 'present?':
      return list.items.length > 0 || list.complete ? boolean(list.items.length > 0, node) : undefined;
    case 'include?':
    case 'member?':
    case 'exclude?': {
      if (!first) return undefined;
      const answers = list.items.map((item) => equal(item, first));
      const found = answers.includes(true) ? true : answers.includes(null) || !list.complete ? null : false;
      return found === null ? undefined : boolean(found === (name !== 'exclude?'), node);
    }
    case 'flatten':
      return array(flatten(list.items).slice(0, limits.items), node, list.complete);
    case 'compact':
    case 'compact_blank':
      return array(list.items.filter((item) => item.type !== 'nil'), node, list.complete);
    case 'reverse':
      return array(list.items.toReversed(), node, list.complete);
    case 'uniq':
      return hasBlock(inv) ? undefined : array(dedupe(true, list.items), node, list.complete);
    case 'to_h':
    case 'zip':
    case 'product':
    case 'transpose':
    case 'each_slice':
    case 'in_groups_of':
    case 'each_cons':
    case 'combination':
      return shapes(inv, list);
    case 'join_with':
      return undefined;
    default:
      return hasBlock(inv) ? walk(inv, list) : withoutBlock(inv, list);
  }
}

/** Walks with a block. */
function walk(inv: Invocation, list: List): Value | undefined {
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
      if (name === 'reverse_each') return walk({ ...inv, name: 'each' }, { ...list, items: list.items.toReversed() });
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

function withoutBlock(inv: Invocation, list: List): Value | undefined {
  switch (inv.name) {
    case 'any?':
      return list.items.length > 0 && inv.args.length === 0 ? boolean(true, inv.node) : list.complete ? boolean(false, inv.node) : undefined;
    case 'none?':
      return list.complete && inv.args.length === 0 ? boolean(list.items.length === 0, inv.node) : undefined;
    case 'each':
    case 'map':
    case 'each_with_index':
    case 'with_index':
    case 'each_with_object':
      return special({ kind: 'grouped', source: list, by: inv.name }, 'each', inv.node, inv.node);
    case 'delete':
      return kept(inv, array(list.items.filter((item) => !inv.args.some((arg) => equal(item, arg) === true)), list.at, list.complete), true);
    case 'pop':
    case 'shift': {
      const taken = inv.name === 'pop' ? list.items.at(-1) : list.items[0];
      kept(inv, array(inv.name === 'pop' ? list.items.slice(0, -1) : list.items.slice(1), list.at, list.complete), true);
      return taken ?? nil(inv.node);
    }
    case 'min':
    case 'max':
    case 'sum': {
      const values = list.items.map((item) => (item.type === 'number' ? item.value : Number.NaN));
      if (!list.complete || values.length === 0 || values.some(Number.isNaN)) return undefined;
      return number(inv.name === 'min' ? Math.min(...values) : inv.name === 'max' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0), inv.node);
    }
    default:
      return undefined;
  }
}

function shapes(inv: Invocation, list: List): Value | undefined {
  const { name, args, node } = inv;
  switch (name) {
    case 'to_h': {
      const pairs = hasBlock(inv) ? eachItem(inv.machine, list.items, { node, frame: inv.frame }, (item) => yieldTo(inv, [item])) : list.items;
      const entries = pairs.flatMap((pair) => (pair.type === 'array' && pair.items[0] && pair.items[1] ? [[pair.items[0], pair.items[1]] as const] : []));
      return hash(entries, node, list.complete && entries.length === list.items.length);
    }
    case 'zip': {
      const others = args.map((arg) => (arg.type === 'array' ? arg.items : null));
      const zipped = array(list.items.map((item, at) => array([item, ...others.map((other) => other?.[at] ?? (other ? nil(node) : unknown('?', node)))], item.at)), node, list.complete);
      return hasBlock(inv) ? arrayMethod({ ...inv, name: 'each', args: [] }, zipped as List) : zipped;
    }
    case 'product': {
      const other = args[0]?.type === 'array' ? args[0].items : null;
      if (!other || other.length * list.items.length > limits.items) return undefined;
      const all = array(list.items.flatMap((a) => other.map((b) => array([a, b], a.at))), node, list.complete);
      return hasBlock(inv) ? arrayMethod({ ...inv, name: 'each', args: [] }, all as List) : all;
    }
    case 'each_slice':
    case 'in_groups_of': {
      const size = args[0]?.type === 'number' ? Math.floor(args[0].value) : 0;
      if (size < 1) return undefined;
      const groups: Value[] = [];
      for (let at = 0; at < list.items.length; at += size) groups.push(array(list.items.slice(at, at + size), node, list.complete));
      const all = array(groups, node, list.complete);
      return hasBlock(inv) ? arrayMethod({ ...inv, name: 'each', args: [] }, all as List) : all;
    }
    default:
      return undefined;
  }
}

function ends(inv: Invocation, list: List): Value | undefined {
  const count = inv.args[0]?.type === 'number' ? inv.args[0].value : null;
  if (inv.args.length > 0 && count === null) return undefined;
  if (count === null) return inv.name === 'first' ? list.items[0] ?? (list.complete ? nil(inv.node) : undefined) : list.complete ? list.items.at(-1) ?? nil(inv.node) : undefined;
  const items = inv.name === 'first' || inv.name === 'take' ? list.items.slice(0, count) : inv.name === 'drop' ? list.items.slice(count) : list.items.slice(-count);
  return array(items, inv.node, list.complete);
}

function element(inv: Invocation, list: List): Value | undefined {
  const [key, length] = inv.args;
  if (key?.type !== 'number') {
    const range = itemsOf(key ?? nil(inv.node));
    return range && list.complete ? array(range.items.flatMap((at) => (at.type === 'number' && list.items[at.value] ? [list.items[at.value] as Value] : [])), inv.node) : undefined;
  }
  if (length?.type === 'number' && inv.name !== 'dig' && inv.name !== 'fetch') return array(list.items.slice(key.value, key.value + length.value), inv.node, list.complete);
  const item = list.items[key.value < 0 ? list.items.length + key.value : key.value];
  const found = item ?? (list.complete ? nil(inv.node) : undefined);
  return inv.name === 'dig' && length && found ? inv.call(found, 'dig', inv.args.slice(1)) : found;
}

function join(list: List, separator: Value | undefined, inv: Invocation): Value {
  const pieces: Embedded[] = [];
  const between = separator ? (separator.type === 'string' ? separator.text : interpolated(separator, inv.node)) : null;
  let partial = !list.complete || (separator !== undefined && between === null);
  flatten(list.items).forEach((item, at) => {
    if (at > 0 && between) pieces.push(between);
    const piece = item.type === 'string' ? item.text : interpolated(item, item.at);
    partial ||= piece === null || (item.type === 'string' && item.partial);
    pieces.push(piece ?? hole(item.type === 'unknown' ? item.text.slice(0, 60) : '...', item.at));
  });
  if (!list.complete) pieces.push(hole('...', inv.node));
  return pieces.reduce((sum, piece) => sum + piece.text.length, 0) > limits.text ? unknownOf(inv) : string(joinEmbedded(pieces), inv.node, partial);
}

function kept(inv: Invocation, value: Value, inPlace: boolean): Value {
  if (value.type === 'array' && value.items.length > limits.items) return unknownOf(inv);
  if (inPlace) mutate(inv.machine, inv.receiverNode, value, inv.frame);
  return value;
}

function itemsIn(value: Value): readonly Value[] {
  return itemsOf(value)?.items ?? [];
}

function isWhole(value: Value): boolean {
  return itemsOf(value)?.complete ?? (value.type !== 'unknown' && value.type !== 'relation');
}

function flatten(items: readonly Value[], depth = 0): Value[] {
  return items.flatMap((item) => (item.type === 'array' && depth < 20 ? flatten(item.items, depth + 1) : [item]));
}

function dedupe(wanted: boolean, items: readonly Value[]): readonly Value[] {
  if (!wanted) return items;
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = literalText(item);
    if (text === null) return true;
    const key = `${item.type} ${text}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
