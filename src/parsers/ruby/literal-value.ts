import type { RubyNode } from './syntax.ts';

/** A value written out in full; `undefined` when it is computed. */
export type LiteralValue = string | number | boolean | null | undefined | readonly LiteralValue[];

/** Seconds in a unit of ActiveSupport's durations. */
const seconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

/** The value of a literal node: strings, symbols (as text), numbers, booleans, nil, arrays, `.freeze` and `.to_s` of these; durations in seconds. */
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
    case 'call': {
      if (!node.receiver || node.args.length > 0) return undefined;
      const value = /^(freeze|to_s|(?:second|minute|hour|day)s?)$/.test(node.name) ? literalValue(node.receiver) : undefined;
      const unit = seconds[node.name.replace(/s$/, '')];
      return unit !== undefined && typeof value === 'number' ? value * unit : value;
    }
    default:
      return undefined;
  }
}
