import type { RowScope } from '../../../operations/index.ts';
import { hasHole } from './mask.ts';
import { keyword, tokenText, type Piece } from './piece.ts';
import { findWord, pastClose, withoutBrackets, type TokenRange } from './range.ts';

const deepest = 12;

/** The range of a statement's WHERE condition, or null. `to` ends before RETURNING, ORDER BY and LIMIT. */
export function whereRange(piece: Piece, statement: TokenRange): TokenRange | null {
  const where = findWord(piece, statement, 'WHERE');
  if (where < 0) return null;
  const end = findWord(piece, { from: where + 1, to: statement.to }, 'RETURNING', 'ORDER', 'LIMIT');
  return { from: where + 1, to: end < 0 ? statement.to : end };
}

/**
 * Which rows a condition lets through: `bounded` when it fixes a key (`id = 5`, `user_id IN (1, 2)`, `id BETWEEN 1 AND 1000`, `id >= 1 AND id < 1000`)
 * or takes keys from a query with a LIMIT.
 */
export function rowScope(piece: Piece, where: TokenRange | null): RowScope {
  if (!where) return 'all';
  return isBounded(piece, where, 0) ? 'bounded' : isAlwaysTrue(piece, where) ? 'all' : 'filtered';
}

function isBounded(piece: Piece, range: TokenRange, depth: number): boolean {
  if (depth > deepest) return false;
  const inner = withoutBrackets(piece, range);
  const alternatives = splitAt(piece, inner, 'OR');
  if (alternatives.length > 1) return alternatives.every((part) => isBounded(piece, part, depth + 1));
  const sides = new Map<string, Set<string>>();
  return splitAt(piece, inner, 'AND').some((part) => {
    const bare = withoutBrackets(piece, part);
    if (bare.from !== part.from) return isBounded(piece, bare, depth + 1);
    return boundsOneKey(piece, bare, sides);
  });
}

/** Splits at a word outside brackets; the AND of BETWEEN does not split. */
function splitAt(piece: Piece, range: TokenRange, word: 'AND' | 'OR'): TokenRange[] {
  const parts: TokenRange[] = [];
  let from = range.from;
  let between = false;
  for (let at = range.from; at < range.to; ) {
    const found = keyword(piece, piece.tokens()[at]);
    if (found === 'BETWEEN') between = true;
    else if (found === word && !(word === 'AND' && between)) {
      parts.push({ from, to: at });
      from = at + 1;
    } else if (found === 'AND') between = false;
    at = found === '(' || found === '[' ? pastClose(piece, at, range.to) : at + 1;
  }
  return [...parts, { from, to: range.to }];
}

/** `sides` remembers, a key, which ends of its range earlier conditions of the same AND fixed. */
function boundsOneKey(piece: Piece, range: TokenRange, sides: Map<string, Set<string>>): boolean {
  const operator = findWord(piece, range, '=', 'IN', 'BETWEEN', '>', '>=', '<', '<=');
  if (operator < 0) return false;
  const symbol = keyword(piece, piece.tokens()[operator]);
  const left = { from: range.from, to: operator };
  const right = { from: operator + 1, to: range.to };
  if (keyword(piece, piece.tokens()[operator - 1]) === 'NOT') return false;
  if (symbol === 'IN' && hasLimit(piece, right)) return true;
  const key = keyName(piece, left);
  if (!key) return symbol === '=' && keyName(piece, right) !== null && isConstant(piece, left);
  switch (symbol) {
    case '=':
      return isConstant(piece, right) || hasLimit(piece, right);
    case 'IN':
      return isConstant(piece, right);
    case 'BETWEEN':
      return splitAt(piece, right, 'AND').every((end) => isConstant(piece, end));
    default: {
      if (!isConstant(piece, right)) return false;
      const ends = sides.get(key) ?? new Set();
      sides.set(key, ends.add(symbol.charAt(0)));
      return ends.size === 2;
    }
  }
}

/** The key a range names (`id`, `t.user_id`, `"uuid"`), or null. */
function keyName(piece: Piece, range: TokenRange): string | null {
  const tokens = piece.tokens();
  const last = tokens[range.to - 1];
  const length = range.to - range.from;
  if (!last || (last.kind !== 'word' && last.kind !== 'name') || (length !== 1 && length !== 3 && length !== 5)) return null;
  if (length > 1 && keyword(piece, tokens[range.to - 2]) !== '.') return null;
  const name = tokenText(piece, last).replace(/["`[\]]/g, '').toLowerCase();
  return /^id$|_id$|key$|uuid$|^ctid$|^rowid$/.test(name) && !piece.variables.has(name) ? name : null;
}

/** True when a range holds nothing but literals, parameters, variables, holes and casts. */
function isConstant(piece: Piece, range: TokenRange): boolean {
  const tokens = piece.tokens();
  if (range.to <= range.from) return false;
  for (let at = range.from; at < range.to; at++) {
    const token = tokens[at];
    if (!token || token.kind === 'string' || token.kind === 'number' || token.kind === 'parameter' || token.kind === 'dollar') continue;
    const word = keyword(piece, token);
    if (word === '::') at += keyword(piece, tokens[at + 2]) === '.' ? 3 : 1;
    else if (token.kind === 'symbol' ? !/^[()[\],.?:@%+*/-]$/.test(word) : !isValueWord(piece, at)) return false;
  }
  return true;
}

const valueWords = new Set(['NULL', 'TRUE', 'FALSE', 'ARRAY', 'ANY', 'ALL', 'SOME', 'CAST', 'AS', 'INTERVAL', 'DATE', 'TIMESTAMP', 'UUID', 'TEXT', 'INTEGER', 'BIGINT', 'VARYING', 'PRECISION', 'WITH', 'WITHOUT', 'TIME', 'ZONE']);

function isValueWord(piece: Piece, at: number): boolean {
  const token = piece.tokens()[at];
  const text = tokenText(piece, token);
  if (hasHole(piece.source, text) || piece.variables.has(text.toLowerCase())) return true;
  const before = keyword(piece, piece.tokens()[at - 1]);
  if (before === ':' || before === '@' || before === '%') return true;
  if (before === '.') return piece.variables.has(tokenText(piece, piece.tokens()[at - 2]).toLowerCase());
  return valueWords.has(text.toUpperCase());
}

/** True when a range holds a LIMIT or FETCH FIRST at any depth. */
export function hasLimit(piece: Piece, range: TokenRange): boolean {
  for (let at = range.from; at < range.to; at++) {
    const word = keyword(piece, piece.tokens()[at]);
    if (word === 'LIMIT' || (word === 'FETCH' && /^(FIRST|NEXT)$/.test(keyword(piece, piece.tokens()[at + 1])))) return true;
  }
  return false;
}

/** `WHERE true`, `WHERE 1`, `WHERE 1 = 1`, `WHERE 'a' = 'a'`, in brackets or not. */
function isAlwaysTrue(piece: Piece, range: TokenRange): boolean {
  const inner = withoutBrackets(piece, range);
  const tokens = piece.tokens().slice(inner.from, inner.to);
  const [left, operator, right] = tokens.map((token) => tokenText(piece, token));
  if (tokens.length === 1) return /^true$/i.test(left ?? '') || (tokens[0]?.kind === 'number' && Number(left) !== 0);
  if (tokens.length !== 3 || operator !== '=' || left !== right || (left !== undefined && hasHole(piece.source, left))) return false;
  return tokens[0]?.kind === 'number' || tokens[0]?.kind === 'string' || /^(true|false)$/i.test(left ?? '');
}
