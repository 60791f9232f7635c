import type {
  InterpolatedMatchLastLineNode, InterpolatedRegularExpressionNode, InterpolatedStringNode, InterpolatedSymbolNode, InterpolatedXStringNode, Location,
  MatchLastLineNode, Node, RegularExpressionNode, RubyString, StringNode as PrismString, SymbolNode as PrismSymbol, XStringNode,
} from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../source/span.ts';
import { joinStrings, stringNode } from '../build.ts';
import type { EscapeRules } from '../escape.ts';
import { readHeredoc, readMarker } from '../heredoc.ts';
import type { Piece } from '../literal.ts';
import { emptyPart, piecesBetween, readParts, singleDelimiters } from '../literal.ts';
import type { RegexNode, RubyNode, StringNode, StringPart, SymbolNode } from '../syntax.ts';
import type { Reader } from './reader.ts';
import { statements, textOf } from './reader.ts';

/** `"..."`, `'...'`, `?a`, heredocs, the words of `%w[]` (`rules` are then the array's). */
export function readString(reader: Reader, node: PrismString | XStringNode, rules?: EscapeRules): StringNode {
  const span = reader.span(node.location);
  const shell = node instanceof nodes.XStringNode;
  if (isHeredoc(reader, node.openingLoc)) return readHeredocNode(reader, node, [node]);
  const parts = checked(literalParts(reader, node.openingLoc, reader.span(node.contentLoc), [], rules), [node.unescaped], reader.span(node.contentLoc));
  return stringNode(span, parts, shell);
}

/** The same with interpolations; also adjacent literals. */
export function readInterpolatedString(reader: Reader, node: InterpolatedStringNode | InterpolatedXStringNode, rules?: EscapeRules): StringNode {
  if (isHeredoc(reader, node.openingLoc)) return readHeredocNode(reader, node, node.parts);
  if (!node.openingLoc && !rules) return joinStrings(node.parts.flatMap((part) => asString(reader, part)));
  const span = reader.span(node.location);
  const content = contentSpan(reader, node, span);
  const parts = literalParts(reader, node.openingLoc, content, node.parts, rules);
  return stringNode(span, checked(parts, plainParts(node.parts), content), node instanceof nodes.InterpolatedXStringNode);
}

/** `:a`, `:"a b"`, `a:` and `"a b":` keys; the colon after a key is not part of it. */
export function readSymbol(reader: Reader, node: PrismSymbol, rules?: EscapeRules): SymbolNode {
  const span = withoutColon(reader, node, reader.span(node.location));
  const content = node.valueLoc ? reader.span(node.valueLoc) : { start: span.end, end: span.end };
  const opening = node.openingLoc ? textOf(reader, node.openingLoc) : '';
  const plain: EscapeRules = { kind: 'raw' };
  const parts = literalParts(reader, node.openingLoc, content, [], rules ?? (opening === '' || opening === ':' ? plain : undefined));
  return { type: 'symbol', ...span, parts: checked(parts, [node.unescaped], content) };
}

/** `:"a#{b}"`. */
export function readInterpolatedSymbol(reader: Reader, node: InterpolatedSymbolNode, rules?: EscapeRules): SymbolNode {
  const span = withoutColon(reader, node, reader.span(node.location));
  const content = contentSpan(reader, node, span);
  return { type: 'symbol', ...span, parts: checked(literalParts(reader, node.openingLoc, content, node.parts, rules), plainParts(node.parts), content) };
}

/** A regular expression; its text is kept as written. */
export function readRegex(reader: Reader, node: RegularExpressionNode | MatchLastLineNode | InterpolatedRegularExpressionNode | InterpolatedMatchLastLineNode): RegexNode {
  const span = reader.span(node.location);
  const parts = literalParts(reader, node.openingLoc, contentSpan(reader, node, span), 'parts' in node ? node.parts : [], { kind: 'raw' });
  return { type: 'regex', ...span, parts };
}

/** The escape rules of `%w[`, `%W[`, `%i[`, `%I[`; null for other openings. */
export function wordRules(opening: string): EscapeRules | null {
  if (/^%[WI]/.test(opening)) return { kind: 'double-words' };
  return /^%[wi]/.test(opening) ? { kind: 'single-words', delimiters: singleDelimiters(opening) } : null;
}

function readHeredocNode(reader: Reader, node: PrismString | XStringNode | InterpolatedStringNode | InterpolatedXStringNode, parts: readonly Node[]): StringNode {
  const span = reader.span(node.location);
  const marker = readMarker(textOf(reader, node.openingLoc ?? node.location));
  const body = heredocBody(reader, node.closingLoc, parts, span);
  const read = readHeredoc(reader.text, body, piecesBetween(body.start, body.end, interpolations(reader, parts)), marker);
  return { ...stringNode(span, checked(read, plainParts(parts), body), marker.shell), heredoc: true, bodySpan: body };
}

/** From the first line to the terminator's. */
function heredocBody(reader: Reader, closing: Location | null, parts: readonly Node[], marker: Span): Span {
  const last = parts.at(-1);
  const end = closing ? reader.span(closing).start : last ? reader.span(last.location).end : marker.end;
  const first = parts[0];
  if (!first) return { start: end, end };
  const location = 'contentLoc' in first ? first.contentLoc : first.location;
  const start = reader.text.lastIndexOf('\n', reader.span(location).start - 1) + 1;
  return { start: Math.min(start, end), end };
}

function isHeredoc(reader: Reader, opening: Location | null): boolean {
  return opening !== null && textOf(reader, opening).startsWith('<<');
}

function asString(reader: Reader, part: Node): StringNode[] {
  const node = reader.node(part);
  return node.type === 'string' ? [node] : [];
}

function contentSpan(reader: Reader, node: { openingLoc: Location | null; closingLoc: Location | null }, span: Span): Span {
  const start = node.openingLoc ? reader.span(node.openingLoc).end : span.start;
  return { start, end: node.closingLoc ? Math.max(start, reader.span(node.closingLoc).start) : span.end };
}

function literalParts(reader: Reader, opening: Location | null, content: Span, parts: readonly Node[], rules?: EscapeRules): StringPart[] {
  const pieces = piecesBetween(content.start, content.end, interpolations(reader, parts));
  return readParts(reader.text, content.start, pieces, rules ?? escapeRules(opening ? textOf(reader, opening) : ''));
}

function escapeRules(opening: string): EscapeRules {
  return /^(?::?'|%[qs])/.test(opening) ? { kind: 'single', delimiters: singleDelimiters(opening) } : { kind: 'double' };
}

function interpolations(reader: Reader, parts: readonly Node[]): Extract<Piece, { kind: 'interpolation' }>[] {
  return parts.flatMap((part): Extract<Piece, { kind: 'interpolation' }>[] => {
    if (part instanceof nodes.EmbeddedStatementsNode) return [{ kind: 'interpolation', ...reader.span(part.location), body: statements(reader, part.statements) }];
    if (part instanceof nodes.EmbeddedVariableNode) return [{ kind: 'interpolation', ...reader.span(part.location), body: [reader.node(part.variable)] }];
    return [];
  });
}

/** The values Prism gives for the runs between interpolations, joined; null stands for an interpolation. */
function plainParts(parts: readonly Node[]): (RubyString | null)[] {
  return parts.map((part) => ('unescaped' in part ? part.unescaped : null));
}

/**
 * The parts when they say what Prism says; otherwise Prism's values, each between two interpolations as one run that is not exact.
 */
function checked(parts: readonly StringPart[], expected: readonly (RubyString | null)[], span: Span): readonly StringPart[] {
  // Bytes that are no text are decoded by guesswork, and a byte order mark is swallowed.
  if (expected.some((value) => value && (value.encoding !== 'utf-8' || !value.validEncoding))) return parts;
  const wanted = joinRuns(expected.map((value) => value?.value ?? null));
  const found = joinRuns(parts.map((part) => (part.kind === 'literal' ? part.value : null)));
  if (wanted.length === found.length && wanted.every((value, index) => value?.replaceAll('\ufeff', '') === found[index]?.replaceAll('\ufeff', ''))) return parts;
  const inserted = parts.filter((part) => part.kind === 'interpolation');
  let next = 0;
  let at = span.start;
  const read = wanted.flatMap((value): StringPart[] => {
    const following = inserted[next];
    if (value === null) {
      next += 1;
      at = following?.end ?? at;
      return following ? [following] : [];
    }
    return value === '' ? [] : [{ kind: 'literal', value, exact: false, start: at, end: following?.start ?? span.end }];
  });
  return read.length > 0 ? read : [emptyPart(span.start)];
}

function joinRuns(values: readonly (string | null)[]): (string | null)[] {
  const joined: (string | null)[] = [''];
  for (const value of values) {
    if (value === null) joined.push(null, '');
    else joined.push(String(joined.pop() ?? '') + value);
  }
  return joined;
}

function withoutColon(reader: Reader, node: { closingLoc: Location | null }, span: Span): Span {
  const isKey = node.closingLoc !== null && textOf(reader, node.closingLoc).endsWith(':');
  return isKey ? { start: span.start, end: span.end - 1 } : span;
}

/** A word of a `%w[]` or `%i[]` array. */
export function readWord(reader: Reader, node: Node, rules: EscapeRules): RubyNode {
  if (node instanceof nodes.StringNode) return readString(reader, node, rules);
  if (node instanceof nodes.InterpolatedStringNode) return readInterpolatedString(reader, node, rules);
  if (node instanceof nodes.SymbolNode) return readSymbol(reader, node, rules);
  return node instanceof nodes.InterpolatedSymbolNode ? readInterpolatedSymbol(reader, node, rules) : reader.node(node);
}
