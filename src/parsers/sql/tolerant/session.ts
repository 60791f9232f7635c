import type { Deed, QualifiedName } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { literalValue } from '../text/literal.ts';
import { beginning, tokenText, written } from '../text/piece.ts';
import { expressionText, findWord, spanOf, splitAtCommas } from '../text/range.ts';
import { rememberVariable } from './routines.ts';
import { accept, acceptAny, atEnd, bracketed, cursorOn, identifier, isMysql, peek, qualifiedName, stringValue, type Cursor } from './cursor.ts';

/** `SET`: one entry a variable; a user's own variables are of no consequence. */
export function readSet(cursor: Cursor): SqlDeed[] {
  const { piece } = cursor;
  if (accept(cursor, 'NAMES') || accept(cursor, 'CHARACTER', 'SET') || accept(cursor, 'CHARSET')) {
    return [placed({ kind: 'set-setting', name: 'names', value: valueText(cursor), local: false }, piece)];
  }
  acceptAny(cursor, 'SESSION', 'GLOBAL', 'LOCAL');
  if (accept(cursor, 'TRANSACTION')) return [placed({ kind: 'set-setting', name: 'transaction', value: valueText(cursor), local: true }, piece)];
  const ranges = splitAtCommas(piece, { from: cursor.at, to: cursor.to });
  return ranges.map((range) => {
    const part = cursorOn(piece, range);
    return placed(setting(part), ranges.length > 1 ? spanOf(piece, range) : piece);
  });
}

function setting(cursor: Cursor): Deed {
  const { piece } = cursor;
  const isSystem = accept(cursor, '@', '@');
  const scope = acceptAny(cursor, 'SESSION', 'GLOBAL', 'LOCAL', 'PERSIST', 'PERSIST_ONLY', 'STATEMENT');
  if (scope) accept(cursor, '.');
  if (!isSystem && peek(cursor) === '@') {
    rememberVariable(cursor);
    return { kind: 'other', text: beginning(piece) };
  }
  const name = qualifiedName(cursor);
  acceptAny(cursor, '=', ':=', 'TO');
  const shown = name?.schema ? `${name.schema}.${name.name}` : (name?.name ?? '');
  return { kind: 'set-setting', name: shown.toLowerCase(), value: valueText(cursor), local: false };
}

function valueText(cursor: Cursor): string | null {
  if (atEnd(cursor)) return null;
  const { piece } = cursor;
  const token = piece.tokens()[cursor.at];
  if (cursor.to - cursor.at === 1 && token?.kind === 'string') return literalValue(piece, tokenText(piece, token));
  return expressionText(piece, { from: cursor.at, to: cursor.to });
}

/** SQLite's `PRAGMA name = value`, told as a setting. */
export function readPragma(cursor: Cursor): SqlDeed[] | null {
  const name = qualifiedName(cursor);
  if (!name) return null;
  const inside = bracketed(cursor);
  const value = inside ? expressionText(cursor.piece, inside) : accept(cursor, '=') ? valueText(cursor) : null;
  return [placed({ kind: 'set-setting', name: name.name.toLowerCase(), value, local: false }, cursor.piece)];
}

/** `LOCK TABLES a WRITE, b READ`. */
export function readLock(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  acceptAny(cursor, 'TABLES', 'TABLE');
  const tables: QualifiedName[] = [];
  let mode = '';
  for (const range of splitAtCommas(piece, { from: cursor.at, to: cursor.to })) {
    const part = cursorOn(piece, range);
    accept(part, 'ONLY');
    const name = qualifiedName(part);
    if (name) tables.push(name);
    const write = findWord(piece, range, 'WRITE');
    const postgres = findWord(piece, range, 'IN') + 1;
    if (isMysql(piece)) mode = write >= 0 ? 'WRITE' : mode || 'READ';
    else if (postgres > 0) mode = expressionText(piece, { from: postgres, to: findWord(piece, range, 'MODE') }).toUpperCase();
  }
  return tables.length ? [placed({ kind: 'lock-table', tables, mode: mode || 'ACCESS EXCLUSIVE', nowait: findWord(piece, { from: 0, to: cursor.to }, 'NOWAIT') >= 0 }, piece)] : null;
}

/** `ROLLBACK`, and `ROLLBACK TO [SAVEPOINT] name`, which ends no transaction. */
export function readRollback(cursor: Cursor): SqlDeed[] {
  acceptAny(cursor, 'WORK', 'TRANSACTION');
  if (!accept(cursor, 'TO')) return [placed({ kind: 'rollback' }, cursor.piece)];
  return savepointDeed('rollback-to-savepoint', cursor);
}

/** `RELEASE [SAVEPOINT] name`. */
export function readRelease(cursor: Cursor): SqlDeed[] {
  return savepointDeed('release-savepoint', cursor);
}

function savepointDeed(kind: 'rollback-to-savepoint' | 'release-savepoint', cursor: Cursor): SqlDeed[] {
  // A savepoint may be called so itself.
  const word = identifier(cursor);
  const name = word?.toUpperCase() === 'SAVEPOINT' && !atEnd(cursor) ? identifier(cursor) : word;
  return [placed(name === null ? { kind: 'other', text: beginning(cursor.piece) } : { kind, name }, cursor.piece)];
}

/** `LOAD DATA ... INTO TABLE t`. */
export function readLoad(cursor: Cursor): SqlDeed[] | null {
  const into = findWord(cursor.piece, { from: cursor.at, to: cursor.to }, 'INTO');
  cursor.at = into + 1;
  const table = into >= 0 && accept(cursor, 'TABLE') ? qualifiedName(cursor) : null;
  return table ? [placed({ kind: 'load-rows', table }, cursor.piece)] : null;
}

/** `ANALYZE`, `OPTIMIZE`, `CHECK` and `REPAIR` of tables: one entry a table. OPTIMIZE rebuilds InnoDB tables. */
export function readMaintenance(cursor: Cursor, verb: string): SqlDeed[] | null {
  acceptAny(cursor, 'NO_WRITE_TO_BINLOG', 'LOCAL');
  if (!acceptAny(cursor, 'TABLE', 'TABLES') && isMysql(cursor.piece)) return null;
  const tables: QualifiedName[] = [];
  do {
    const name = qualifiedName(cursor);
    if (name) tables.push(name);
  } while (accept(cursor, ','));
  const deed = (table: QualifiedName): Deed => (verb === 'ANALYZE' ? { kind: 'analyze', table } : verb === 'OPTIMIZE' ? { kind: 'set-table-option', table, option: 'force-rebuild', value: 'OPTIMIZE TABLE' } : { kind: 'other', text: beginning(cursor.piece) });
  if (!tables.length) return verb === 'ANALYZE' ? [placed({ kind: 'analyze', table: null }, cursor.piece)] : null;
  return tables.map((table) => placed(deed(table), cursor.piece));
}

/** `COMMENT ON TABLE` and `COMMENT ON COLUMN`, for Postgres where its own grammar could not read them. */
export function readComment(cursor: Cursor): SqlDeed[] | null {
  if (!accept(cursor, 'ON')) return null;
  const table = accept(cursor, 'TABLE') ? qualifiedName(cursor) : null;
  const value = table && accept(cursor, 'IS') ? stringValue(cursor) : null;
  return [placed(table ? { kind: 'set-table-option', table, option: 'comment', value } : { kind: 'other', text: beginning(cursor.piece) }, cursor.piece)];
}

/** GRANT and REVOKE. */
export function readRights(cursor: Cursor, verb: 'GRANT' | 'REVOKE'): SqlDeed[] | null {
  if (atEnd(cursor)) return null;
  const text = written(cursor.piece, cursor.piece);
  return [placed(verb === 'GRANT' ? { kind: 'grant', text } : { kind: 'revoke', text }, cursor.piece)];
}

/** `SAVEPOINT name`. */
export function readSavepoint(cursor: Cursor): SqlDeed[] | null {
  const name = identifier(cursor);
  return name === null ? null : [placed({ kind: 'savepoint', name }, cursor.piece)];
}
