import type { Span } from '../../../source/span.ts';
import type { Lexicon } from './lexicon.ts';

/** One lexical unit; spans are UTF-16 offsets. */
export interface Token extends Span {
  /** `name` is a quoted identifier, `dollar` a dollar-quoted string, `parameter` is `$1`. */
  readonly kind: 'space' | 'comment' | 'word' | 'name' | 'string' | 'dollar' | 'number' | 'parameter' | 'symbol';
  /** False for a quote or comment that never ends. */
  readonly closed: boolean;
}

const number = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
/** An opening whose inside is code; mysqldump's `M!999999\-` marker is none. */
const executable = /\/\*M?!\d*(?!\d*\\)/y;
const pairs = new Set(['::', ':=', '<=', '>=', '<>', '!=', '||', '=>', '->']);

/** Reads the token at an offset; at the end of the text gives an empty symbol. Linear in the token's length. */
export function tokenAt(text: string, at: number, lexicon: Lexicon): Token {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return made('symbol', at, at);
  if (isSpace(code)) return made('space', at, pastSpace(text, at));
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (next === "'" || next === '&') {
    const prefixed = stringWithPrefix(text, at, char, next, lexicon);
    if (prefixed) return prefixed;
  }
  if (isWordStart(code) || (code === 36 && lexicon.backslashes)) return made('word', at, pastWord(text, at));
  if (isDigit(code) || (char === '.' && isDigit(text.charCodeAt(at + 1)) && !isOperandBefore(text, at))) return numberAt(text, at, lexicon);
  switch (char) {
    case "'":
      return quoted(text, at, at, "'", lexicon.backslashes, 'string');
    case '"':
      return quoted(text, at, at, '"', lexicon.doubleQuotes === 'string' && lexicon.backslashes, lexicon.doubleQuotes);
    case '`':
      return lexicon.backticks ? quoted(text, at, at, '`', false, 'name') : made('symbol', at, at + 1);
    case '[':
      return lexicon.bracketNames ? until(text, at, ']', 'name') : made('symbol', at, at + 1);
    case '$':
      return lexicon.dollarQuotes ? dollar(text, at) : made('symbol', at, at + 1);
    case '#':
      return lexicon.hashComments ? line(text, at) : made('symbol', at, at + 1);
    case '-':
      if (next === '-' && (!lexicon.dashNeedsSpace || at + 2 >= text.length || isSpace(text.charCodeAt(at + 2)))) return line(text, at);
      break;
    case '/':
      if (next === '*') return comment(text, at, lexicon);
      break;
    case '*':
      if (next === '/' && lexicon.executableComments) return made('space', at, at + 2);
      break;
  }
  return made('symbol', at, at + (pairs.has(char + next) ? 2 : 1));
}

/** The tokens of a text without white space and comments. `base` is the text's offset in the whole, to which the tokens' spans refer. */
export function tokensIn(text: string, lexicon: Lexicon, base = 0): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    if (token.kind !== 'space' && token.kind !== 'comment') tokens.push(base ? { ...token, start: token.start + base, end: token.end + base } : token);
    at = token.end;
  }
  return tokens;
}

function made(kind: Token['kind'], start: number, end: number, closed = true): Token {
  return { kind, start, end, closed };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function pastSpace(text: string, at: number): number {
  let end = at + 1;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

function pastWord(text: string, at: number): number {
  let end = at + 1;
  for (let code = text.charCodeAt(end); isWordStart(code) || isDigit(code) || code === 36; code = text.charCodeAt(end)) end += 1;
  return end;
}

/** `a.5` names a column of a table on MySQL; `1.5` is read as a whole before the dot is met. */
function isOperandBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return isWordStart(code) || code === 34 || code === 96;
}

function numberAt(text: string, at: number, lexicon: Lexicon): Token {
  const length = match(number, text, at)?.length ?? 1;
  // MySQL's names may begin with digits.
  const word = lexicon.backslashes && isDigit(text.charCodeAt(at)) ? pastWord(text, at) : at;
  const isName = word > at + length && !/^\d+[eE]|^0[xX]/.test(text.slice(at, word));
  return isName ? made('word', at, word) : made('number', at, at + length);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function line(text: string, at: number): Token {
  let end = at;
  for (let code = text.charCodeAt(end); end < text.length && code !== 10 && code !== 13; code = text.charCodeAt(end)) end += 1;
  return made('comment', at, end);
}

function until(text: string, at: number, closing: string, kind: Token['kind']): Token {
  const end = text.indexOf(closing, at + 1);
  return end < 0 ? made(kind, at, text.length, false) : made(kind, at, end + closing.length);
}

function quoted(text: string, start: number, open: number, quote: string, backslashes: boolean, kind: 'string' | 'name'): Token {
  const mark = quote.charCodeAt(0);
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && backslashes) at += 1;
    else if (code === mark) {
      if (text.charCodeAt(at + 1) !== mark) return made(kind, start, at + 1);
      at += 1;
    }
  }
  return made(kind, start, text.length, false);
}

/** `E'...'`, `B'...'`, `X'...'`, `N'...'`, `U&'...'`. */
function stringWithPrefix(text: string, at: number, char: string, next: string, lexicon: Lexicon): Token | undefined {
  if (isWordStart(text.charCodeAt(at - 1)) || isDigit(text.charCodeAt(at - 1))) return undefined;
  if (next === '&') {
    const quote = text.charAt(at + 2);
    const isUnicode = /[uU]/.test(char) && lexicon.escapeStrings && (quote === "'" || quote === '"');
    return isUnicode ? quoted(text, at, at + 2, quote, false, quote === "'" ? 'string' : 'name') : undefined;
  }
  if (/[eE]/.test(char)) return lexicon.escapeStrings ? escapeString(text, at) : undefined;
  return /[bBxXnN]/.test(char) ? quoted(text, at, at + 1, "'", lexicon.backslashes, 'string') : undefined;
}

/** After white space with a line break an escape string goes on in the next quotes, under the same rules. */
function escapeString(text: string, start: number): Token {
  let token = quoted(text, start, start + 1, "'", true, 'string');
  for (let next = pastSpace(text, token.end - 1); token.closed && text[next] === "'" && /[\n\r]/.test(text.slice(token.end, next)); next = pastSpace(text, token.end - 1)) {
    token = quoted(text, start, next, "'", true, 'string');
  }
  return token;
}

function dollar(text: string, at: number): Token {
  const tag = match(dollarTag, text, at);
  if (tag) {
    const end = text.indexOf(tag, at + tag.length);
    return end < 0 ? made('dollar', at, text.length, false) : made('dollar', at, end + tag.length);
  }
  let end = at + 1;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return made(end > at + 1 ? 'parameter' : 'symbol', at, end);
}

function comment(text: string, at: number, lexicon: Lexicon): Token {
  const opening = lexicon.executableComments ? match(executable, text, at) : undefined;
  if (opening) return made('space', at, at + opening.length);
  let depth = 1;
  for (let end = at + 2; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 42 && text.charCodeAt(end + 1) === 47) {
      depth -= 1;
      end += 1;
      if (depth === 0) return made('comment', at, end + 1);
    } else if (lexicon.nestedComments && code === 47 && text.charCodeAt(end + 1) === 42) {
      depth += 1;
      end += 1;
    }
  }
  return made('comment', at, text.length, false);
}
