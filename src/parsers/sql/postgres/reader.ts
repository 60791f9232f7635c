import type { Node } from 'libpg-query';
import type { Span } from '../../../source/span.ts';
import type { SqlDeed, SqlStatement } from '../statement.ts';
import { placed } from '../deed.ts';
import { fill, placeholders } from '../text/mask.ts';
import { nestsDeeply } from '../text/nesting.ts';
import { beginning, derive, isDynamic, keyword, plainName, type Piece } from '../text/piece.ts';
import { tokenFrom } from '../text/range.ts';
import type { Reading, ReadPiece } from '../text/read.ts';
import { readBlock } from './block.ts';
import type { PostgresLibrary, Tree } from './library.ts';
import { lower } from './lower.ts';
import { withCalls } from './routines.ts';
import { createSite } from './site.ts';
import { as } from './tree.ts';

/** Row changes longer than this are read from their tokens alone: the tree of a megabyte of rows takes a second and hundreds of megabytes. */
const longestRows = 64 * 1024;
const longestOther = 1024 * 1024;
/** Computed parts that are left out, one at a time, where the grammar stumbles over them. */
const mostBlanked = 4;
const deepestBlock = 5;

/** A reader of Postgres's statements. `tolerant` reads what the grammar does not accept, or should not be given. */
export function createPostgresReader(library: PostgresLibrary, tolerant: ReadPiece): ReadPiece {
  const read = (piece: Piece, depth: number): Reading => {
    if (isTooLong(piece) || nestsDeeply(piece)) return tolerant(piece);
    const attempt = attempts(library, piece);
    if (attempt.tree.kind === 'tree') return lowered(attempt.tree.node, attempt.piece, depth) ?? tolerant(piece);
    if (attempt.tree.kind === 'too-deep') return tolerant(piece);
    if (isDynamic(attempt.piece)) return { ...tolerant(attempt.piece), error: null, failed: true, dynamic: true };
    const facts = tolerant(piece).deeds.filter(({ deed }) => deed.kind !== 'opaque' && deed.kind !== 'other').map((deed) => ({ ...deed, uncertain: true }));
    return { deeds: facts.length ? facts : [invalid(piece)], error: errorAt(piece, attempt.tree), failed: true };
  };

  const lowered = (node: Node | null, piece: Piece, depth: number): Reading | null => {
    if (!node && piece.hidden) return { deeds: [computed(piece)], error: null, failed: true, dynamic: true };
    if (!node) return { deeds: [placed({ kind: 'other', text: beginning(piece) }, piece)], error: null, failed: false };
    const dynamic = isDynamic(piece);
    try {
      const inner = (part: Piece) => read(part, depth + 1).deeds;
      const deeds = as(node, 'DoStmt') ? readBlock(piece, depth < deepestBlock ? inner : null) : withCalls(node, piece, lower(node, createSite(piece)), inner);
      return { deeds, error: null, failed: false, dynamic };
    } catch {
      // A tree too deep for the call stack; the tokens still tell the statement's facts.
      return null;
    }
  };

  return (piece) => read(piece, 0);
}

function isTooLong(piece: Piece): boolean {
  const length = piece.end - piece.start;
  if (length <= longestRows) return false;
  return length > longestOther || /^(?:insert|update|delete|select|with|merge|copy|values)\b/i.test(piece.text.slice(0, 8));
}

interface Attempt {
  readonly piece: Piece;
  readonly tree: Tree;
}

/** Parses as it stands; else with placeholders filled; else without the computed parts that stand where no name may. */
function attempts(library: PostgresLibrary, piece: Piece): Attempt {
  let attempt = parsed(library, piece);
  if (attempt.tree.kind !== 'error') return attempt;
  const marks = placeholders(piece.text, piece.start, piece.lexicon);
  if (marks.length) {
    const { text, holes } = fill(piece.text, marks, piece.source.holes, piece.start);
    const filled = parsed(library, derive(piece, piece, { text, source: { ...piece.source, holes } }));
    if (filled.tree.kind === 'tree') return filled;
    if (filled.tree.kind === 'error' && stumblesAfter(filled.piece, filled.tree.codePoint, marks[0])) attempt = filled;
  }
  const first = attempt;
  for (let turn = 0; turn < mostBlanked && attempt.tree.kind === 'error'; turn++) {
    const hole = holeAt(attempt.piece, attempt.tree.codePoint);
    if (!hole) break;
    attempt = parsed(library, derive(piece, piece, { text: replaced(attempt.piece, hole), hidden: true }));
    if (attempt.tree.kind === 'tree') return attempt;
  }
  return first;
}

/** True when filling a placeholder led further; a variable of psql (`:name`) may also stand for any part of a statement. */
function stumblesAfter(piece: Piece, codePoint: number, mark: Span | undefined): boolean {
  const at = offsetOf(piece, codePoint);
  const start = mark?.start ?? 0;
  return at > start || (at === start && piece.source.original.charAt(start) === ':');
}

function parsed(library: PostgresLibrary, piece: Piece): Attempt {
  return { piece, tree: library.parse(piece.text) };
}

/** The hole at the place of an error or just before it. */
function holeAt(piece: Piece, codePoint: number): Span | null {
  const at = offsetOf(piece, codePoint);
  const inside = piece.source.holes.filter((hole) => hole.start >= piece.start && hole.end <= piece.end && !/^[ 1]$/.test(piece.text[hole.start - piece.start] ?? ''));
  return inside.find((hole) => hole.start <= at && at < hole.end) ?? inside.findLast((hole) => hole.end <= at) ?? null;
}

/** In brackets a number may be wanted (`varchar(#{limit})`); elsewhere the hole is left out. */
function replaced(piece: Piece, hole: Span): string {
  const [start, end] = [hole.start - piece.start, hole.end - piece.start];
  const before = piece.text.slice(0, start).trimEnd();
  return piece.text.slice(0, start) + (/[(,]$/.test(before) ? '1' : ' ') + ' '.repeat(end - start - 1) + piece.text.slice(end);
}

function errorAt(piece: Piece, tree: Tree & { kind: 'error' }): SqlStatement['error'] {
  const at = Math.min(offsetOf(piece, tree.codePoint), piece.end);
  const tokens = piece.tokens();
  const token = tokens[tokenFrom(piece, at)] ?? tokens.at(-1);
  const place = token && at < piece.end ? { start: token.start, end: token.end } : { start: token?.start ?? piece.start, end: piece.end };
  const message = plainName(piece, tree.message).replace(/ at end of input$/, ' at the end of the statement');
  return { message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, at: place };
}

/** Error positions count code points. */
function offsetOf(piece: Piece, codePoint: number): number {
  let at = piece.start;
  for (let left = codePoint; left > 0 && at < piece.end; left--) at += (piece.text.codePointAt(at - piece.start) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

function computed(piece: Piece): SqlDeed {
  return placed({ kind: 'opaque', reason: 'part of the statement is put together while the migration runs', text: beginning(piece) }, piece);
}

function invalid(piece: Piece): SqlDeed {
  return placed({ kind: 'opaque', reason: `the ${keyword(piece, piece.tokens()[0]) || 'SQL'} statement is not valid`, text: beginning(piece) }, piece);
}
