import { mutate } from '../evaluator/assign.ts';
import { hasBlock, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem, itemsOf } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import { joinEmbedded, type Embedded } from '../../../source/embedded.ts';
import { interpolated } from '../evaluator/evaluate.ts';
import { literalText, type Value } from '../value.ts';
import { walkArray } from './array-walk.ts';
import { array, boolean, hash, nil, number, string, unknown } from './make.ts';
import { equal } from './inspect.ts';
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
      return hasBlock(inv) ? walkArray(inv, list) : withoutBlock(inv, list);
  }
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
