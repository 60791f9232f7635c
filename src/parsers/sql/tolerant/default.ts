import type { Default } from '../../../operations/index.ts';
import { literalValue } from '../text/literal.ts';
import { isDynamic, keyword, tokenText, type Piece } from '../text/piece.ts';
import { expressionText, spanOf, withoutBrackets, type TokenRange } from '../text/range.ts';
import { bracketed, peek, type Cursor } from './cursor.ts';

/** Reads the expression after DEFAULT. */
export function readDefault(cursor: Cursor): Default {
  const from = cursor.at;
  if (!bracketed(cursor)) {
    while (peek(cursor) === '-' || peek(cursor) === '+') cursor.at += 1;
    cursor.at += 1;
    while (peek(cursor) === '.') cursor.at += 2;
    const token = cursor.piece.tokens()[cursor.at - 1];
    // _utf8'text': the character set stands before the string.
    if (token?.kind === 'word' && tokenText(cursor.piece, token).startsWith('_') && cursor.piece.tokens()[cursor.at]?.kind === 'string') cursor.at += 1;
    if (token?.kind === 'word') bracketed(cursor);
    while (peek(cursor) === '::') {
      cursor.at += 2;
      while (peek(cursor) === '.' || peek(cursor) === 'VARYING' || peek(cursor) === '[' || peek(cursor) === ']') cursor.at += peek(cursor) === '.' ? 2 : 1;
      bracketed(cursor);
    }
  }
  return defaultIn(cursor.piece, { from, to: Math.min(cursor.at, cursor.to) });
}

const timeWords = new Set(['CURRENT_TIMESTAMP', 'CURRENT_DATE', 'CURRENT_TIME', 'LOCALTIME', 'LOCALTIMESTAMP', 'CURRENT_USER', 'SESSION_USER']);

/** The default an expression gives. */
export function defaultIn(piece: Piece, range: TokenRange): Default {
  const inner = withoutBrackets(piece, range);
  const tokens = piece.tokens().slice(inner.from, inner.to);
  const sql = expressionText(piece, range);
  if (!tokens.length) return { kind: 'none' };
  const cast = tokens.findIndex((token) => keyword(piece, token) === '::');
  const value = constantOf(piece, cast < 0 ? tokens : tokens.slice(0, cast));
  const dynamic = isDynamic(piece, spanOf(piece, inner));
  if (dynamic && (value !== undefined || tokens.length === 1)) return { kind: 'unknown', text: sql };
  return value !== undefined ? { kind: 'constant', value } : { kind: 'expression', sql, functions: functionsIn(piece, inner) };
}

function constantOf(piece: Piece, tokens: ReturnType<Piece['tokens']>): string | number | boolean | null | undefined {
  const last = tokens.at(-1);
  const text = tokenText(piece, last);
  if (tokens.length === 2 && last?.kind === 'number' && /^[-+]$/.test(keyword(piece, tokens[0]))) return keyword(piece, tokens[0]) === '-' ? -Number(text) : Number(text);
  if (tokens.length === 2 && last?.kind === 'string' && tokenText(piece, tokens[0]).startsWith('_')) return literalValue(piece, text);
  if (tokens.length !== 1) return undefined;
  if (last?.kind === 'string') return literalValue(piece, text);
  if (last?.kind === 'number') return Number.isSafeInteger(Number(text)) || !/^\d+$/.test(text) ? Number(text) : text;
  const word = keyword(piece, last);
  return word === 'NULL' ? null : word === 'TRUE' ? true : word === 'FALSE' ? false : undefined;
}

/** The functions called in a range, lower case, each once. */
export function functionsIn(piece: Piece, range: TokenRange): string[] {
  const found = new Set<string>();
  for (let at = range.from; at < range.to; at++) {
    const word = keyword(piece, piece.tokens()[at]);
    if (!/^[A-Z_\u0080-\uffff]/.test(word)) continue;
    if (timeWords.has(word) || (keyword(piece, piece.tokens()[at + 1]) === '(' && !/^(AND|OR|IN|NOT|CASE|WHEN|THEN|ELSE|AS)$/.test(word))) found.add(word.toLowerCase());
  }
  return [...found];
}
