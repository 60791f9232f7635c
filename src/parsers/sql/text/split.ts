import type { Span } from '../../../source/span.ts';
import type { Lexicon } from './lexicon.ts';
import { tokenAt, type Token } from './token.ts';

/** One statement's place in the text, found by lexical rules alone. */
export interface Unit extends Span {
  /** `command` is a line of psql (`\connect`). */
  readonly kind: 'statement' | 'command';
  /** False when a quote, comment or parenthesis in it never ends. */
  readonly closed: boolean;
  /** Where to go on. */
  readonly next: number;
  /** What ends statements from there on (MySQL's `DELIMITER`). */
  readonly delimiter: string;
}

/**
 * The first statement at or after an offset, or null when nothing is left. Linear in what it passes over.
 * Separators, `DELIMITER` lines and the data of `COPY ... FROM stdin` are passed over silently.
 */
export function unitAt(text: string, from: number, lexicon: Lexicon, delimiter = ';'): Unit | null {
  let at = from;
  let ending = delimiter;
  for (;;) {
    if (at >= text.length) return null;
    const line = delimiterLine(text, at, lexicon);
    if (line) {
      ending = line[1] ?? ';';
      at += line[0].length;
      continue;
    }
    if (text.startsWith(ending, at)) at += ending.length;
    else if (text[at] === ';') at += 1;
    else if (lexicon.psqlCommands && text[at] === '\\') return command(text, at, ending);
    else {
      const token = tokenAt(text, at, lexicon);
      if (token.kind !== 'space' && token.kind !== 'comment') return statement(text, at, lexicon, ending);
      if (!token.closed) return { kind: 'statement', start: token.start, end: token.end, closed: false, next: token.end, delimiter: ending };
      at = token.end;
    }
  }
}

function statement(text: string, start: number, lexicon: Lexicon, delimiter: string): Unit {
  const postgres = lexicon.engine === 'postgres';
  const blocks = createBlocks(lexicon);
  // What is sent as one message may be several statements; under a delimiter of its own MySQL's client takes a routine's body as it is.
  const ended = () => (delimiter === ';' || postgres ? blocks.depth() === 0 : !blocks.isRoutine());
  const line = clientLine(text, start, lexicon);
  if (line) return { kind: 'statement', start, end: start + line.length, closed: true, next: start + line.length, delimiter };
  let end = start;
  let depth = 0;
  let closed = true;
  let at = start;
  while (at < text.length) {
    if (delimiter !== ';' && text.startsWith(delimiter, at)) return unit(at + delimiter.length);
    const token = beforeDelimiter(text, tokenAt(text, at, lexicon), delimiter);
    const char = text[at];
    if (token.kind === 'symbol') {
      if (char === ';' && (depth === 0 || !postgres) && ended()) return withCopyData(text, unit(at + 1), lexicon);
      if (char === '(') depth += 1;
      else if (char === ')') depth = Math.max(0, depth - 1);
      else if (char === '\\' && lexicon.psqlCommands) {
        // psql sends what "\;" separates as one message; each part is a statement all the same.
        if (text[at + 1] === ';' && depth === 0) return unit(at + 2);
        if (depth === 0 && /[a-z]/i.test(text[at + 1] ?? '')) return unit(endOfLine(text, at));
      }
    } else if (token.kind === 'word') {
      // The client of MySQL takes the line wherever it stands.
      if (!postgres && depth === 0 && at > start && delimiterLine(text, at, lexicon)) return unit(at);
      blocks.pass(text.slice(token.start, token.end).toUpperCase());
    }
    if (token.kind !== 'space' && token.kind !== 'comment') end = token.end;
    if (!token.closed) {
      closed = false;
      end = token.end;
    }
    at = Math.max(token.end, at + 1);
  }
  return { ...unit(text.length), closed: closed && (depth === 0 || !postgres) };

  function unit(next: number): Unit {
    return { kind: 'statement', start, end, closed, next, delimiter };
  }
}

/** `USE name` without an end: a command of MySQL's client, which ends with its line. */
function clientLine(text: string, at: number, lexicon: Lexicon): string | null {
  if (!lexicon.backslashes || !/u/i.test(text.charAt(at))) return null;
  return matchAt(/use[ \t]+(?:\w+|`[^`\n\r]+`)(?=[ \t]*[\n\r])/iy, text, at)?.[0] ?? null;
}

/** A delimiter may stand at the end of a word: `END$$`. */
function beforeDelimiter(text: string, token: Token, delimiter: string): Token {
  if (delimiter === ';' || token.kind !== 'word') return token;
  const at = text.slice(token.start, token.end).indexOf(delimiter);
  return at > 0 ? { ...token, end: token.start + at } : token;
}

/** Counts `BEGIN ... END` blocks of routine bodies, inside which a semicolon does not end the statement. */
function createBlocks(lexicon: Lexicon): { pass(word: string): void; depth(): number; isRoutine(): boolean } {
  const opens = lexicon.engine === 'postgres' ? /^(FUNCTION|PROCEDURE)$/ : /^(FUNCTION|PROCEDURE|TRIGGER|EVENT|PACKAGE)$/;
  const ends = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);
  let depth = 0;
  let seen = 0;
  let create = false;
  let routine = false;
  let previous = '';
  return {
    depth: () => depth,
    isRoutine: () => routine,
    pass(word) {
      seen += 1;
      if (seen === 1) create = word === 'CREATE';
      else if (seen === 2 && previous === 'BEGIN' && word === 'NOT' && lexicon.backslashes) {
        routine = true;
        depth = 1;
      } else if (create && !routine && seen < 16) routine = opens.test(word);
      if (routine) {
        if (lexicon.engine === 'postgres' ? word === 'ATOMIC' && previous === 'BEGIN' : word === 'BEGIN') depth += 1;
        else if (depth > 0 && word === 'CASE' && previous !== 'END') depth += 1;
        else if (depth > 0 && word === 'END') depth -= 1;
        else if (previous === 'END' && ends.has(word)) depth += 1;
      }
      previous = word;
    },
  };
}

function command(text: string, start: number, delimiter: string): Unit {
  const end = endOfLine(text, start);
  const unit: Unit = { kind: 'command', start, end: start + text.slice(start, end).trimEnd().length, closed: true, next: end, delimiter };
  return /^\\copy\s.*\sfrom\s+stdin\b/i.test(text.slice(start, unit.end)) ? pastRows(text, unit) : unit;
}

/** Moves past the rows that follow `COPY ... FROM stdin;` (the grammar takes STDOUT for the same). */
function withCopyData(text: string, unit: Unit, lexicon: Lexicon): Unit {
  if (!lexicon.psqlCommands || !/^copy\b/i.test(text.slice(unit.start, unit.start + 5)) || !/\bfrom\s+std(?:in|out)\b/i.test(text.slice(unit.start, unit.end))) return unit;
  return pastRows(text, unit);
}

/** The text that was last found to have no end of rows, and from where on: asked again for every COPY in it. */
let endless = { text: '', from: 0 };

/** Rows end at a line that is `\.` and nothing else. */
function pastRows(text: string, unit: Unit): Unit {
  const rows = endOfLine(text, unit.next);
  if (rows >= endless.from && text === endless.text) return unit;
  for (let at = text.indexOf('\n\\.', rows); at >= 0; at = text.indexOf('\n\\.', at + 1)) {
    const end = at + 3;
    if (end >= text.length || text[end] === '\n' || text[end] === '\r') return { ...unit, next: end };
  }
  endless = { text, from: rows };
  return unit;
}

function endOfLine(text: string, at: number): number {
  for (let end = at; end < text.length; end++) if (text[end] === '\n' || text[end] === '\r') return end;
  return text.length;
}

function delimiterLine(text: string, at: number, lexicon: Lexicon): RegExpExecArray | null {
  if (!lexicon.delimiterLines || (text[at] !== 'd' && text[at] !== 'D')) return null;
  const line = matchAt(/delimiter[ \t]+(\S+)[^\r\n]*/iy, text, at);
  return line && startsLine(text, at) ? line : null;
}

function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === ' ' || text[before] === '\t') before -= 1;
  return before < 0 || text[before] === '\n' || text[before] === '\r';
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

