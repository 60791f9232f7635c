import { hasBlock, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { partRounds, eachItem } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import { literalText, type Value } from '../value.ts';
import { array, boolean, number, unknown } from './make.ts';
import type { Role } from './special.ts';

/** A method of a range that its items alone do not answer. */
export function rangeMethod(inv: Invocation, range: Extract<Role, { kind: 'range' }>): Value | undefined {
  const { name, args, node, machine, frame } = inv;
  const [first] = args;
  switch (name) {
    case 'begin':
    case 'first':
    case 'min':
      return args.length === 0 ? range.ends[0] : undefined;
    case 'end':
    case 'last':
    case 'max':
      return args.length === 0 && !range.exclusive ? range.ends[1] : undefined;
    case 'include?':
    case 'member?':
    case 'cover?':
    case '===':
      if (first?.type !== 'number') return undefined;
      return boolean((range.from === null || first.value >= range.from) && (range.to === null || (range.exclusive ? first.value < range.to : first.value <= range.to)), node);
    case 'step':
    case '%': {
      const size = first?.type === 'number' ? first.value : 0;
      if (range.from !== null && range.to !== null && size > 0 && (range.to - range.from) / size <= limits.iterations) {
        const items: Value[] = [];
        for (let at = range.from; range.exclusive ? at < range.to : at <= range.to; at += size) items.push(number(at, node));
        if (!hasBlock(inv)) return array(items, node);
        return array(eachItem(machine, items, { node, frame }, (item) => yieldTo(inv, [item])), node);
      }
      if (!hasBlock(inv)) return undefined;
      return partRounds(inv, [unknown('step', node)]);
    }
    default:
      return undefined;
  }
}

/** A method of a regular expression. */
export function regexMethod(inv: Invocation, regex: Extract<Role, { kind: 'regex' }>): Value | undefined {
  const text = literalText(inv.args[0]);
  if (!regex.safe || text === null || text.length > regex.safe.longest) return undefined;
  return ['match?', '=~', 'match', '==='].includes(inv.name) ? boolean(regex.safe.pattern.test(text), inv.node) : undefined;
}
