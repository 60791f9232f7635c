import type { Value } from '../value.ts';
import { literalText } from '../value.ts';
import { array, boolean, computed, nil, number } from '../values/make.ts';
import { formatText } from '../values/format.ts';
import { roughText } from '../values/inspect.ts';
import { special, type LambdaValue } from '../values/special.ts';
import { callClosure } from './blocks.ts';
import { forgetAssigned } from './branches.ts';
import { hasBlock, textOf, unknownOf, yieldTo, type Invocation } from './invocation.ts';
import { silently, within } from './machine.ts';

/** Functions that print, wait or load code: they change nothing that is judged. */
const harmless = new Set(`
  puts p pp print putc warn require require_relative require_dependency load autoload sleep srand rand binding caller gets system exec spawn fork at_exit trap logger debugger byebug attr_accessor attr_reader attr_writer private public
  protected module_function private_class_method define_method undef_method remove_method alias_method using refine object_id hash instance_variable_set instance_variable_defined? singleton_class methods freeze
  set_callback skip_callback srand test trace_var include extend prepend caller_locations t l translate localize pry ap say_hello __method__ __dir__ instance_variables local_variables global_variables display inspect to_s
  timestamp_format memoize delegate mattr_accessor cattr_accessor class_attribute
`.trim().split(/\s+/));

/** Ruby's own functions; undefined for a name that is none of them. */
export function kernelCall(inv: Invocation): Value | undefined {
  const { machine, args, node, name } = inv;
  switch (name) {
    case 'raise':
    case 'fail':
    case 'abort':
    case 'exit':
    case 'exit!':
    case 'throw':
      return raiseCall(inv);
    case 'lambda':
    case 'proc':
      return inv.closure ? lambdaValue(inv) : unknownOf(inv);
    case 'loop':
      forgetAssigned(machine, node, inv.frame);
      within(machine, { loop: machine.context.loop ?? { by: 'batches', batchedRead: false, model: null } }, () => yieldTo(inv, []));
      forgetAssigned(machine, node, inv.frame);
      return nil(node);
    case 'block_given?':
      return boolean(inv.frame.given !== null, node);
    case 'catch':
    case 'tap':
    case 'then':
    case 'instance_eval':
    case 'instance_exec':
      return hasBlock(inv) ? yieldTo(inv, []) : unknownOf(inv);
    case 'format':
    case 'sprintf':
      return formatText(args[0], args.slice(1), node) ?? unknownOf(inv);
    case 'Integer':
    case 'Float': {
      const value = Number(roughText(args[0]) ?? Number.NaN);
      return Number.isFinite(value) ? number(value, node) : unknownOf(inv);
    }
    case 'String': {
      const text = literalText(args[0]);
      return text === null ? unknownOf(inv) : computed(text, node);
    }
    case 'Array':
      return args[0]?.type === 'array' ? args[0] : args[0]?.type === 'nil' ? array([], node) : args[0] && args[0].type !== 'unknown' && args[0].type !== 'relation' ? array([args[0]], node) : args[0] ?? unknownOf(inv);
    case 'send':
    case '__send__':
    case 'public_send': {
      const method = literalText(args[0]);
      return method === null || args[0]?.type === 'number' ? unknownOf(inv) : inv.call(null, method, args.slice(1));
    }
    case 'method': {
      const method = literalText(args[0]);
      return method === null ? unknownOf(inv) : special({ kind: 'method', name: method }, textOf(inv), node, node);
    }
    case 'class':
      return inv.frame.self.definition ? { type: 'constant', name: inv.frame.self.definition.name, at: node } : unknownOf(inv);
    case 'is_a?':
    case 'kind_of?':
    case 'respond_to?':
      return unknownOf(inv);
    case 'instance_variable_get':
      return inv.frame.self.variables.get(literalText(args[0]) ?? '') ?? unknownOf(inv);
    default:
      if (!harmless.has(name)) return undefined;
      if (inv.closure) silently(machine, () => yieldTo(inv, []));
      return nil(node);
  }
}

function raiseCall(inv: Invocation): Value {
  const { machine, args } = inv;
  const [what] = args;
  const name = what?.type === 'constant' ? what.name : textOf(inv);
  if (/IrreversibleMigration/.test(name) && machine.muted === 0 && machine.context.certain && machine.activations.every((running) => running.residual.length === 0)) {
    machine.refusedAt ??= { start: inv.node.start, end: inv.node.end };
  }
  machine.jump = { kind: 'raise', value: null, rollsBack: /^(?:::)?ActiveRecord::Rollback$/.test(what?.type === 'constant' ? what.name : '') || /^(?:raise|fail)[\s(]+(?:::)?ActiveRecord::Rollback\b/.test(textOf(inv)) };
  return nil(inv.node);
}

/** A proc made of the call's block. */
export function lambdaValue(inv: Invocation): Value {
  const { closure, machine, node } = inv;
  if (!closure) return unknownOf(inv);
  const plain = closure.node.parameters.length === 0 && !(closure.node.type === 'block' && closure.node.implicit);
  const value = plain ? silently(machine, () => callClosure(machine, closure, [])) : null;
  if (machine.jump?.kind === 'return' || machine.jump?.kind === 'break') machine.jump = null;
  return { type: 'lambda', value, node, at: node, closure } as LambdaValue;
}
