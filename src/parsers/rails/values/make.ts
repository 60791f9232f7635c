import type { Embedded } from '../../../source/embedded.ts';
import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import type { Value } from '../value.ts';

/** A value that is not known; `text` is what was written. */
export function unknown(text: string, at: Span, node: RubyNode | null = null): Value {
  return { type: 'unknown', text, node, at };
}

/** `nil`. */
export function nil(at: Span): Value {
  return { type: 'nil', at };
}

/** `true` or `false`. */
export function boolean(value: boolean, at: Span): Value {
  return { type: 'boolean', value, at };
}

/** A number. */
export function number(value: number, at: Span): Value {
  return { type: 'number', value, at };
}

/** A symbol whose name is known. */
export function symbol(name: string, at: Span): Value {
  return { type: 'symbol', name, partial: false, at };
}

/** A string with its place in the file. */
export function string(text: Embedded, at: Span, partial = false): Value {
  return { type: 'string', text, partial, at };
}

/** A string that stands nowhere in the file as it is: a result of a computation written at `at`. */
export function computed(text: string, at: Span, partial = false): Value {
  return { type: 'string', text: { text, segments: [{ at: 0, length: text.length, outer: at, exact: false }] }, partial, at };
}

/** A list. */
export function array(items: readonly Value[], at: Span, complete = true): Value {
  return { type: 'array', items, complete, at };
}

/** A hash. */
export function hash(entries: readonly (readonly [key: Value, value: Value])[], at: Span, complete = true): Value {
  return { type: 'hash', entries, complete, at };
}
