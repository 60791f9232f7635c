import type { Span } from '../../../source/span.ts';
import type { Value } from '../value.ts';
import { moveTo } from '../values/text.ts';

/** The same value, as if it were written at `at`: for values that come from another file, whose places mean nothing here. */
export function moveValue(value: Value, at: Span): Value {
  switch (value.type) {
    case 'string':
      return { ...value, text: moveTo(value.text, at), at };
    case 'array':
      return { ...value, items: value.items.map((item) => moveValue(item, at)), at };
    case 'hash':
      return { ...value, entries: value.entries.map(([key, item]) => [moveValue(key, at), moveValue(item, at)] as const), at };
    default:
      return { ...value, at };
  }
}
