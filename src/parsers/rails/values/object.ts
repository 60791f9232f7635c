import { hasBlock, textOf, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { literalText, type Value } from '../value.ts';
import { isA } from '../evaluator/branches.ts';
import { boolean, computed, nil } from './make.ts';
import { equal, truth } from './inspect.ts';
import { special } from './special.ts';

/** A method that every object has; undefined for any other. */
export function objectMethod(inv: Invocation, receiver: Value): Value | undefined {
  const { name, args, node } = inv;
  const [first] = args;
  switch (name) {
    case '==':
    case 'eql?':
    case 'equal?':
    case '!=': {
      const answer = first ? equal(receiver, first) : null;
      return answer === null ? carried(inv, receiver) : boolean(answer === (name !== '!='), node);
    }
    case '!': {
      const answer = truth(receiver);
      return answer === null ? undefined : boolean(!answer, node);
    }
    case 'nil?':
      return receiver.type === 'unknown' || receiver.type === 'relation' ? undefined : boolean(receiver.type === 'nil', node);
    case 'blank?':
    case 'present?': {
      const answer = receiver.type === 'nil' || receiver.type === 'boolean' ? truth(receiver) : receiver.type === 'number' || receiver.type === 'symbol' ? true : null;
      return answer === null ? undefined : boolean(answer === (name === 'present?'), node);
    }
    case 'presence':
    case 'freeze':
    case 'dup':
    case 'clone':
    case 'itself':
    case 'deep_dup':
      return receiver;
    case 'to_s':
      return receiver.type === 'nil' ? computed('', node) : receiver.type === 'boolean' ? computed(String(receiver.value), node) : receiver.type === 'constant' ? computed(receiver.name, node) : undefined;
    case 'to_a':
      return receiver.type === 'nil' ? { type: 'array', items: [], complete: true, at: node } : undefined;
    case 'to_i':
      return receiver.type === 'nil' ? { type: 'number', value: 0, at: node } : undefined;
    case 'in?':
      return first ? inv.call(first, 'include?', [receiver]) : undefined;
    case 'is_a?':
    case 'kind_of?':
    case 'instance_of?': {
      const answer = first?.type === 'constant' ? isA(first.name, receiver) : null;
      return answer === null ? undefined : boolean(answer, node);
    }
    case 'tap': {
      if (!hasBlock(inv)) return undefined;
      yieldTo(inv, [receiver]);
      return receiver;
    }
    case 'then':
    case 'yield_self':
    case 'instance_eval':
    case 'instance_exec':
      return hasBlock(inv) ? yieldTo(inv, [receiver]) : undefined;
    case 'send':
    case '__send__':
    case 'public_send':
    case 'try':
    case 'try!': {
      if (name.startsWith('try') && receiver.type === 'nil') return receiver;
      const method = literalText(first);
      return method === null || first?.type === 'number' ? undefined : inv.call(receiver, method, args.slice(1));
    }
    case 'with_options': {
      const options = args.at(-1);
      if (options?.type !== 'hash' || !hasBlock(inv)) return undefined;
      return yieldTo(inv, [special({ kind: 'options', target: receiver, options }, textOf(inv), node, node)]);
    }
    case 'respond_to?':
    case 'class':
    case 'object_id':
    case 'method':
    case 'instance_variable_get':
      return unknownOf(inv);
    default:
      return receiver.type === 'nil' ? nil(node) : undefined;
  }
}

/** A comparison of something read from the database is still something read from there. */
function carried(inv: Invocation, receiver: Value): Value | undefined {
  return receiver.type === 'unknown' && 'role' in receiver ? { ...receiver, text: textOf(inv), at: inv.node } as Value : undefined;
}
