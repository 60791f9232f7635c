import { hasHole } from './mask.ts';
import { plainName, tokenText, type Piece } from './piece.ts';
import type { Token } from './token.ts';

const mysqlEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', b: '\b', Z: '\x1a' };
const postgresEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The value of a string literal's text. */
export function literalValue(piece: Piece, text: string): string {
  const open = text.search(/['"]/);
  const quote = text.charAt(open);
  const inner = text.slice(open + 1, text.endsWith(quote) && text.length > open + 1 ? -1 : undefined).replaceAll(quote + quote, quote);
  const unescaped = piece.lexicon.backslashes ? inner.replace(/\\([\s\S])/g, (_, char: string) => mysqlEscapes[char] ?? char) : inner;
  return plainName(piece, unescaped);
}

/** The value of a string token when it is wholly known: no computed part, no escape that is not undone here. Else null. */
export function knownText(piece: Piece, token: Token): string | null {
  const text = tokenText(piece, token);
  if (hasHole(piece.source, text) || !token.closed) return null;
  if (token.kind === 'dollar') {
    const tag = text.indexOf('$', 1) + 1;
    return text.slice(tag, -tag);
  }
  if (token.kind !== 'string') return null;
  if (/^['"]/.test(text)) return literalValue(piece, text);
  if (/^n'/i.test(text)) return literalValue(piece, text.slice(1));
  if (!/^e'/i.test(text) || /\\[0-9xuU]|'\s+'/.test(text)) return null;
  return text.slice(2, -1).replace(/\\([\s\S])|''/g, (_, char: string | undefined) => (char === undefined ? "'" : (postgresEscapes[char] ?? char)));
}
