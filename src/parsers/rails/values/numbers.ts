import { hasBlock, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { eachItem } from '../evaluator/iteration.ts';
import { limits } from '../evaluator/machine.ts';
import type { Value } from '../value.ts';
import { array, boolean, computed, number } from './make.ts';

type Numeral = Extract<Value, { type: 'number' }>;

const units = new Map<string, number>(Object.entries({
  second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600, day: 86_400, days: 86_400, week: 604_800, weeks: 604_800,
  kilobyte: 1024, kilobytes: 1024, megabyte: 1024 ** 2, megabytes: 1024 ** 2, gigabyte: 1024 ** 3, gigabytes: 1024 ** 3, byte: 1, bytes: 1,
}));

/** A method of a number; undefined when it is none that is known. */
export function numberMethod(inv: Invocation, receiver: Numeral): Value | undefined {
  const { name, args, node } = inv;
  const [other] = args;
  const a = receiver.value;
  if (other?.type === 'number') {
    const result = arithmetic(name, a, other.value);
    if (typeof result === 'number') return Number.isFinite(result) ? number(result, node) : unknownOf(inv);
    if (typeof result === 'boolean') return boolean(result, node);
  }
  const unit = units.get(name);
  if (unit !== undefined) return number(a * unit, node);
  switch (name) {
    case 'times':
      return count(inv, 0, a - 1);
    case 'upto':
      return other?.type === 'number' ? count(inv, a, other.value) : undefined;
    case 'downto':
      return other?.type === 'number' ? count(inv, other.value, a, true) : undefined;
    case 'to_s':
    case 'inspect':
      return args.length === 0 ? computed(String(a), node) : undefined;
    case 'to_i':
    case 'to_int':
    case 'floor':
    case 'truncate':
      return number(Math.trunc(a), node);
    case 'ceil':
      return number(Math.ceil(a), node);
    case 'round':
      return args.length === 0 ? number(Math.round(a), node) : undefined;
    case 'abs':
      return number(Math.abs(a), node);
    case '-@':
      return number(-a, node);
    case '+@':
    case 'to_f':
    case 'to_d':
    case 'to_r':
    case 'freeze':
      return receiver;
    case 'succ':
    case 'next':
      return number(a + 1, node);
    case 'pred':
      return number(a - 1, node);
    case 'zero?':
      return boolean(a === 0, node);
    case 'positive?':
      return boolean(a > 0, node);
    case 'negative?':
      return boolean(a < 0, node);
    case 'even?':
      return boolean(a % 2 === 0, node);
    case 'odd?':
      return boolean(Math.abs(a % 2) === 1, node);
    default:
      return undefined;
  }
}

function arithmetic(name: string, a: number, b: number): number | boolean | undefined {
  switch (name) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return Number.isInteger(a) && Number.isInteger(b) ? Math.floor(a / b) : a / b;
    case '%': return b === 0 ? Number.NaN : ((a % b) + b) % b;
    case '**': return Math.abs(b) > 1000 ? Number.NaN : a ** b;
    case '<': return a < b;
    case '>': return a > b;
    case '<=': return a <= b;
    case '>=': return a >= b;
    case '<<': return b >= 0 && b < 31 ? a * 2 ** b : undefined;
    case '&': return Number(BigInt(Math.trunc(a)) & BigInt(Math.trunc(b)));
    case '|': return Number(BigInt(Math.trunc(a)) | BigInt(Math.trunc(b)));
    default: return undefined;
  }
}

function count(inv: Invocation, from: number, to: number, down = false): Value {
  const size = Math.floor(to) - from + 1;
  if (!Number.isFinite(size)) return unknownOf(inv);
  const items = Array.from({ length: Math.max(0, Math.min(size, limits.iterations + 1)) }, (_unused, at) => number(down ? to - at : from + at, inv.node));
  if (hasBlock(inv)) {
    const results = eachItem(inv.machine, items, { node: inv.node, frame: inv.frame }, (item) => yieldTo(inv, [item]));
    return array(results, inv.node, results.length === items.length);
  }
  return array(items, inv.node, size <= limits.iterations);
}
