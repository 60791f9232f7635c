import type { QualifiedName } from '../../../operations/index.ts';
import type { Span } from '../../../source/span.ts';
import type { Lexicon } from './lexicon.ts';
import { writtenName } from './long-name.ts';
import { hasHole, unmask, type Holes, type Masked } from './mask.ts';
import type { SqlMemory, Texts } from './memory.ts';
import { tokensIn, type Token } from './token.ts';

/** One statement with what is needed to read it and to place what is found. All offsets are those of the whole text. */
export interface Piece extends Span {
  /** The statement's own text with holes masked, `end - start` units long. */
  readonly text: string;
  readonly source: Holes;
  readonly lexicon: Lexicon;
  /** Names that stand for values: variables of a PL/pgSQL block, lower case. */
  readonly variables: ReadonlySet<string>;
  /** True when a computed part was left out, so that the statement may hold more clauses than are seen. */
  readonly hidden: boolean;
  readonly memory: SqlMemory;
  /** What variables of the routine around are known to hold. */
  readonly texts: Texts;
  /** The statement's tokens; read once, when first asked for. */
  readonly tokens: () => readonly Token[];
}

const none: ReadonlySet<string> = new Set();
const noTexts: Texts = new Map();

/** Cuts a statement out of a text. */
export function createPiece(masked: Holes & Pick<Masked, 'text'>, span: Span, lexicon: Lexicon, memory: SqlMemory): Piece {
  return made({ start: span.start, end: span.end, text: masked.text.slice(span.start, span.end), source: masked, lexicon, variables: none, hidden: false, memory, texts: noTexts });
}

/** A part of a piece, or the piece itself, with some of its properties changed. A given `text` must be as long as the span. */
export function derive(piece: Piece, span: Span, changes: Partial<Pick<Piece, 'text' | 'source' | 'variables' | 'hidden' | 'texts'>> = {}): Piece {
  const text = piece.text.slice(span.start - piece.start, span.end - piece.start);
  return made({ ...piece, start: span.start, end: span.end, text, ...changes });
}

function made(fields: Omit<Piece, 'tokens'>): Piece {
  let tokens: readonly Token[] | null = null;
  return { ...fields, tokens: () => (tokens ??= tokensIn(fields.text, fields.lexicon, fields.start)) };
}

/** What the user wrote at a span, holes as they were written. */
export function written(piece: Piece, span: Span): string {
  return piece.source.original.slice(span.start, span.end);
}

/** The first words of a piece, for messages about what was not understood. */
export function beginning(piece: Piece, span: Span = piece): string {
  const text = written(piece, { start: span.start, end: Math.min(span.end, span.start + 400) }).replace(/\s+/g, ' ').trim();
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** True when part of the span is computed while the migration runs. */
export function isDynamic(piece: Piece, span: Span = piece): boolean {
  if (span === piece) return piece.hidden || hasHole(piece.source, piece.text);
  return hasHole(piece.source, piece.text.slice(span.start - piece.start, span.end - piece.start));
}

/** True when a place lies in a computed part. */
export function inHole(piece: Piece, offset: number): boolean {
  return piece.source.holes.some((hole) => hole.start <= offset && offset < hole.end);
}

/** A name as it was written. */
export function plainName(piece: Piece, name: string): string {
  return unmask(piece.source, writtenName(piece, name)).name;
}

/** A qualified name; `dynamic` when a hole is in it. */
export function objectName(piece: Piece, name: string, schema: string | null | undefined): QualifiedName {
  const last = unmask(piece.source, writtenName(piece, name));
  const first = schema ? unmask(piece.source, writtenName(piece, schema)) : null;
  const named: QualifiedName = { schema: first?.name ?? null, name: last.name };
  return last.dynamic || first?.dynamic ? { ...named, dynamic: true } : named;
}

/** A token's masked text. */
export function tokenText(piece: Piece, token: Token | undefined): string {
  return token ? piece.text.slice(token.start - piece.start, token.end - piece.start) : '';
}

/** A token's text in upper case when it is a word, its symbol when it is one, else an empty string: for comparing with keywords. */
export function keyword(piece: Piece, token: Token | undefined): string {
  if (!token || (token.kind !== 'word' && token.kind !== 'symbol')) return '';
  return piece.text.slice(token.start - piece.start, token.end - piece.start).toUpperCase();
}
