import type { RubyNode } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';
import { array, hash, nil, unknown } from '../values/make.ts';
import { equal } from '../values/inspect.ts';
import { relationValue } from '../records/relation.ts';
import { relationOf } from '../values/special.ts';
import { evaluateCall } from './call.ts';
import { evaluate } from './evaluate.ts';
import { scopeOf, type Frame } from './frame.ts';
import { write, type Machine } from './machine.ts';

/** Stores a value in a variable, an element or an attribute. */
export function assign(machine: Machine, target: RubyNode, value: Value, frame: Frame): void {
  switch (target.type) {
    case 'identifier':
      write(machine, scopeOf(frame.scope, target.name), target.name, value);
      return;
    case 'variable':
      write(machine, frame.self.variables, target.name, value);
      return;
    case 'splat':
      if (target.value) assign(machine, target.value, value, frame);
      return;
    case 'call': {
      if (target.name === '[]' && target.receiver) storeElement(machine, target.receiver, target.args.map((arg) => evaluate(machine, arg, frame)), value, frame);
      else if (target.receiver) evaluateCall(machine, { ...target, name: target.name.endsWith('=') ? target.name : `${target.name}=` }, frame, [value]);
      return;
    }
    default:
      for (const inner of target.type === 'body' ? target.body : target.type === 'other' ? target.children : []) assign(machine, inner, unknown('?', inner, inner), frame);
  }
}

/** `a, (b, *c) = value`. */
export function destructure(machine: Machine, targets: readonly RubyNode[], value: Value, frame: Frame): void {
  const rows = relationOf(value);
  if (rows && rows.form !== 'record' && rows.form !== 'new') {
    for (const target of targets) assign(machine, target, relationValue({ ...rows, form: target.type === 'splat' ? 'list' : 'record', scope: target.type === 'splat' ? rows.scope : 'bounded' }, target), frame);
    return;
  }
  const items = value.type === 'array' ? value.items : null;
  const splat = targets.findIndex((target) => target.type === 'splat');
  targets.forEach((target, position) => {
    if (!items || (value.type === 'array' && !value.complete && splat >= 0)) {
      assign(machine, target, items ? unknown('?', value.at) : position === 0 && value.type !== 'unknown' ? value : unknown('?', value.at, value.type === 'unknown' ? value.node : null), frame);
      return;
    }
    if (position === splat) assign(machine, target, array(items.slice(splat, items.length - (targets.length - 1 - splat)), value.at), frame);
    else {
      const item = splat >= 0 && position > splat ? items[items.length - (targets.length - position)] : items[position];
      const inner = target.type === 'multiple-assignment' ? target.targets : target.type === 'other' ? target.children : null;
      if (inner && item) destructure(machine, inner, item, frame);
      else assign(machine, target, item ?? nil(value.at), frame);
    }
  });
}

/** Gives the variable behind a receiver a new value: how `<<`, `push`, `merge!` and the like are kept. */
export function mutate(machine: Machine, receiver: RubyNode | null, value: Value, frame: Frame): void {
  if (receiver?.type === 'identifier' || receiver?.type === 'variable') assign(machine, receiver, value, frame);
  else if (receiver?.type === 'call' && receiver.name === '[]' && receiver.receiver) {
    storeElement(machine, receiver.receiver, receiver.args.map((arg) => evaluate(machine, arg, frame)), value, frame);
  }
}

function storeElement(machine: Machine, receiver: RubyNode, keys: readonly Value[], value: Value, frame: Frame): void {
  if (receiver.type !== 'identifier' && receiver.type !== 'variable') return;
  const before = evaluate(machine, receiver, frame);
  const key = keys[0];
  if (!key || keys.length !== 1) return;
  if (before.type === 'hash') {
    const unsure = before.entries.some(([other]) => equal(other, key) === null);
    const entries = before.entries.filter(([other]) => equal(other, key) !== true);
    assign(machine, receiver, hash([...entries, [key, value]], before.at, before.complete && !unsure), frame);
  } else if (before.type === 'array' && key.type === 'number') {
    const items = [...before.items];
    const at = key.value < 0 ? items.length + key.value : key.value;
    if (at >= 0 && at <= items.length) items[at] = value;
    assign(machine, receiver, array(items, before.at, before.complete && at >= 0 && at <= items.length), frame);
  } else if (before.type === 'array') assign(machine, receiver, unknown('?', before.at), frame);
}
