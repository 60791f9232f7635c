import type { Span } from '../../../source/span.ts';
import { keyword, type Piece } from './piece.ts';
import { countBefore } from '../../../source/search.ts';

/** Half-open range of token indexes of a piece. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** The index just past the bracket that closes the one at `open`; `to` when it is never closed. */
export function pastClose(piece: Piece, open: number, to = piece.tokens().length): number {
  let depth = 0;
  for (let at = open; at < to; at++) {
    const symbol = keyword(piece, piece.tokens()[at]);
    if (symbol === '(' || symbol === '[') depth += 1;
    else if (symbol === ')' || symbol === ']') {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return to;
}

/** Splits a range at the commas outside brackets; an empty range gives none. Stops at a closing bracket that was not opened in it. */
export function splitAtCommas(piece: Piece, range: TokenRange): TokenRange[] {
  const parts: TokenRange[] = [];
  let from = range.from;
  let at = range.from;
  while (at < range.to) {
    const symbol = keyword(piece, piece.tokens()[at]);
    if (symbol === ')' || symbol === ']') break;
    if (symbol === ',') {
      parts.push({ from, to: at });
      from = at + 1;
      at += 1;
    } else at = symbol === '(' || symbol === '[' ? pastClose(piece, at, range.to) : at + 1;
  }
  if (at > from || parts.length) parts.push({ from, to: at });
  return parts.filter((part) => part.to > part.from);
}

/** The first index in a range, outside brackets, whose keyword is one of the words; -1 when there is none. */
export function findWord(piece: Piece, range: TokenRange, ...words: readonly string[]): number {
  for (let at = range.from; at < range.to; ) {
    const found = keyword(piece, piece.tokens()[at]);
    if (words.includes(found)) return at;
    at = found === '(' || found === '[' ? pastClose(piece, at, range.to) : at + 1;
  }
  return -1;
}

/** The index of the first token that starts at or after an offset. */
export function tokenFrom(piece: Piece, offset: number): number {
  const tokens = piece.tokens();
  return countBefore(tokens.length, (at) => (tokens[at]?.start ?? 0) < offset);
}

/** Where a range stands in the text; the whole piece when it is empty. */
export function spanOf(piece: Piece, range: TokenRange): Span {
  const first = piece.tokens()[range.from];
  const last = piece.tokens()[range.to - 1];
  return range.to > range.from && first && last ? { start: first.start, end: last.end } : { start: piece.start, end: piece.end };
}

/** A range without the brackets that enclose all of it. */
export function withoutBrackets(piece: Piece, range: TokenRange): TokenRange {
  let { from, to } = range;
  for (let turn = 0; turn < 20 && to - from > 2 && keyword(piece, piece.tokens()[from]) === '(' && pastClose(piece, from, to) === to && keyword(piece, piece.tokens()[to - 1]) === ')'; turn++) {
    from += 1;
    to -= 1;
  }
  return { from, to };
}

/** The text of a range as it was written, without enclosing brackets. */
export function expressionText(piece: Piece, range: TokenRange): string {
  const { start, end } = spanOf(piece, withoutBrackets(piece, range));
  return piece.source.original.slice(start, end);
}
