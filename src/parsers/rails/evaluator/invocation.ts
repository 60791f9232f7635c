import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';
import { unknown } from '../values/make.ts';
import type { Closure } from '../values/special.ts';
import { callClosure } from './blocks.ts';
import type { Frame, Owner } from './frame.ts';
import { sourceText, type Machine } from './machine.ts';

/** A call with its receiver and arguments evaluated. */
export interface Invocation {
  readonly machine: Machine;
  readonly frame: Frame;
  readonly name: string;
  /** Null for a call on `self`. */
  readonly receiver: Value | null;
  /** The receiver as written, so that what it names can be changed in place. */
  readonly receiverNode: RubyNode | null;
  readonly args: readonly Value[];
  /** False when an unknown splat or `**options` may have added more. */
  readonly complete: boolean;
  /** True when the last argument is a hash written without braces. */
  readonly keywords: boolean;
  readonly closure: Closure | null;
  /** What `&:name` calls on each item, or `&method(:name)` on `self` with it. */
  readonly pass: { readonly name: string; readonly onSelf: boolean } | null;
  readonly node: RubyNode;
  readonly nameAt: Span;
  /** Calls a method on a value: for `&:name`, `send` and operators. */
  readonly call: (receiver: Value | null, name: string, args: readonly Value[]) => Value;
}

/** True when the call has a block of any kind. */
export function hasBlock(inv: Invocation): boolean {
  return inv.closure !== null || inv.pass !== null;
}

/** Gives the block its arguments. */
export function yieldTo(inv: Invocation, args: readonly Value[], self: Owner | null = null): Value {
  if (inv.closure) return callClosure(inv.machine, inv.closure, args, self);
  const [first] = args;
  if (inv.pass?.onSelf) return inv.call(null, inv.pass.name, args);
  if (inv.pass !== null && first) return inv.call(first, inv.pass.name, []);
  return unknownOf(inv);
}

/** What a call gives when nobody knows. */
export function unknownOf(inv: Invocation): Value {
  return unknown(sourceText(inv.frame.file, inv.node, 160), inv.node, inv.node);
}

/** The call as written, short. */
export function textOf(inv: Invocation): string {
  return sourceText(inv.frame.file, inv.node, 160);
}

/** The call's name with its receiver, for messages: `add_index`, `t.remove`, `connection.execute`. */
export function verbOf(inv: Invocation): string {
  if (!inv.receiverNode) return inv.name;
  const receiver = sourceText(inv.frame.file, inv.receiverNode, 60);
  return receiver.length <= 40 && !receiver.includes('\n') ? `${receiver}.${inv.name}` : inv.name;
}

/** The options of the call's trailing hash, by name; empty when there is none. */
export function optionsOf(inv: Invocation): ReadonlyMap<string, Value> {
  const options = new Map<string, Value>();
  const last = inv.args.at(-1);
  if (last?.type === 'hash') for (const [key, value] of last.entries) if (key.type === 'symbol' || key.type === 'string') options.set(key.type === 'symbol' ? key.name : key.text.text, value);
  return options;
}
