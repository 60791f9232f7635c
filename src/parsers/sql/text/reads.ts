import type { QualifiedName } from '../../../operations/index.ts';
import { keyword, objectName, tokenText, type Piece } from './piece.ts';
import type { TokenRange } from './range.ts';

/** A name's text without its quotes. Unquoted names are folded to lower case on Postgres only. */
export function nameText(piece: Piece, at: number): string | null {
  const token = piece.tokens()[at];
  if (!token) return null;
  const text = tokenText(piece, token);
  if (token.kind === 'name') return unquoted(text);
  if (token.kind === 'string' && piece.lexicon.engine !== 'postgres') return unquoted(text);
  if (token.kind !== 'word') return null;
  return piece.lexicon.engine === 'postgres' ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

function unquoted(text: string): string {
  const quote = text.charAt(0);
  const end = text.charAt(text.length - 1) === (quote === '[' ? ']' : quote) && text.length > 1 ? text.length - 1 : text.length;
  const inner = text.slice(1, end);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** A possibly qualified name at a token, and the index after it; null when no name stands there. */
export function readName(piece: Piece, at: number): { readonly name: QualifiedName; readonly next: number } | null {
  const parts: string[] = [];
  let next = at;
  for (;;) {
    const part = nameText(piece, next);
    if (part === null) break;
    parts.push(part);
    next += 1;
    if (keyword(piece, piece.tokens()[next]) !== '.') break;
    next += 1;
  }
  const last = parts.at(-1);
  return last === undefined ? null : { name: objectName(piece, last, parts.at(-2)), next };
}

/** The tables a query names after FROM and JOIN, each once; subqueries at any depth are included, names of WITH queries are not. */
export function tablesRead(piece: Piece, range: TokenRange): QualifiedName[] {
  const found = new Map<string, QualifiedName>();
  const own = new Set<string>();
  for (let at = range.from; at < range.to; at++) {
    const word = keyword(piece, piece.tokens()[at]);
    if (word === 'AS' && keyword(piece, piece.tokens()[at + 1]) === '(') own.add(nameText(piece, at - 1) ?? '');
    if (word !== 'FROM' && word !== 'JOIN' && !(word === ',' && afterTable(piece, at, range.from))) continue;
    const skip = /^(ONLY|LATERAL)$/.test(keyword(piece, piece.tokens()[at + 1])) ? 2 : 1;
    const read = at + skip < range.to ? readName(piece, at + skip) : null;
    if (!read || keyword(piece, piece.tokens()[read.next]) === '(' || keyword(piece, piece.tokens()[at + 1]) === 'SELECT') continue;
    if (read.name.schema === null && own.has(read.name.name)) continue;
    found.set(`${read.name.schema}.${read.name.name}`, read.name);
  }
  return [...found.values()];
}

/** True when the comma continues a list of tables: `FROM a, b`, `FROM a x, b y`. */
function afterTable(piece: Piece, comma: number, from: number): boolean {
  for (let at = comma - 1, left = 8; at >= from && left > 0; at--, left--) {
    const token = piece.tokens()[at];
    const word = keyword(piece, token);
    if (word === 'FROM') return true;
    if (word === 'AS' || word === '.' || word === ',') continue;
    if (token?.kind !== 'word' && token?.kind !== 'name') return false;
    if (/^(SELECT|BY|ON|WHERE|SET|VALUES|USING)$/.test(word)) return false;
  }
  return false;
}
