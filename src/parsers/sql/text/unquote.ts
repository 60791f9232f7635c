import { derive, tokenText, type Piece } from './piece.ts';
import type { Token } from './token.ts';

/** The inside of a string or dollar quote as a piece of its own, read as SQL without moving anything; null when it has escapes that cannot be undone in place. */
export function insideQuotes(piece: Piece, token: Token, variables: ReadonlySet<string> = piece.variables): Piece | null {
  const raw = tokenText(piece, token);
  if (token.kind === 'dollar') {
    const tag = raw.indexOf('$', 1) + 1;
    return derive(piece, { start: token.start + tag, end: token.closed ? token.end - tag : token.end }, { variables });
  }
  const open = raw.indexOf("'") + 1;
  if (token.kind !== 'string' || open === 0 || (open > 1 && raw.includes('\\'))) return null;
  const span = { start: token.start + open, end: token.closed ? token.end - 1 : token.end };
  return derive(piece, span, { variables, text: single(raw.slice(open, span.end - token.start)) });
}

/** Turns doubled quotes into single ones of the same width: blanks go outside the inner literal. */
function single(text: string): string {
  let inside = false;
  return text.replace(/''''|''/g, (quotes) => {
    if (quotes.length === 4) return inside ? "''  " : "  ''";
    inside = !inside;
    return inside ? " '" : "' ";
  });
}
