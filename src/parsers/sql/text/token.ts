import type { Span } from '../../../source/span.ts';
import type { Lexicon } from './lexicon.ts';

/** One lexical unit; spans are UTF-16 offsets. */
export interface Token extends Span {
  /** `name` is a quoted identifier, `dollar` a dollar-quoted string, `parameter` is `$1`. */
  readonly kind: 'space' | 'comment' | 'word' | 'name' | 'string' | 'dollar' | 'number' | 'parameter' | 'symbol';
  /** False for a quote or comment that never ends. */
  readonly closed: boolean;
}

const word = /[A-Za-z_\u{80}-\u{10ffff}][\w$\u{80}-\u{10ffff}]*/uy;
const mysqlWord = /[\w$\u{80}-\u{10ffff}]+/uy;
const number = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const space = /[ \t\n\r\f\v\0]+/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const pairs = new Set(['::', ':=', '<=', '>=', '<>', '!=', '||', '=>', '->']);

/** Reads the token at an offset; at the end of the text gives an empty symbol. Linear in the token's length. */
export function tokenAt(text: string, at: number, lexicon: Lexicon): Token {
  const char = text[at];
  if (char === undefined) return made('symbol', at, at);
  const next = text[at + 1];
  if (char === "'") return quoted(text, at, at, "'", lexicon.backslashes, 'string');
  if (char === '"') return quoted(text, at, at, '"', lexicon.doubleQuotes === 'string' && lexicon.backslashes, lexicon.doubleQuotes);
  if (char === '`' && lexicon.backticks) return quoted(text, at, at, '`', false, 'name');
  if (char === '[' && lexicon.bracketNames) return until(text, at, ']', 'name');
  if (char === '-' && next === '-' && (!lexicon.dashNeedsSpace || /^\s?$/.test(text[at + 2] ?? ''))) return line(text, at);
  if (char === '#' && lexicon.hashComments) return line(text, at);
  if (char === '/' && next === '*') return comment(text, at, lexicon);
  if (char === '*' && next === '/' && lexicon.executableComments) return made('space', at, at + 2);
  const blank = match(space, text, at);
  if (blank) return made('space', at, at + blank.length);
  if (char === '$' && lexicon.dollarQuotes) return dollar(text, at);
  const prefixed = stringWithPrefix(text, at, lexicon);
  if (prefixed) return prefixed;
  const digits = match(number, text, at);
  if (digits && !(lexicon.backslashes && /^\d+$/.test(digits) && (match(mysqlWord, text, at)?.length ?? 0) > digits.length)) return made('number', at, at + digits.length);
  const letters = match(lexicon.backslashes ? mysqlWord : word, text, at);
  if (letters) return made('word', at, at + letters.length);
  return made('symbol', at, at + (pairs.has(char + (next ?? '')) ? 2 : 1));
}

/** The tokens of a text without white space and comments. `base` is the text's offset in the whole, to which the tokens' spans refer. */
export function tokensIn(text: string, lexicon: Lexicon, base = 0): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    if (token.kind !== 'space' && token.kind !== 'comment') tokens.push({ ...token, start: token.start + base, end: token.end + base });
    at = token.end;
  }
  return tokens;
}

function made(kind: Token['kind'], start: number, end: number, closed = true): Token {
  return { kind, start, end, closed };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function line(text: string, at: number): Token {
  for (let end = at; end < text.length; end++) if (text[end] === '\n' || text[end] === '\r') return made('comment', at, end);
  return made('comment', at, text.length);
}

function until(text: string, at: number, closing: string, kind: Token['kind']): Token {
  const end = text.indexOf(closing, at + 1);
  return end < 0 ? made(kind, at, text.length, false) : made(kind, at, end + closing.length);
}

function quoted(text: string, start: number, open: number, quote: string, backslashes: boolean, kind: 'string' | 'name'): Token {
  for (let at = open + 1; at < text.length; at++) {
    if (backslashes && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return made(kind, start, at + 1);
      at += 1;
    }
  }
  return made(kind, start, text.length, false);
}

function stringWithPrefix(text: string, at: number, lexicon: Lexicon): Token | undefined {
  const char = text[at] ?? '';
  if (!/[eEbBxXnNuU]/.test(char)) return undefined;
  if (text[at + 1] === "'" && !/[uU]/.test(char)) {
    const escapes = lexicon.backslashes || (lexicon.escapeStrings && /[eE]/.test(char));
    return /[eE]/.test(char) && !lexicon.escapeStrings ? undefined : quoted(text, at, at + 1, "'", escapes, 'string');
  }
  if (/[uU]/.test(char) && lexicon.escapeStrings && text[at + 1] === '&' && (text[at + 2] === "'" || text[at + 2] === '"')) {
    return quoted(text, at, at + 2, text[at + 2] ?? '', false, text[at + 2] === "'" ? 'string' : 'name');
  }
  return undefined;
}

function dollar(text: string, at: number): Token {
  const tag = match(dollarTag, text, at);
  if (tag) {
    const end = text.indexOf(tag, at + tag.length);
    return end < 0 ? made('dollar', at, text.length, false) : made('dollar', at, end + tag.length);
  }
  let end = at + 1;
  while (/[0-9]/.test(text[end] ?? '')) end += 1;
  return made(end > at + 1 ? 'parameter' : 'symbol', at, end);
}

function comment(text: string, at: number, lexicon: Lexicon): Token {
  if (lexicon.executableComments) {
    const opening = match(/\/\*M?!\d*/y, text, at);
    if (opening) return made('space', at, at + opening.length);
  }
  let depth = 1;
  for (let end = at + 2; end < text.length; end++) {
    if (text[end] === '*' && text[end + 1] === '/') {
      depth -= 1;
      end += 1;
      if (depth === 0) return made('comment', at, end + 1);
    } else if (lexicon.nestedComments && text[end] === '/' && text[end + 1] === '*') {
      depth += 1;
      end += 1;
    }
  }
  return made('comment', at, text.length, false);
}
