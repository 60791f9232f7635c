import { keyword, tokenText, type Piece } from './piece.ts';
import type { Token } from './token.ts';

/** Two words that begin a statement and never a line inside another one. */
const heads: Readonly<Record<string, RegExp>> = {
  ALTER: /^(?:TABLE|ONLINE|IGNORE|DATABASE|SCHEMA|EVENT|USER|VIEW)$/,
  CREATE: /^(?:TABLE|TEMPORARY|TEMP|UNIQUE|FULLTEXT|SPATIAL|INDEX|VIEW|OR|TRIGGER|PROCEDURE|FUNCTION|DEFINER|ALGORITHM|EVENT|USER|DATABASE|SCHEMA|VIRTUAL|SEQUENCE)$/,
  DROP: /^(?:TABLE|TEMPORARY|VIEW|PROCEDURE|FUNCTION|TRIGGER|DATABASE|SCHEMA|EVENT|USER|SEQUENCE)$/,
  RENAME: /^TABLES?$/, TRUNCATE: /^TABLE$/, OPTIMIZE: /^TABLE$/, INSERT: /^(?:INTO|IGNORE)$/, REPLACE: /^INTO$/, DELETE: /^FROM$/, LOCK: /^TABLES?$/, UNLOCK: /^TABLES?$/,
  START: /^TRANSACTION$/, DEALLOCATE: /^PREPARE$/,
};
/** Statements in which another may begin a line: they hold one, or name one as a right. */
const holders = /^(?:EXPLAIN|DESC|DESCRIBE|ANALYZE|GRANT|REVOKE|SHOW|WITH|BEGIN|CHANGE|HANDLER)$/;
const routines = /^(?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)$/;
/** Short statements with no clause that these words could begin. */
const short = /^(?:DROP|RENAME|TRUNCATE|SET|START|COMMIT|ROLLBACK|LOCK|UNLOCK|PREPARE|EXECUTE|DEALLOCATE|CALL|USE|PRAGMA)$/;
const afterShort = /^(?:SELECT|SET|CALL|PREPARE|EXECUTE|UPDATE|PRAGMA|USE|COMMIT|ROLLBACK)$/;
/** Statements whose strings are names, defaults and comments, never SQL. */
const plain = /^(?:ALTER|CREATE|DROP|RENAME|TRUNCATE)$/;
const swallowed = /;[ \t]*[\n\r]\s*(?:alter|create|delete|drop|insert|rename|select|set|truncate|update)\s/i;
/** No text that a statement works with holds a line of the client. */
const delimiterLine = /[\n\r][ \t]*delimiter[ \t]+\S/i;

/** What begins inside a statement that should have ended. */
export interface RunOn {
  readonly token: Token;
  readonly kind: 'statement' | 'quote';
}

/**
 * The token at which the next statement begins when the separator before it is missing, or the quote that swallowed it; null when there is none. For readers
 * without a full grammar, which would pass over the rest: a line must begin with words that begin nothing else there.
 */
export function runOnIn(piece: Piece): RunOn | null {
  if (!piece.text.includes('\n')) return null;
  const tokens = piece.tokens();
  const first = keyword(piece, tokens[0]);
  const swallows = first === 'INSERT' || first === 'REPLACE' ? null : plain.test(first) && !isRoutine(piece, first) ? swallowed : piece.lexicon.delimiterLines ? delimiterLine : null;
  const quote = swallows ? tokens.find((token) => (token.kind === 'string' || token.kind === 'name') && token.end - token.start > 10 && swallows.test(tokenText(piece, token))) : undefined;
  if (quote) return { token: quote, kind: 'quote' };
  if (holders.test(first) || isRoutine(piece, first) || (first === 'CREATE' && keyword(piece, tokens[1]) === 'SCHEMA')) return null;
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const word = keyword(piece, tokens[at]);
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    const token = tokens[at];
    if (!token || at === 0) continue;
    if (depth === 0 && begins(piece, first, at, word)) return { token, kind: 'statement' };
  }
  return null;
}

function isRoutine(piece: Piece, first: string): boolean {
  return first === 'CREATE' && piece.tokens().slice(1, 14).some((token) => routines.test(keyword(piece, token)));
}

function begins(piece: Piece, first: string, at: number, word: string): boolean {
  const tokens = piece.tokens();
  const next = keyword(piece, tokens[at + 1]);
  const isHead = Object.hasOwn(heads, word) && heads[word]?.test(next);
  const isIndex = word === 'DROP' && next === 'INDEX' && keyword(piece, tokens[at + 3]) === 'ON';
  const isAfterShort = short.test(first) && afterShort.test(word) && !/^[=(,]$/.test(keyword(piece, tokens[at - 1]));
  const isEnd = /^(?:COMMIT|ROLLBACK)$/.test(word) && at === tokens.length - 1;
  return (isHead || isIndex || isAfterShort || isEnd) && startsLine(piece, tokens[at]?.start ?? 0);
}

function startsLine(piece: Piece, offset: number): boolean {
  return /(?:^|[\n\r])[ \t]*(?:\/\*M?!\d*[ \t]*)?$/.test(piece.text.slice(Math.max(0, offset - piece.start - 80), offset - piece.start));
}
