import type { Deed } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed, SqlStatement } from '../statement.ts';
import { fill, placeholders } from '../text/mask.ts';
import { beginning, derive, isDynamic, keyword, tokenText, written, type Piece } from '../text/piece.ts';
import type { Reading } from '../text/read.ts';
import { runOnIn } from '../text/run-on.ts';
import { readAlterTable } from './alter-table.ts';
import { readAlterOther, readCreate } from './create.ts';
import { accept, acceptAny, cursorOn, peek, type Cursor } from './cursor.ts';
import { withLockWait } from './lock-wait.ts';
import { readDrop, readRenameTable, readTruncate } from './drop.ts';
import { postgresVerbs } from './postgres.ts';
import { readDelete, readInsert, readSelect, readUpdate, readWith } from './rows.ts';
import { readCall, readCompound, readExecute, readPrepare } from './routines.ts';
import { readComment, readLoad, readLock, readMaintenance, readPragma, readRights, readRelease, readRollback, readSavepoint, readSet } from './session.ts';
import { readSetStatement } from './set-statement.ts';

type ReadVerb = (cursor: Cursor) => readonly SqlDeed[] | null;

const plain = (piece: Piece): readonly SqlDeed[] => readTolerantly(piece).deeds;
const one = (make: (piece: Piece) => Deed): ReadVerb => ({ piece }) => [placed(make(piece), piece)];
const other = one((piece) => ({ kind: 'other', text: beginning(piece) }));
const opaque = (reason: string): ReadVerb => one((piece) => ({ kind: 'opaque', reason, text: beginning(piece) }));

/** How each statement is read, by its first word. The cursor stands after it. A reader that gives null did not understand what follows. */
const verbs: Readonly<Record<string, ReadVerb>> = {
  CREATE: readCreate,
  ALTER: (cursor) => {
    acceptAny(cursor, 'ONLINE');
    const ignore = acceptAny(cursor, 'IGNORE', 'FOREIGN') === 'IGNORE';
    return accept(cursor, 'TABLE') ? readAlterTable(cursor, ignore) : readAlterOther(cursor);
  },
  DROP: readDrop,
  RENAME: readRenameTable,
  TRUNCATE: readTruncate,
  INSERT: readInsert,
  REPLACE: readInsert,
  UPDATE: (cursor) => readUpdate(cursor),
  DELETE: (cursor) => readDelete(cursor),
  WITH: readWith,
  SELECT: readSelect,
  TABLE: readSelect,
  VALUES: other,
  SET: (cursor) => (cursor.piece.lexicon.engine === 'mariadb' && accept(cursor, 'STATEMENT') ? readSetStatement(cursor, plain) : readSet(cursor)),
  PRAGMA: readPragma,
  BEGIN: (cursor) => (accept(cursor, 'NOT', 'ATOMIC') ? readCompound(cursor, plain) : one(() => ({ kind: 'begin', isolation: null }))(cursor)),
  START: (cursor) => (accept(cursor, 'TRANSACTION') ? one(() => ({ kind: 'begin', isolation: null }))(cursor) : other(cursor)),
  COMMIT: one(() => ({ kind: 'commit' })),
  END: one(() => ({ kind: 'commit' })),
  ROLLBACK: readRollback,
  SAVEPOINT: readSavepoint,
  RELEASE: readRelease,
  LOCK: readLock,
  UNLOCK: other,
  LOAD: readLoad,
  ANALYZE: (cursor) => readMaintenance(cursor, 'ANALYZE'),
  OPTIMIZE: (cursor) => readMaintenance(cursor, 'OPTIMIZE'),
  CHECK: (cursor) => readMaintenance(cursor, 'CHECK'),
  REPAIR: (cursor) => readMaintenance(cursor, 'REPAIR'),
  COMMENT: readComment,
  GRANT: (cursor) => readRights(cursor, 'GRANT'),
  REVOKE: (cursor) => readRights(cursor, 'REVOKE'),
  CALL: (cursor) => readCall(cursor, plain),
  EXECUTE: (cursor) => readExecute(cursor, plain),
  PREPARE: readPrepare,
  DO: opaque('what it runs is not read'),
  SOURCE: opaque('it runs another file'),
  XA: opaque('it takes part in a two-phase commit'),
};

/** Statements that change nothing that is judged. */
const inert = new Set([
  'USE', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'FLUSH', 'RESET', 'KILL', 'HELP', 'HANDLER', 'DEALLOCATE', 'INSTALL', 'UNINSTALL', 'CACHE', 'PURGE', 'CHANGE', 'STOP', 'SIGNAL', 'RESIGNAL',
  'GET', 'BINLOG', 'CLONE', 'CHECKSUM', 'IMPORT', 'SHUTDOWN', 'RESTART', 'ATTACH', 'DETACH', 'REINDEX', 'VACUUM', 'NOTIFY', 'LISTEN', 'DISCARD', 'CLUSTER', 'COPY', 'REFRESH', 'MERGE', '(',
]);

/**
 * Reads one statement by recursive descent, without a full grammar: what it knows it tells, what it does not know it passes over. Serves MySQL,
 * MariaDB and SQLite, and Postgres where its own grammar cannot be used.
 */
export function readTolerantly(piece: Piece): Reading {
  const reading = readPiece(piece);
  const marks = placeholders(piece.text, piece.start, piece.lexicon);
  if (!marks.length) return reading;
  if (!reading.failed) return { ...reading, dynamic: true };
  const { text, holes } = fill(piece.text, marks, piece.source.holes, piece.start);
  return { ...readPiece(derive(piece, piece, { text, source: { ...piece.source, holes } })), dynamic: true };
}

function readPiece(piece: Piece): Reading {
  const tokens = piece.tokens();
  const first = keyword(piece, tokens[0]);
  if (!tokens.length) return { deeds: [placed({ kind: 'other', text: beginning(piece) }, piece)], error: null, failed: false };
  const cursor = cursorOn(piece);
  cursor.at = 1;
  const verb = Object.hasOwn(verbs, first) ? verbs[first] : undefined;
  const own = piece.lexicon.engine === 'postgres' && Object.hasOwn(postgresVerbs, first) ? postgresVerbs[first]?.(cursorOn(piece, { from: 1, to: tokens.length })) : null;
  const deeds = own ?? (verb ? verb(cursor) : inert.has(first) ? other(cursor) : null);
  const error = isDynamic(piece) ? null : deeds ? (unbalanced(piece) ?? runsOn(piece)) : unexpected(cursor, verb !== undefined);
  if (deeds) return { deeds: withLockWait(deeds, piece), error, failed: error !== null };
  const reason = isDynamic(piece) ? 'part of the statement is put together while the migration runs' : 'the statement is not valid, or not known';
  return { deeds: [placed({ kind: 'opaque', reason, text: beginning(piece) }, piece)], error, failed: true };
}

function unexpected(cursor: Cursor, verbKnown: boolean): SqlStatement['error'] {
  const { piece } = cursor;
  const token = piece.tokens()[verbKnown ? Math.min(cursor.at, piece.tokens().length - 1) : 0];
  const at = token ? { start: token.start, end: token.end } : { start: piece.start, end: piece.end };
  const text = written(piece, { start: at.start, end: Math.min(at.end, at.start + 60) });
  const ended = verbKnown && cursor.at >= piece.tokens().length && peek(cursor) === '';
  return { message: ended ? 'Syntax error at the end of the statement.' : `Syntax error at or near "${text}".`, at };
}

function runsOn(piece: Piece): SqlStatement['error'] {
  const found = runOnIn(piece);
  if (!found) return null;
  const { start, end } = found.token;
  return found.kind === 'quote'
    ? { message: 'A quote is opened here and closed only by a later statement.', at: { start, end: start + 1 } }
    : { message: `The statement does not end before "${tokenText(piece, found.token)}"; a ";" is missing.`, at: { start, end } };
}

/** An error for brackets that do not match; Postgres's own grammar tells them there. */
function unbalanced(piece: Piece): SqlStatement['error'] {
  const open: number[] = [];
  for (const token of piece.tokens()) {
    const symbol = token.kind === 'symbol' ? tokenText(piece, token) : '';
    if (symbol === '(') open.push(token.start);
    else if (symbol === ')' && open.pop() === undefined) return { message: 'This parenthesis closes none.', at: { start: token.start, end: token.end } };
  }
  const start = open[0];
  return start === undefined ? null : { message: 'A parenthesis is opened here and never closed.', at: { start, end: start + 1 } };
}

