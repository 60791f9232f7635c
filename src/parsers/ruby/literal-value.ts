import type { RubyNode } from './syntax.ts';

/** A value written out in full; `undefined` when it is computed. */
export type LiteralValue = string | number | boolean | null | undefined | readonly LiteralValue[];

/** The value of a literal node: strings, symbols (as text), numbers, booleans, nil, arrays, and `.freeze`, `.to_s` and durations of these. */
export function literalValue(node: RubyNode): LiteralValue {
  switch (node.type) {
    case 'string':
    case 'symbol': {
      let text = '';
      for (const part of node.parts) {
        if (part.kind !== 'literal') return undefined;
        text += part.value;
      }
      return text;
    }
    case 'number':
      return node.value;
    case 'literal':
      return node.value === 'nil' ? null : node.value === 'true' ? true : node.value === 'false' ? false : undefined;
    case 'array':
      return node.elements.map(literalValue);
    case 'call':
      return node.receiver && node.args.length === 0 && /^(freeze|to_s|seconds?|minutes?|hours?|days?)$/.test(node.name) ? literalValue(node.receiver) : undefined;
    default:
      return undefined;
  }
}
