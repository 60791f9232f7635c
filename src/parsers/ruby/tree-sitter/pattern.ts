import { cover } from '../../../source/span.ts';
import { other } from '../build.ts';
import type { Other, RubyNode } from '../syntax.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, field, required } from './reader.ts';
import { nameSymbol, readDelimitedSymbol } from './string.ts';

/** A pattern as one `other` node whose children are its names, constants and values in source order, the guard last. */
export function readPattern(reader: Reader, raw: RawNode | null, guard: RawNode | null, at: RawNode): Other {
  const children: RubyNode[] = [];
  if (raw) collect(reader, raw, children);
  const condition = guard ? field(guard, 'condition') : null;
  if (condition) children.push(required(reader, condition, at.end));
  const span = raw ?? { start: at.start, end: at.start };
  return other('pattern', guard ? cover(span, guard) : span, children);
}

const composed = new Set([
  'array_pattern', 'find_pattern', 'hash_pattern', 'alternative_pattern', 'as_pattern', 'parenthesized_pattern', 'keyword_pattern',
  'splat_parameter', 'hash_splat_parameter', 'variable_reference_pattern', 'expression_reference_pattern',
]);

function collect(reader: Reader, raw: RawNode, found: RubyNode[]): void {
  if (raw.type === 'hash_splat_nil') return;
  if (raw.type === 'hash_key_symbol') found.push(nameSymbol(reader, raw));
  else if (raw.field === 'key' && raw.type === 'string') found.push(readDelimitedSymbol(reader, raw));
  else if (composed.has(raw.type)) for (const child of content(raw)) collect(reader, child, found);
  else found.push(reader.node(raw));
}
