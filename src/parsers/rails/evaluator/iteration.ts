import type { BatchMode } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';
import { number, unknown } from '../values/make.ts';
import { roleIs } from '../values/special.ts';
import { forgetAssigned } from './branches.ts';
import type { Frame } from './frame.ts';
import { emitOpaque } from './emit.ts';
import { textOf, unknownOf, yieldTo, type Invocation } from './invocation.ts';
import { guarded, limits, sourceText, within, type Machine } from './machine.ts';

/** Where a loop stands: its node and the frame its variables live in. */
export interface LoopSite {
  readonly node: RubyNode;
  readonly frame: Frame;
}

/** Runs `body` once for every known item, up to the limit; gives what each run gave. A jump out ends it. */
export function eachItem(machine: Machine, items: readonly Value[], site: LoopSite, body: (item: Value, index: number) => Value): Value[] {
  const results: Value[] = [];
  const count = Math.min(items.length, limits.iterations);
  for (let index = 0; index < count; index++) {
    const item = items[index];
    if (!item || machine.jump || machine.exhausted) break;
    results.push(within(machine, { via: [...machine.context.via, placeOf(machine, item, site)] }, () => body(item, index)));
  }
  if (items.length > count && !machine.jump) {
    emitOpaque(machine, `the loop runs more than ${limits.iterations} times`, sourceText(site.frame.file, site.node), { at: site.node, verb: 'each' });
  }
  return results;
}

/** Runs `body` once for a loop whose rounds are not known. */
export function unknownRounds(machine: Machine, site: LoopSite, body: () => Value): Value {
  forgetAssigned(machine, site.node, site.frame);
  const value = guarded(machine, [], false, body);
  forgetAssigned(machine, site.node, site.frame);
  return value;
}

/** Runs the block of a call once, for nobody knows how many rounds; what the call gives is not known either. */
export function unknownBlock(inv: Invocation, args: readonly Value[] = [unknown(textOf(inv), inv.node)]): Value {
  unknownRounds(inv.machine, { node: inv.node, frame: inv.frame }, () => yieldTo(inv, args));
  return unknownOf(inv);
}

/** The same for a loop whose rounds each do a part of one work (a key range, slices of results): the work as a whole is done for certain. */
export function partRounds(inv: Invocation, args: readonly Value[], loop: BatchMode = inv.machine.context.loop ?? { by: 'batches', batchedRead: false, model: null }): Value {
  const { machine, node, frame } = inv;
  forgetAssigned(machine, node, frame);
  within(machine, { loop }, () => yieldTo(inv, args));
  forgetAssigned(machine, node, frame);
  return unknownOf(inv);
}

/** Walks any list value: the known items one by one, anything else once. */
export function iterateOver(machine: Machine, list: Value, node: RubyNode, frame: Frame, body: (items: readonly Value[]) => Value): void {
  const site = { node, frame };
  const known = itemsOf(list);
  if (known) {
    eachItem(machine, known.items, site, (item) => body([item]));
    if (known.complete) return;
  }
  unknownRounds(machine, site, () => body([unknown(sourceText(frame.file, node, 40), node)]));
}

/** The items of a list, a hash (as pairs) or a range with known ends; null for anything else. */
export function itemsOf(value: Value): { items: readonly Value[]; complete: boolean } | null {
  if (value.type === 'array') return value;
  if (value.type === 'hash') return { items: value.entries.map(([key, item]) => ({ type: 'array', items: [key, item], complete: true, at: key.at })), complete: value.complete };
  const range = roleIs(value, 'range');
  if (range?.from !== null && range?.from !== undefined && range.to !== null && Number.isInteger(range.from)) {
    const last = range.exclusive ? Math.ceil(range.to) - 1 : Math.floor(range.to);
    const count = last - range.from + 1;
    if (count > limits.items) return null;
    return { items: Array.from({ length: Math.max(0, count) }, (_unused, at) => number((range.from ?? 0) + at, value.at)), complete: true };
  }
  return null;
}

function placeOf(machine: Machine, item: Value, { node }: LoopSite): { path: string } & Span {
  const { path } = machine.file.tree.source;
  const { foreign } = machine.context;
  const at = foreign ? foreign.site : item.at.end > item.at.start ? item.at : node;
  return { path, start: at.start, end: at.end };
}

/** True for methods of well-known libraries that run their block once, whatever they are called on. */
export function runsOnce(name: string): boolean {
  return runsBlock.test(name);
}

const runsBlock = /^(transaction|with_\w+|without_\w+|no_touching|uncached|connected_to|connected_to_all_shards|connected_to_many|silence\w*|benchmark|measure|realtime|bm|timeout|freeze|freeze_time|tagged|suppress|synchronize|while_preventing_writes|prohibit_shard_swapping|strategy|disable\w*|enable\w*|skip\w*|ignoring?\w*|unscoped|use_zone|tmpdir|mktmpdir|chdir|open|create|wrap|isolate|instrument|perform|run|catch|around)$/;
