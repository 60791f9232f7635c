import { mutate } from '../evaluator/assign.ts';
import { hasBlock, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem, unknownRounds } from '../evaluator/iteration.ts';
import { literalText, type Value } from '../value.ts';
import { arrayMethod } from './arrays.ts';
import { array, boolean, computed, hash, nil, number, symbol, unknown } from './make.ts';
import { equal, lookUp, truth } from './inspect.ts';

type Hash = Extract<Value, { type: 'hash' }>;

const same = new Set(['freeze', 'dup', 'clone', 'to_h', 'to_hash', 'itself', 'with_indifferent_access', 'deep_dup', 'presence', 'sort', 'sort_by', 'compare_by_identity']);

/** A method of a hash; undefined when it is none that is known. */
export function hashMethod(inv: Invocation, value: Hash): Value | undefined {
  const { name, args, node } = inv;
  if (same.has(name) && !(name === 'to_h' && hasBlock(inv))) return value;
  const [key] = args;
  switch (name) {
    case '[]':
    case 'fetch':
    case 'dig':
      return element(inv, value);
    case '[]=':
    case 'store': {
      const [at, item] = args;
      if (at && item) mutate(inv.machine, inv.receiverNode, put(value, at, item), inv.frame);
      return item;
    }
    case 'key?':
    case 'has_key?':
    case 'include?':
    case 'member?': {
      const found = key ? lookUp(value, key) : null;
      return found === null ? undefined : boolean(found !== undefined, node);
    }
    case 'merge':
    case 'merge!':
    case 'update':
    case 'deep_merge':
    case 'deep_merge!':
    case 'reverse_merge':
    case 'reverse_merge!':
    case 'with_defaults':
      return merge(inv, value);
    case 'slice':
    case 'extract!':
      return hash(value.entries.filter(([entry]) => args.some((arg) => equal(arg, entry) === true)), node, value.complete);
    case 'except':
    case 'without':
      return hash(value.entries.filter(([entry]) => !args.some((arg) => equal(arg, entry) === true)), node, value.complete);
    case 'delete': {
      const found = key ? lookUp(value, key) : null;
      if (key) mutate(inv.machine, inv.receiverNode, hash(value.entries.filter(([entry]) => equal(entry, key) !== true), value.at, value.complete), inv.frame);
      return found === null ? unknownOf(inv) : found ?? nil(node);
    }
    case 'keys':
      return array(value.entries.map(([entry]) => entry), node, value.complete);
    case 'values':
      return array(value.entries.map(([, item]) => item), node, value.complete);
    case 'values_at':
      return array(args.map((arg) => lookUp(value, arg) ?? unknown('?', node)), node);
    case 'key':
      return value.entries.find(([, item]) => key && equal(item, key) === true)?.[0] ?? (value.complete ? nil(node) : undefined);
    case 'invert':
      return hash(value.entries.map(([entry, item]) => [item, entry] as const), node, value.complete);
    case 'symbolize_keys':
    case 'deep_symbolize_keys':
      return hash(value.entries.map(([entry, item]) => [literalText(entry) === null ? entry : symbol(literalText(entry) ?? '', entry.at), item] as const), node, value.complete);
    case 'stringify_keys':
    case 'deep_stringify_keys':
      return hash(value.entries.map(([entry, item]) => [entry.type === 'symbol' && !entry.partial ? computed(entry.name, entry.at) : entry, item] as const), node, value.complete);
    case 'compact':
      return hash(value.entries.filter(([, item]) => item.type !== 'nil'), node, value.complete);
    case 'length':
    case 'size':
    case 'count':
      return value.complete && !hasBlock(inv) ? number(value.entries.length, node) : undefined;
    case 'empty?':
    case 'blank?':
      return value.complete || value.entries.length > 0 ? boolean(value.entries.length === 0, node) : undefined;
    case 'any?':
    case 'present?':
      return !hasBlock(inv) && (value.complete || value.entries.length > 0) ? boolean(value.entries.length > 0, node) : undefined;
    default:
      return hasBlock(inv) ? walk(inv, value) : arrayMethod(inv, pairs(value));
  }
}

function walk(inv: Invocation, value: Hash): Value | undefined {
  const { machine, node, frame, name } = inv;
  const site = { node, frame };
  const run = (yielded: (entry: readonly [Value, Value]) => readonly Value[]): Value[] => {
    const items = pairs(value).items;
    const results = eachItem(machine, items, site, (_item, at) => yieldTo(inv, yielded(value.entries[at] ?? [nil(node), nil(node)])));
    if (!value.complete && !machine.jump) unknownRounds(machine, site, () => yieldTo(inv, yielded([unknown('key', node), unknown('value', node)])));
    return results;
  };
  const both = ([key, item]: readonly [Value, Value]): readonly Value[] => [array([key, item], key.at)];
  switch (name) {
    case 'each_pair':
      run(both);
      return value;
    case 'each_key':
      run(([key]) => [key]);
      return value;
    case 'each_value':
      run(([, item]) => [item]);
      return value;
    case 'transform_values': {
      const results = run(([, item]) => [item]);
      return hash(value.entries.slice(0, results.length).map(([key], at) => [key, results[at] ?? nil(node)] as const), node, value.complete);
    }
    case 'transform_keys': {
      const results = run(([key]) => [key]);
      return hash(value.entries.slice(0, results.length).map(([, item], at) => [results[at] ?? nil(node), item] as const), node, value.complete);
    }
    case 'select':
    case 'filter':
    case 'reject': {
      const answers = run(both).map(truth);
      const wanted = name !== 'reject';
      const sure = answers.length === value.entries.length && !answers.includes(null);
      return hash(value.entries.filter((_entry, at) => answers[at] === wanted || answers[at] === null), node, value.complete && sure);
    }
    default:
      return arrayMethod(inv, pairs(value));
  }
}

function pairs(value: Hash): Extract<Value, { type: 'array' }> {
  return { type: 'array', items: value.entries.map(([key, item]) => array([key, item], key.at)), complete: value.complete, at: value.at };
}

function element(inv: Invocation, value: Hash): Value | undefined {
  const [key, other] = inv.args;
  const found = key ? lookUp(value, key) : null;
  if (found === null) return undefined;
  if (inv.name === 'dig' && other) return found ? inv.call(found, 'dig', inv.args.slice(1)) : nil(inv.node);
  if (found) return found;
  if (inv.name === 'fetch') return other ?? (hasBlock(inv) && key ? yieldTo(inv, [key]) : unknownOf(inv));
  return nil(inv.node);
}

function merge(inv: Invocation, value: Hash): Value {
  const { args, name, node } = inv;
  const reversed = name.startsWith('reverse') || name === 'with_defaults';
  let result = value;
  for (const arg of args) {
    if (arg.type !== 'hash') {
      if (arg.type !== 'nil') result = { ...result, complete: false };
      continue;
    }
    const [base, over] = reversed ? [arg, result] : [result, arg];
    const entries = [...base.entries.filter(([key]) => lookUp(over, key) === undefined || !over.entries.some(([other]) => equal(other, key) === true)), ...over.entries];
    result = { type: 'hash', entries, complete: base.complete && over.complete, at: node };
  }
  if (name.endsWith('!') || name === 'update') mutate(inv.machine, inv.receiverNode, result, inv.frame);
  return result;
}

function put(value: Hash, key: Value, item: Value): Hash {
  const entries = value.entries.filter(([other]) => equal(other, key) !== true);
  return { ...value, entries: [...entries, [key, item]], complete: value.complete && !value.entries.some(([other]) => equal(other, key) === null) };
}
