import type { Span } from '../../../source/span.ts';
import type { SqlDeed, SqlStatement } from '../statement.ts';
import type { Lexicon } from './lexicon.ts';
import { mask, type Masked } from './mask.ts';
import type { SqlMemory } from './memory.ts';
import { createPiece, isDynamic, type Piece } from './piece.ts';
import { readCommand } from './psql.ts';
import { unitAt, type Unit } from './split.ts';
import { candidatesIn } from './resync.ts';
import { verbOf } from './verb.ts';
import { countBefore } from '../../../source/search.ts';
import { printCount } from '../../../operations/index.ts';

/** What a dialect's reader makes of one statement. */
export interface Reading {
  readonly deeds: readonly SqlDeed[];
  readonly error: SqlStatement['error'];
  /** True when the statement could not be read as a whole, whether or not that is the author's error. */
  readonly failed: boolean;
  /** True when reading found that part of it is computed; else that is told from the holes. */
  readonly dynamic?: boolean;
}

/** Reads one statement; must not throw. */
export type ReadPiece = (piece: Piece) => Reading;

/** A file of 20 MB can hold 400,000 statements, which take 40 s and 2 GB; half of that is read. */
const mostStatements = 200_000;

/** How many characters may be read again while looking for the next whole statement, for one text. */
const resyncBudget = 4_000_000;

/**
 * Splits a text into statements and reads each alone, so that a broken one costs only itself: where one fails, the first later line in its
 * range that starts a statement that can be read is taken as the next statement. Of more than `most` statements the rest is one opaque deed.
 */
export function readText(original: string, holes: readonly Span[], lexicon: Lexicon, read: ReadPiece, memory: SqlMemory, most = mostStatements): SqlStatement[] {
  const masked = mask(original, holes, lexicon);
  const statements: SqlStatement[] = [];
  let budget = resyncBudget;
  let at = 0;
  let delimiter = ';';
  for (let unit = unitAt(masked.text, at, lexicon, delimiter); unit; unit = unitAt(masked.text, at, lexicon, delimiter)) {
    if (statements.length >= most) return [...statements, unread(unit.start, masked.text, most)];
    const piece = createPiece(masked, unit, lexicon, memory);
    at = unit.next;
    delimiter = unit.delimiter;
    if (unit.kind === 'command') {
      statements.push(readCommand(piece));
      continue;
    }
    const reading = readGuarded(piece, unit, read, masked.nuls);
    if (reading.failed && budget > 0) {
      const found = findNext(unit);
      if (found !== null) {
        statements.push(readHead(headPiece(masked, { start: unit.start, end: found }, delimiter, lexicon, memory), reading, read));
        at = found;
        continue;
      }
    }
    statements.push(statement(piece, reading));
  }
  return statements;

  function findNext(unit: Unit): number | null {
    for (const candidate of candidatesIn(masked.text, unit, lexicon)) {
      const next = unitAt(masked.text, candidate.at, lexicon, unit.delimiter);
      if (!next || budget <= 0) return null;
      budget -= next.next - candidate.at;
      if (!next.closed || readGuarded(createPiece(masked, next, lexicon, memory), next, read, masked.nuls).failed) continue;
      if (!candidate.afterWhole) return candidate.at;
      budget -= candidate.at - unit.start;
      if (!read(headPiece(masked, { start: unit.start, end: candidate.at }, unit.delimiter, lexicon, memory)).failed) return candidate.at;
    }
    return null;
  }
}

function unread(start: number, text: string, most: number): SqlStatement {
  const at = { start, end: text.length };
  const reason = `it comes after the first ${printCount(most)} statements of the file, which are all that is read`;
  return { ...at, deeds: [{ deed: { kind: 'opaque', reason, text: text.slice(start, start + 60), rest: true }, at, guards: [], uncertain: false }], error: null, verb: '', dynamic: false };
}

function readHead(piece: Piece, whole: Reading, read: ReadPiece): SqlStatement {
  const reading = read(piece);
  if (reading.failed) return statement(piece, { ...reading, error: reading.error ?? whole.error });
  const last = piece.tokens().at(-1) ?? piece;
  return statement(piece, { ...reading, error: { message: 'The statement does not end before the next one begins; a ";" is missing.', at: { start: last.start, end: last.end } } });
}

function headPiece(masked: Masked, range: Span, delimiter: string, lexicon: Lexicon, memory: SqlMemory): Piece {
  const unit = unitAt(masked.text.slice(0, range.end), range.start, lexicon, delimiter);
  return createPiece(masked, { start: range.start, end: unit?.end ?? range.end }, lexicon, memory);
}

function readGuarded(piece: Piece, unit: Unit, read: ReadPiece, nuls: readonly number[]): Reading {
  const reading = read(piece);
  const nul = nuls[countBefore(nuls.length, (at) => (nuls[at] ?? 0) < unit.start)];
  if (nul !== undefined && nul < unit.next) return { ...reading, error: { message: 'The text contains a NUL character.', at: { start: nul, end: nul + 1 } } };
  if (unit.closed || reading.failed) return reading;
  const open = piece.tokens().find((token) => !token.closed);
  const start = open?.start ?? piece.tokens().at(-1)?.end ?? piece.start;
  const message = open ? 'A quote is opened here and never closed.' : 'A comment or parenthesis is opened and never closed.';
  return { ...reading, error: { message, at: { start, end: Math.min(piece.end, start + 1) } }, failed: true };
}

function statement(piece: Piece, reading: Reading): SqlStatement {
  return {
    start: piece.start, end: piece.end, deeds: reading.deeds, error: reading.error, verb: verbOf(piece), dynamic: reading.dynamic ?? isDynamic(piece),
  };
}
