import type { Value } from '../value.ts';
import { nil, unknown } from '../values/make.ts';
import { equal, isKnown } from '../values/inspect.ts';
import type { Found } from './ancestors.ts';
import { emitOpaque } from './emit.ts';
import { evaluateBody } from './evaluate.ts';
import { frameFor, type Owner } from './frame.ts';
import { textOf, unknownOf, type Invocation } from './invocation.ts';
import { activated, sourceText, within, type Context, type Machine } from './machine.ts';
import { moveValue } from './move.ts';
import { bindBlock, bindParameters } from './parameters.ts';
import type { Def } from '../../ruby/syntax.ts';

const running = new WeakMap<Machine, Map<Def, number>>();

/** Runs a method that the code defines, in place of its call. */
export function inline(inv: Invocation, found: Found, self: Owner): Value {
  const { machine } = inv;
  let active = running.get(machine);
  if (!active) running.set(machine, (active = new Map()));
  const depth = active.get(found.def) ?? 0;
  if (depth >= 1 && inv.args.some((arg) => !isKnown(arg))) return unknownOf(inv);
  if (depth >= 20) {
    emitOpaque(machine, `"${found.def.name}" calls itself`, textOf(inv), { at: inv.node, verb: inv.name });
    return unknownOf(inv);
  }
  active.set(found.def, depth + 1);
  try {
    return within(machine, callContext(inv, found), () => run(inv, found, self));
  } finally {
    active.set(found.def, depth);
  }
}

function run(inv: Invocation, found: Found, self: Owner): Value {
  const { machine } = inv;
  const { def, definition } = found;
  const given = inv.closure ?? null;
  const frame = frameFor(definition.file, self, definition.nesting, given, { def, owner: definition, args: inv.args });
  const args = inv.frame.file.foreign && !definition.file.foreign ? inv.args.map((arg) => moveValue(arg, machine.context.statement ?? inv.node)) : inv.args;
  bindParameters(machine, frame, def.parameters, args, inv.node, true);
  bindBlock(frame, def.parameters, given, inv.node);
  return activated(machine, frame.method, () => {
    const last = evaluateBody(machine, def.body, frame);
    let value = last;
    if (machine.jump?.kind === 'return') {
      value = machine.jump.value ?? nil(inv.node);
      machine.jump = null;
    }
    if (frame.method.results.some((other) => equal(other, value) !== true)) return unknown(sourceText(inv.frame.file, inv.node, 80), inv.node, inv.node);
    return definition.file.foreign && !inv.frame.file.foreign ? moveValue(value, inv.node) : value;
  });
}

/** In this file an inlined method stands at its own place, reached through the call; in another file everything stands at the call. */
function callContext(inv: Invocation, found: Found): Partial<Context> {
  const { context, file } = inv.machine;
  if (found.definition.file.foreign) {
    const site = context.foreign?.site ?? { start: inv.node.start, end: inv.node.end };
    return { foreign: { path: found.definition.file.tree.source.path, site } };
  }
  if (context.foreign) return { foreign: null };
  return { via: [...context.via, { path: file.tree.source.path, start: inv.node.start, end: inv.node.end }], pinned: false };
}
