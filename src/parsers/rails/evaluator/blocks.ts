import type { Span } from '../../../source/span.ts';
import type { Block, Parameter, RubyNode } from '../../ruby/syntax.ts';
import { walk } from '../../ruby/walk.ts';
import type { Value } from '../value.ts';
import { nil, unknown } from '../values/make.ts';
import type { Closure } from '../values/special.ts';
import { evaluateBody } from './evaluate.ts';
import { activation, type Frame, type Owner } from './frame.ts';
import { activated, within, type Context, type Machine } from './machine.ts';
import { moveValue } from './move.ts';
import { bindParameters } from './parameters.ts';

/** Runs a block or lambda with arguments. `self` replaces what its body calls itself, as `instance_eval` does. */
export function callClosure(machine: Machine, closure: Closure, args: readonly Value[], self: Owner | null = null): Value {
  const { node, frame: outer } = closure;
  const running = activation();
  const isLambda = node.type === 'lambda';
  const { file, nesting, given: passed, running: method } = outer;
  const frame: Frame = {
    file,
    self: self ?? outer.self,
    nesting,
    scope: { parent: outer.scope, variables: new Map() },
    method: isLambda ? running : outer.method,
    block: isLambda ? null : running,
    loop: isLambda ? null : outer.loop,
    given: passed,
    running: method,
  };
  const { foreign } = machine.context;
  const given = foreign && !outer.file.foreign ? args.map((value) => moveValue(value, foreign.site)) : args;
  return within(machine, fileContext(machine.context, outer, node), () => activated(machine, running, () => {
    if (node.type === 'block' && node.implicit) bindImplicit(frame.scope.variables, node, given);
    else bindParameters(machine, frame, node.parameters, unpack(node, given), node);
    const value = evaluateBody(machine, node.body, frame);
    if (machine.jump?.kind === 'next' || (isLambda && machine.jump?.kind === 'return')) {
      const left = machine.jump.value;
      machine.jump = null;
      return left ?? nil(node);
    }
    return running.results.length > 0 ? unknown('block', node, node) : value;
  }));
}

/** Code of this file that another file calls back stands at its own place again; the other way round it stands at the call. */
function fileContext(context: Context, outer: Frame, node: Span): Partial<Context> {
  if (!outer.file.foreign) return context.foreign ? { foreign: null } : {};
  return { foreign: { path: outer.file.tree.source.path, site: context.foreign?.site ?? context.statement ?? { start: node.start, end: node.end } } };
}

/** A single list given to several parameters is taken apart, as Ruby's blocks do. */
function unpack(node: Closure['node'], args: readonly Value[]): readonly Value[] {
  const [only] = args;
  if (node.type === 'lambda' || args.length !== 1 || !only) return args;
  const positional = node.parameters.filter(({ kind }: Parameter) => kind === 'required' || kind === 'optional' || kind === 'destructured' || kind === 'rest');
  if (positional.length < 2) return args;
  if (only.type === 'array') return only.complete ? only.items : [...only.items, ...positional.slice(only.items.length).map(({ name }) => unknown(name, only.at))];
  return only.type === 'unknown' ? positional.map(({ name }, at) => (at === 0 ? only : unknown(name, only.at))) : args;
}

function bindImplicit(variables: Map<string, Value>, node: Block, args: readonly Value[]): void {
  const [first] = args;
  if (node.implicit === 'it') {
    variables.set('it', first ?? nil(node));
    return;
  }
  const items = args.length === 1 && first?.type === 'array' && usesSecond(node.body) ? first.items : args;
  items.slice(0, 9).forEach((value, at) => variables.set(`_${at + 1}`, value));
}

function usesSecond(body: readonly RubyNode[]): boolean {
  let found = false;
  for (const node of body) {
    walk(node, (inner) => {
      found ||= inner.type === 'identifier' && /^_[2-9]$/.test(inner.name);
      return !found;
    });
  }
  return found;
}
