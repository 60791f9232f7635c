import type { Span } from '../../../source/span.ts';
import type { SqlDeed } from '../statement.ts';
import type { Alternative } from './memory.ts';
import { createPiece, derive, type Piece } from './piece.ts';
import { unitAt } from './split.ts';

/** Reads one plain SQL statement. */
export type ReadSql = (piece: Piece) => readonly SqlDeed[];

const mostStatements = 1000;

/** The statements that a text inside a piece holds, each at its place. */
export function statementsIn(inner: Piece): Piece[] {
  const found: Piece[] = [];
  for (let unit = unitAt(inner.text, 0, inner.lexicon); unit && found.length < mostStatements; unit = unitAt(inner.text, unit.next, inner.lexicon)) {
    found.push(derive(inner, { start: inner.start + unit.start, end: inner.start + unit.end }));
  }
  return found;
}

/** Reads texts that were put together of known parts. They stand nowhere as such, so all they do is placed at `at`, the statement that runs them. */
export function readComputed(texts: readonly Alternative[], piece: Piece, at: Span, read: ReadSql): SqlDeed[] {
  return texts.flatMap(({ text, guards }) => {
    const whole = createPiece({ original: text, text, holes: [] }, { start: 0, end: text.length }, piece.lexicon, piece.memory);
    return statementsIn(whole).flatMap(read).map((entry) => ({
      ...elsewhere(entry), at: { start: at.start, end: at.end }, guards: [...guards, ...entry.guards], uncertain: entry.uncertain || guards.length > 0,
    }));
  });
}

/** What a called body does, placed at the call. `sameText`: the body stands in the text of the call, so that its own places can be told. */
export function placedAtCall(found: readonly SqlDeed[], call: Span, sameText: boolean): SqlDeed[] {
  return found.map((entry) => ({ ...elsewhere(entry), at: { start: call.start, end: call.end }, ...(sameText ? { via: entry.via ?? entry.at } : {}) }));
}

function elsewhere({ deed, at, guards, uncertain }: SqlDeed): SqlDeed {
  return { deed, at, guards, uncertain };
}
