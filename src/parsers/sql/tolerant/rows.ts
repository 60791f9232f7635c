import { oneStatement, type Deed, type QualifiedName, type RowScope } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, isDynamic, keyword } from '../text/piece.ts';
import { expressionText, findWord, splitAtCommas, type TokenRange } from '../text/range.ts';
import { readName, tablesRead } from '../text/reads.ts';
import { hasLimit, rowScope, whereRange } from '../text/row-scope.ts';
import { accept, acceptAny, atEnd, bracketed, cursorOn, peek, qualifiedName, skip, type Cursor } from './cursor.ts';
import { namesIn } from './foreign-key.ts';

/** `INSERT` and `REPLACE`, read by their head: only the number of rows is told of a VALUES list. */
export function readInsert(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  while (acceptAny(cursor, 'LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'IGNORE', 'OR', 'REPLACE', 'ABORT', 'ROLLBACK', 'FAIL')) continue;
  accept(cursor, 'INTO');
  accept(cursor, 'TABLE');
  const table = qualifiedName(cursor);
  if (!table) return null;
  if (accept(cursor, 'AS')) cursor.at += 1;
  if (accept(cursor, 'PARTITION')) bracketed(cursor);
  const isQuery = peek(cursor) === '(' && /^(SELECT|WITH|VALUES)$/.test(peek(cursor, 1));
  const list = isQuery ? null : bracketed(cursor);
  const columns = list ? namesIn(piece, list) : [];
  const rest = { from: cursor.at, to: cursor.to };
  const put = (rows: number | null, named: readonly string[], reads: readonly QualifiedName[]): SqlDeed[] =>
    [placed({ kind: 'insert-rows', table, columns: named, rows, fromQuery: rows === null, reads, mode: oneStatement }, piece)];
  if (acceptAny(cursor, 'VALUES', 'VALUE')) return put(countRows(cursor), columns, []);
  if (accept(cursor, 'DEFAULT', 'VALUES')) return put(1, columns, []);
  if (accept(cursor, 'SET')) return put(1, assignedColumns(cursor, { from: cursor.at, to: cursor.to }), []);
  const reads = tablesRead(piece, rest);
  const query = findWord(piece, rest, 'SELECT', 'VALUES', 'WITH', 'TABLE', '(');
  if (query < 0) return isDynamic(piece) ? put(null, columns, []) : null;
  // Tables of a condition (`WHERE NOT EXISTS (SELECT ...)`) give no rows.
  const fromTables = reads.length > 0 && (findWord(piece, rest, 'FROM', 'WITH', 'TABLE') >= 0 || peek(cursor) === '(');
  return fromTables || isDynamic(piece) ? put(null, columns, reads) : put(countSelects(cursor), columns, reads);
}

function countRows(cursor: Cursor): number {
  let rows = 0;
  while (!atEnd(cursor)) {
    if (peek(cursor) === 'ROW') cursor.at += 1;
    if (!bracketed(cursor)) break;
    rows += 1;
    if (!accept(cursor, ',')) break;
  }
  return Math.max(rows, 1);
}

function countSelects(cursor: Cursor): number {
  let rows = 1;
  for (let at = cursor.at; at < cursor.to; at++) if (keyword(cursor.piece, cursor.piece.tokens()[at]) === 'UNION') rows += 1;
  return rows;
}

/** The columns on the left of `a = 1, t.b = 2`. */
function assignedColumns(cursor: Cursor, range: TokenRange): string[] {
  return splitAtCommas(cursor.piece, range).flatMap((part) => {
    const read = readName(cursor.piece, part.from);
    return read && /^:?=$/.test(keyword(cursor.piece, cursor.piece.tokens()[read.next])) ? [read.name.name] : [];
  });
}

/** `UPDATE`, also over joined tables: the first one is told as changed. */
export function readUpdate(cursor: Cursor, limited = false): SqlDeed[] | null {
  const { piece } = cursor;
  while (acceptAny(cursor, 'LOW_PRIORITY', 'IGNORE', 'ONLY', 'OR', 'REPLACE', 'ROLLBACK', 'ABORT', 'FAIL')) continue;
  const table = qualifiedName(cursor);
  const set = findWord(piece, { from: cursor.at, to: cursor.to }, 'SET');
  if (!table || set < 0) return null;
  const rest = { from: set + 1, to: cursor.to };
  const end = findWord(piece, rest, 'WHERE', 'FROM', 'ORDER', 'LIMIT', 'RETURNING');
  const columns = assignedColumns(cursor, { from: rest.from, to: end < 0 ? rest.to : end });
  return [placed({ kind: 'update-rows', table, columns, ...joined(condition(cursor, rest, limited), cursor, { from: cursor.at, to: set }), mode: oneStatement }, piece)];
}

/** `DELETE`, also of the forms that name several tables. */
export function readDelete(cursor: Cursor, limited = false): SqlDeed[] | null {
  const { piece } = cursor;
  while (acceptAny(cursor, 'LOW_PRIORITY', 'QUICK', 'IGNORE')) continue;
  const tables: QualifiedName[] = [];
  const several = peek(cursor) !== 'FROM';
  accept(cursor, 'FROM');
  accept(cursor, 'ONLY');
  do {
    const name = qualifiedName(cursor);
    if (name) tables.push(name);
    if (accept(cursor, '.', '*')) continue;
  } while (accept(cursor, ','));
  const from = several ? findWord(piece, { from: cursor.at, to: cursor.to }, 'FROM') : -1;
  const named = from >= 0 ? tables.map((name) => aliasedTable(cursor, from, name)) : tables;
  const rest = { from: cursor.at, to: cursor.to };
  const deeds = named.map((table): Deed => ({ kind: 'delete-rows', table, ...joined(condition(cursor, rest, limited), cursor, rest), mode: oneStatement }));
  return deeds.length ? deeds.map((deed) => placed(deed, piece)) : null;
}

/** In `DELETE a FROM posts a JOIN ...` the name is an alias. */
function aliasedTable(cursor: Cursor, from: number, alias: QualifiedName): QualifiedName {
  for (let at = from + 1; at < cursor.to; at++) {
    const word = keyword(cursor.piece, cursor.piece.tokens()[at - 1]);
    const read = word === 'FROM' || word === 'JOIN' || word === ',' ? readName(cursor.piece, at) : null;
    const after = read && keyword(cursor.piece, cursor.piece.tokens()[read.next]) === 'AS' ? read.next + 1 : (read?.next ?? cursor.to);
    const next = after < cursor.to ? readName(cursor.piece, after) : null;
    if (read && next?.name.name === alias.name) return read.name;
  }
  return alias;
}

function condition(cursor: Cursor, range: TokenRange, limited: boolean): { scope: RowScope; where: string | null } {
  const { piece } = cursor;
  const where = whereRange(piece, range);
  const limit = findWord(piece, range, 'LIMIT') >= 0 || (limited && where !== null);
  const scope = limit ? 'bounded' : rowScope(piece, where);
  const hidden = scope === 'all' && isDynamic(piece, spanAfter(cursor, range));
  return { scope: hidden ? 'filtered' : scope, where: where ? expressionText(piece, where) : null };
}

/** Rows that find no partner in a join are left out, unless it is an outer one: `DELETE a FROM a JOIN b ON ...` has its condition there. */
function joined(read: ReturnType<typeof condition>, { piece }: Cursor, range: TokenRange): ReturnType<typeof condition> {
  if (read.scope !== 'all' || read.where !== null) return read;
  for (let at = range.from; at < range.to; at++) {
    if (keyword(piece, piece.tokens()[at]) === 'JOIN' && !/^(LEFT|OUTER|CROSS)$/.test(keyword(piece, piece.tokens()[at - 1]))) return { ...read, scope: 'filtered' };
  }
  return read;
}

/** The end of the statement, where a computed part may be a whole condition. */
function spanAfter(cursor: Cursor, range: TokenRange): { start: number; end: number } {
  const last = cursor.piece.tokens()[range.to - 1];
  const before = cursor.piece.tokens()[range.to - 2];
  const isClause = before !== undefined && !/^[=(,+*/<>-]$|^(?:>=|<=|<>|!=|IN|LIKE|FROM)$/.test(keyword(cursor.piece, before));
  return isClause && last ? { start: last.start, end: last.end } : { start: cursor.piece.start, end: cursor.piece.start };
}

/** `SELECT`, by the tables it names. */
export function readSelect(cursor: Cursor): SqlDeed[] {
  const { piece } = cursor;
  const tables = tablesRead(piece, { from: cursor.at, to: cursor.to });
  return [placed(tables.length ? { kind: 'read-rows', tables, check: false, text: beginning(piece) } : { kind: 'other', text: beginning(piece) }, piece)];
}

/** `WITH ...` before another statement. */
export function readWith(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  const start = cursor.at;
  while (!atEnd(cursor) && !/^(SELECT|INSERT|REPLACE|UPDATE|DELETE)$/.test(peek(cursor))) skip(cursor);
  const limited = hasLimit(piece, { from: start, to: cursor.at });
  const verb = peek(cursor);
  cursor.at += 1;
  if (verb === 'UPDATE') return readUpdate(cursor, limited);
  if (verb === 'DELETE') return readDelete(cursor, limited);
  if (verb === 'INSERT' || verb === 'REPLACE') return readInsert(cursor);
  return verb ? readSelect(cursorOn(piece)) : null;
}
