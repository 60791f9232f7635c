import type { Call, Identifier, RubyNode } from '../../ruby/syntax.ts';
import { relationMethod } from '../records/methods.ts';
import type { Value } from '../value.ts';
import { arrayMethod } from '../values/arrays.ts';
import { hashMethod } from '../values/hashes.ts';
import { nil, unknown } from '../values/make.ts';
import { numberMethod } from '../values/numbers.ts';
import { objectMethod } from '../values/object.ts';
import { closureOf, relationOf, roleIs, type Closure } from '../values/special.ts';
import { stringMethod } from '../values/strings.ts';
import { assignedNames } from './assigned.ts';
import { constantMethod } from './constant-call.ts';
import { constantValue } from './constants.ts';
import { emitOpaque, exhaust } from './emit.ts';
import { evaluate } from './evaluate.ts';
import { activation, lookUpLocal, type Frame } from './frame.ts';
import { unknownOf, type Invocation } from './invocation.ts';
import { activated, silently, sourceText, type Machine } from './machine.ts';
import { roleMethod } from './role-call.ts';
import { selfCall } from './self-call.ts';

/** A call as written. `more` are arguments that stand outside it: the value of an attribute write. */
export function evaluateCall(machine: Machine, node: Call, frame: Frame, more: readonly Value[] = []): Value {
  const links: Call[] = [node];
  for (let next = node.receiver; next?.type === 'call'; next = next.receiver) links.push(next);
  const innermost = links.at(-1)?.receiver ?? null;
  let value: Value | null = innermost ? evaluateReceiver(machine, innermost, links.at(-1) ?? node, frame) : null;
  for (const link of links.reverse()) {
    if (machine.jump || machine.exhausted) return nil(node);
    machine.budget.steps -= 1;
    value = evaluateLink(machine, link, value, frame, link === node ? more : []);
  }
  return value ?? nil(node);
}

/** One call of a chain, its receiver being evaluated: long chains do not nest. */
function evaluateLink(machine: Machine, node: Call, receiver: Value | null, frame: Frame, more: readonly Value[]): Value {
  if (node.safe && receiver?.type === 'nil') return receiver;
  const evaluated = (): ReturnType<typeof evaluateArguments> => evaluateArguments(machine, node.args, frame);
  const { args, complete, keywords } = node.receiver === null && namesOnly.has(node.name) ? silently(machine, evaluated) : evaluated();
  const running = activation();
  let closure: Closure | null = null;
  let pass: Invocation['pass'] = null;
  if (node.block?.type === 'block') closure = { node: node.block, frame: { ...frame, loop: running } };
  else if (node.block?.type === 'block-pass') {
    const given = node.block.value ? evaluate(machine, node.block.value, frame) : null;
    closure = given ? closureOf(given) : frame.given;
    pass = passOf(given);
    if (given?.type === 'unknown' && !closure && !pass) emitOpaque(machine, 'the block is not known', sourceText(frame.file, node), { at: node, verb: node.name });
  } else if (node.args.some((arg) => arg.type === 'other' && arg.what === '...')) closure = frame.given;
  if (machine.jump) return nil(node);
  const isSelf = node.receiver?.type === 'literal' && node.receiver.value === 'self';
  return activated(machine, running, () => {
    const value = dispatch({
      machine, frame, name: node.name, receiver: isSelf ? null : receiver, receiverNode: isSelf ? null : node.receiver, args: more.length > 0 ? [...args, ...more] : args,
      complete, keywords, closure, pass, node, nameAt: node.nameSpan, call: caller(machine, frame, node),
    });
    if (machine.jump?.kind !== 'break' || !node.block) return value;
    const left = machine.jump.value;
    machine.jump = null;
    return left ?? nil(node);
  });
}

/** A bare name that is no local variable: a call without arguments. */
export function evaluateIdentifier(machine: Machine, node: Identifier, frame: Frame): Value {
  if (frame.running && assignedNames(frame.running.def).some(({ name, inPlace }) => name === node.name && !inPlace)) return unknown(node.name, node, node);
  return dispatch({
    machine, frame, name: node.name, receiver: null, receiverNode: null, args: [], complete: true, keywords: false, closure: null, pass: null, node, nameAt: node, call: caller(machine, frame, node),
  });
}

/** Calls a method on a value, without a block: for operators, `&:name`, `send`. */
export function callMethod(machine: Machine, frame: Frame, receiver: Value | null, name: string, args: readonly Value[], node: RubyNode): Value {
  return dispatch({
    machine, frame, name, receiver, receiverNode: null, args, complete: true, keywords: args.at(-1)?.type === 'hash', closure: null, pass: null, node, nameAt: node, call: caller(machine, frame, node),
  });
}

/** What `&:name` and `&method(:name)` call. */
function passOf(given: Value | null): Invocation['pass'] {
  if (given?.type === 'symbol' && !given.partial) return { name: given.name, onSelf: false };
  const method = roleIs(given ?? undefined, 'method');
  return method ? { name: method.name, onSelf: true } : null;
}

/** Calls whose constants are names of code, not uses of it. */
const namesOnly = new Set(['revert', 'include', 'extend', 'prepend', 'raise', 'fail']);

function caller(machine: Machine, frame: Frame, node: RubyNode): Invocation['call'] {
  return (receiver, name, args) => callMethod(machine, frame, receiver, name, args, node);
}

function evaluateReceiver(machine: Machine, receiver: RubyNode, call: Call, frame: Frame): Value {
  if (receiver.type === 'constant' && !receiver.scope) return constantValue(machine, receiver, frame, call.name);
  return evaluate(machine, receiver, frame);
}

/** Gives a call to whoever knows the receiver. */
export function dispatch(inv: Invocation): Value {
  const { machine, receiver } = inv;
  machine.budget.calls -= 1;
  if (machine.budget.calls < 0) {
    exhaust(machine, machine.context.statement ?? inv.node);
    return unknownOf(inv);
  }
  const own = machine.tables.intercept?.(inv);
  if (own) return own;
  if (receiver === null) return selfCall(inv);
  const value = methodOf(inv, receiver) ?? objectMethod(inv, receiver);
  if (value) return value;
  if (inv.closure && receiver.type !== 'relation') return roleMethod(inv, unknown('?', inv.node)) ?? unknownOf(inv);
  return unknownOf(inv);
}

function methodOf(inv: Invocation, receiver: Value): Value | undefined {
  switch (receiver.type) {
    case 'string':
    case 'symbol':
      return stringMethod(inv, receiver);
    case 'number':
      return numberMethod(inv, receiver);
    case 'array':
      return arrayMethod(inv, receiver);
    case 'hash':
      return hashMethod(inv, receiver);
    case 'constant':
      return constantMethod(inv, receiver.name);
    case 'relation': {
      const relation = relationOf(receiver);
      return relation ? relationMethod(inv, relation) : undefined;
    }
    case 'unknown':
    case 'lambda':
      return roleMethod(inv, receiver);
    default:
      return undefined;
  }
}

/** What `*list`, `*` and `...` spread; null for an argument that is none of these. */
function spreadOf(machine: Machine, node: RubyNode, frame: Frame): Value | null {
  const name = node.type === 'splat' && !node.value ? '*' : node.type === 'other' && node.what === '...' ? '...' : null;
  if (name) return lookUpLocal(frame.scope, name) ?? unknown(name, node, node);
  return node.type === 'splat' && node.value ? evaluate(machine, node.value, frame) : null;
}

/** Arguments in order; lists after a splat are taken apart. */
function evaluateArguments(machine: Machine, nodes: readonly RubyNode[], frame: Frame): { args: readonly Value[]; complete: boolean; keywords: boolean } {
  const args: Value[] = [];
  let complete = true;
  for (const node of nodes) {
    const spread = spreadOf(machine, node, frame);
    if (spread) {
      if (spread.type === 'array') {
        args.push(...spread.items);
        complete &&= spread.complete;
      } else if (spread.type === 'hash') complete = false;
      else if (spread.type !== 'nil') {
        complete = false;
        args.push(unknown(sourceText(frame.file, node, 60), node, node));
      }
      continue;
    }
    const value = evaluate(machine, node, frame);
    if (value.type === 'hash' && !value.complete) complete = false;
    args.push(value);
  }
  const last = nodes.at(-1);
  const passedOn = last?.type === 'other' && last.what === '...' && args.at(-1)?.type === 'hash';
  return { args, complete, keywords: passedOn || (last?.type === 'hash' && !last.braces) };
}
