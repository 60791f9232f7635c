import type { Span } from '../../../source/span.ts';
import { joinStrings, stringNode } from '../build.ts';
import type { EscapeRules } from '../escape.ts';
import { readHeredoc, readMarker } from '../heredoc.ts';
import type { Piece } from '../literal.ts';
import { emptyPart, piecesBetween, readParts, singleDelimiters } from '../literal.ts';
import type { ArrayNode, RegexNode, RubyNode, StringNode, StringPart, SymbolNode } from '../syntax.ts';
import type { RawNode } from './raw.ts';
import type { Reader } from './reader.ts';
import { content, spanOf, statements, textOf } from './reader.ts';

/** `"..."`, `'...'`, `%q()`, backticks. */
export function readString(reader: Reader, raw: RawNode): StringNode {
  return stringNode(raw, delimitedParts(reader, raw), raw.type === 'subshell');
}

/** `"a" "b"`. */
export function readChainedString(reader: Reader, raw: RawNode): RubyNode {
  return joinStrings(content(raw).map((child) => readString(reader, child)));
}

/** `?a`. */
export function readCharacter(reader: Reader, raw: RawNode): StringNode {
  const start = raw.start + 1;
  return stringNode(raw, readParts(reader.text, start, [{ kind: 'text', start, end: raw.end }], { kind: 'double' }));
}

/** `:"a b"`, `%s(a)`; also a string that stands as a key before a colon. */
export function readDelimitedSymbol(reader: Reader, raw: RawNode): SymbolNode {
  return { type: 'symbol', ...spanOf(raw), parts: delimitedParts(reader, raw) };
}

/** `:a`, `:+`. */
export function readSimpleSymbol(reader: Reader, raw: RawNode): SymbolNode {
  return nameSymbol(reader, raw, raw.start + 1);
}

/** A name that stands for a symbol: a key before its colon, an argument of `alias`. */
export function nameSymbol(reader: Reader, raw: RawNode, start = raw.start): SymbolNode {
  const part: StringPart = { kind: 'literal', value: reader.text.slice(start, raw.end), exact: true, start, end: raw.end };
  return { type: 'symbol', ...spanOf(raw), parts: [part] };
}

/** A regular expression; its text is kept as written. */
export function readRegex(reader: Reader, raw: RawNode): RegexNode {
  return { type: 'regex', ...spanOf(raw), parts: delimitedParts(reader, raw, { kind: 'raw' }) };
}

/** `%w[]`, `%W[]`, `%i[]`, `%I[]`. */
export function readWords(reader: Reader, raw: RawNode): ArrayNode {
  const opening = textOf(reader, raw.children[0] ?? raw);
  const plain: EscapeRules = { kind: 'single-words', delimiters: singleDelimiters(opening) };
  const rules: EscapeRules = /^%[WI]/.test(opening) ? { kind: 'double-words' } : plain;
  const isSymbol = raw.type === 'symbol_array';
  const words = rules === plain
    ? splitWords(reader.text, contentSpan(raw)).map((word) => ({ ...word, pieces: [{ kind: 'text', ...word } as const] }))
    : content(raw).map((word) => ({ ...spanOf(word), pieces: wordPieces(reader, word) }));
  const elements = words.map((word): RubyNode => {
    const parts = readParts(reader.text, word.start, word.pieces, rules);
    return isSymbol ? { type: 'symbol', start: word.start, end: word.end, parts } : stringNode(word, parts);
  });
  return { type: 'array', ...spanOf(raw), elements };
}

/** The words between white space that no backslash precedes. The grammar joins a word that begins with a backslash to the one before. */
function splitWords(text: string, span: Span): Span[] {
  const words = /(?:\\[\s\S]|[^ \t\n\v\f\r\\])+/g;
  return [...text.slice(span.start, span.end).matchAll(words)].map((word) => ({ start: span.start + word.index, end: span.start + word.index + word[0].length }));
}

function wordPieces(reader: Reader, word: RawNode): Piece[] {
  if (word.children.some((child) => child.type === 'escape_sequence' && /^\s/.test(textOf(reader, child)))) reader.doubt('word that begins with a backslash');
  return pieces(reader, word, word.start, word.end);
}

/** A heredoc at its marker. */
export function readHeredocMarker(reader: Reader, raw: RawNode): StringNode {
  const written = textOf(reader, raw);
  const marker = readMarker(written);
  // Masked, any line of as many such characters would end it.
  if (/[\u0080-\uffff]/.test(written)) reader.doubt('heredoc named beyond ASCII');
  const body = reader.heredocs.get(raw);
  if (!body) return { ...stringNode(raw, [emptyPart(raw.end)], marker.shell), heredoc: true };
  const span = heredocBody(reader, body);
  const parts = readHeredoc(reader.text, span, pieces(reader, body, span.start, span.end), marker);
  return { ...stringNode(raw, parts, marker.shell), heredoc: true, bodySpan: span };
}

/** From the line after the marker's to the terminator's line. */
function heredocBody(reader: Reader, body: RawNode): Span {
  const newline = reader.text.indexOf('\n', body.start);
  const start = newline < 0 ? body.end : newline + 1;
  const last = body.children.at(-1);
  if (last?.type !== 'heredoc_end' || last.start === last.end) {
    reader.doubt('heredoc without end');
    return { start, end: Math.max(start, body.end) };
  }
  return { start, end: Math.max(start, reader.text.lastIndexOf('\n', last.start - 1) + 1) };
}

function delimitedParts(reader: Reader, raw: RawNode, given?: EscapeRules): StringPart[] {
  const { start, end } = contentSpan(raw);
  return readParts(reader.text, start, pieces(reader, raw, start, end), given ?? escapeRules(reader.text.slice(raw.start, start)));
}

function contentSpan(raw: RawNode): Span {
  const open = raw.children[0];
  const close = raw.children.at(-1);
  const start = open && !open.named ? open.end : raw.start;
  return { start, end: close && close !== open && !close.named ? close.start : raw.end };
}

function escapeRules(opening: string): EscapeRules {
  return /^(?::?'|%[qs])/.test(opening) ? { kind: 'single', delimiters: singleDelimiters(opening) } : { kind: 'double' };
}

function pieces(reader: Reader, raw: RawNode, start: number, end: number): Piece[] {
  const interpolations = raw.children.flatMap((child): Extract<Piece, { kind: 'interpolation' }>[] =>
    child.type === 'interpolation' ? [{ kind: 'interpolation', start: child.start, end: child.end, body: statements(reader, child) }] : []);
  return piecesBetween(start, end, interpolations);
}
