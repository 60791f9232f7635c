import type { SqlDeed } from '../statement.ts';
import { keyword, tokenText, type Piece } from '../text/piece.ts';
import { findWord } from '../text/range.ts';

const takesIt = new Set(['ALTER', 'CREATE', 'DROP', 'LOCK', 'OPTIMIZE', 'RENAME', 'TRUNCATE']);

/** Adds to the deeds of a statement of MariaDB what its `WAIT n` (seconds) or `NOWAIT` says about waiting for locks (MariaDB's manual, "WAIT and NOWAIT"). */
export function withLockWait(deeds: readonly SqlDeed[], piece: Piece): readonly SqlDeed[] {
  if (piece.lexicon.engine !== 'mariadb' || !takesIt.has(keyword(piece, piece.tokens()[0]))) return deeds;
  const lockWait = lockWaitIn(piece);
  return lockWait === null ? deeds : deeds.map((deed) => ({ ...deed, lockWait }));
}

function lockWaitIn(piece: Piece): number | null {
  const tokens = piece.tokens();
  const at = findWord(piece, { from: 1, to: tokens.length }, 'WAIT', 'NOWAIT');
  if (at < 0) return null;
  if (keyword(piece, tokens[at]) === 'NOWAIT') return 0;
  return secondsAt(piece, at + 1);
}

/** The number of seconds that a token says, in milliseconds; null when it is no number. */
export function secondsAt(piece: Piece, at: number): number | null {
  const token = piece.tokens()[at];
  const seconds = token ? Number(tokenText(piece, token)) : NaN;
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
