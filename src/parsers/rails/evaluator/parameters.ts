import type { Span } from '../../../source/span.ts';
import type { Parameter } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';
import { array, hash, nil, unknown } from '../values/make.ts';
import { special, type Closure } from '../values/special.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';

/**
 * Gives parameters their arguments: required and optional ones, a splat in the middle, keywords, defaults, and lists taken apart.
 * What is missing is unknown in a method (`strict`) and nil in a block.
 */
export function bindParameters(machine: Machine, frame: Frame, parameters: readonly Parameter[], args: readonly Value[], at: Span, strict = false): void {
  const positional = parameters.filter(({ kind }) => kind === 'required' || kind === 'optional' || kind === 'destructured' || kind === 'rest');
  const takesKeywords = parameters.some(({ kind }) => kind === 'keyword' || kind === 'keyword-rest');
  const last = args.at(-1);
  const required = positional.filter(({ kind }) => kind === 'required' || kind === 'destructured').length;
  const keywords = takesKeywords && last?.type === 'hash' && (args.length > required || !strict) ? last : null;
  const items = keywords ? args.slice(0, -1) : args;
  bindPositional(machine, frame, positional, items, required, at, strict);
  bindKeywords(machine, frame, parameters, keywords, at);
}

function bindPositional(machine: Machine, frame: Frame, parameters: readonly Parameter[], items: readonly Value[], required: number, at: Span, strict: boolean): void {
  let spare = Math.max(0, items.length - required);
  let next = 0;
  const missing = (name: string): Value => (strict ? unknown(name, at) : nil(at));
  parameters.forEach((parameter, position) => {
    if (parameter.kind === 'rest') {
      const after = parameters.slice(position + 1).length;
      const count = Math.max(0, items.length - next - after);
      set(frame, parameter.name || '*', array(items.slice(next, next + count), at));
      next += count;
    } else if (parameter.kind === 'optional' && spare === 0) {
      set(frame, parameter.name, parameter.default ? evaluate(machine, parameter.default, frame) : nil(at));
    } else {
      if (parameter.kind === 'optional') spare -= 1;
      const value = items[next];
      next += 1;
      if (parameter.kind === 'destructured') takeApart(frame, parameter, value ?? missing(parameter.name), at);
      else set(frame, parameter.name, value ?? missing(parameter.name));
    }
  });
}

function bindKeywords(machine: Machine, frame: Frame, parameters: readonly Parameter[], given: Extract<Value, { type: 'hash' }> | null, at: Span): void {
  const names = new Set<string>();
  for (const parameter of parameters) {
    if (parameter.kind !== 'keyword') continue;
    names.add(parameter.name);
    const entry = given?.entries.find(([key]) => key.type === 'symbol' && key.name === parameter.name);
    if (entry) set(frame, parameter.name, entry[1]);
    else if (given && !given.complete) set(frame, parameter.name, unknown(parameter.name, at));
    else set(frame, parameter.name, parameter.default ? evaluate(machine, parameter.default, frame) : unknown(parameter.name, at));
  }
  for (const parameter of parameters) {
    if (parameter.kind !== 'keyword-rest') continue;
    const rest = given ? given.entries.filter(([key]) => !(key.type === 'symbol' && names.has(key.name))) : [];
    set(frame, parameter.name || '**', hash(rest, given?.at ?? at, given?.complete ?? true));
  }
}

function takeApart(frame: Frame, parameter: Parameter, value: Value, at: Span): void {
  const parts = parameter.parts ?? [];
  const items = value.type === 'array' ? value.items : null;
  const splat = parts.findIndex(({ kind }) => kind === 'rest');
  parts.forEach((part, position) => {
    if (part.kind === 'rest') set(frame, part.name, items ? array(items.slice(position, items.length - (parts.length - 1 - position)), at) : unknown(part.name, at));
    else {
      const item = items?.[splat >= 0 && position > splat ? items.length - (parts.length - position) : position];
      const given = item ?? (items ? nil(at) : unknown(part.name, at));
      if (part.kind === 'destructured') takeApart(frame, part, given, at);
      else set(frame, part.name, given);
    }
  });
}

/** Binds `&block`. */
export function bindBlock(frame: Frame, parameters: readonly Parameter[], given: Closure | null, at: Span): void {
  for (const parameter of parameters) {
    if (parameter.kind === 'block' && parameter.name) set(frame, parameter.name, given ? special({ kind: 'closure', closure: given }, parameter.name, at) : nil(at));
  }
}

function set(frame: Frame, name: string, value: Value): void {
  if (name) frame.scope.variables.set(name, value.type === 'unknown' ? { ...value, text: name } : value);
}
