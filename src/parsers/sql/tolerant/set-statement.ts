import type { SqlDeed } from '../statement.ts';
import { derive, keyword, type Piece } from '../text/piece.ts';
import { findWord, spanOf } from '../text/range.ts';
import type { Cursor } from './cursor.ts';
import { secondsAt } from './lock-wait.ts';

/**
 * Reads what follows `SET STATEMENT` of MariaDB: `variable = value, ... FOR statement` runs the one statement under the settings
 * (https://mariadb.com/kb/en/set-statement/). Gives the statement's deeds, with the wait for locks that `lock_wait_timeout` (seconds) allows; null without FOR.
 */
export function readSetStatement({ piece, at, to }: Cursor, read: (piece: Piece) => readonly SqlDeed[]): readonly SqlDeed[] | null {
  const end = findWord(piece, { from: at, to }, 'FOR');
  if (end < 0 || end + 1 >= to) return null;
  const deeds = read(derive(piece, spanOf(piece, { from: end + 1, to })));
  const lockWait = lockWaitSet(piece, at, end);
  return lockWait === null ? deeds : deeds.map((deed) => ({ lockWait, ...deed }));
}

/** In milliseconds. */
function lockWaitSet(piece: Piece, from: number, to: number): number | null {
  const tokens = piece.tokens();
  for (let at = from; at < to; at++) {
    if (keyword(piece, tokens[at]) === 'LOCK_WAIT_TIMEOUT') return secondsAt(piece, at + 2);
  }
  return null;
}
