import { byteTable, type ByteTable } from '../../../source/bytes.ts';
import type { Span } from '../../../source/span.ts';
import type { Piece } from '../text/piece.ts';
import { expressionText, pastClose, spanOf, tokenFrom, type TokenRange } from '../text/range.ts';
import { keyword } from '../text/piece.ts';

/** A statement of Postgres on its way from tree to operations: the tree knows what, the tokens know exactly where. */
export interface Site {
  readonly piece: Piece;
  /** The offset in the whole text of a location in the tree (UTF-8 bytes from the statement's start; absent means zero). */
  offset(location: number | undefined): number;
  /** The index of the token at a location in the tree. */
  token(location: number | undefined): number;
}

/** Prepares a statement for lowering. */
export function createSite(piece: Piece): Site {
  let table: ByteTable | null = null;
  const offset = (location: number | undefined): number => {
    table ??= byteTable(piece.text);
    return piece.start + table.toUtf16(Math.max(0, location ?? 0));
  };
  return { piece, offset, token: (location) => tokenFrom(piece, offset(location)) };
}

/** All tokens of the statement. */
export function wholeRange(site: Site): TokenRange {
  return { from: 0, to: site.piece.tokens().length };
}

/** From a token to the comma or closing bracket that ends the item it begins. */
export function itemFrom(site: Site, from: number): TokenRange {
  const tokens = site.piece.tokens();
  let at = from;
  while (at < tokens.length) {
    const symbol = keyword(site.piece, tokens[at]);
    if (symbol === ',' || symbol === ')' || symbol === ']') break;
    at = symbol === '(' || symbol === '[' ? pastClose(site.piece, at) : at + 1;
  }
  return { from, to: at };
}

/** The range inside the first pair of brackets at or after a token. */
export function insideBrackets(site: Site, range: TokenRange): TokenRange {
  for (let at = range.from; at < range.to; at++) {
    if (keyword(site.piece, site.piece.tokens()[at]) === '(') return { from: at + 1, to: pastClose(site.piece, at, range.to) - 1 };
  }
  return { from: range.to, to: range.to };
}

/** What the author wrote in a range, without enclosing brackets. */
export function textOf(site: Site, range: TokenRange): string {
  return range.to > range.from ? expressionText(site.piece, range) : '';
}

/** Where a range stands. */
export function place(site: Site, range: TokenRange): Span {
  return spanOf(site.piece, range);
}
