import type { Deed } from '../../../operations/index.ts';
import { guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, written } from '../text/piece.ts';
import { expressionText, findWord } from '../text/range.ts';
import { tablesRead } from '../text/reads.ts';
import { accept, acceptAny, acceptIfNotExists, atEnd, bracketed, identifier, isMysql, peek, qualifiedName, type Cursor } from './cursor.ts';
import { readCreateTable } from './create-table.ts';
import { readIndexParts } from './key.ts';
import { rememberProcedure } from './routines.ts';

/** Objects whose creation changes nothing that is judged. */
const inert = new Set([
  'EVENT', 'USER', 'ROLE', 'SERVER', 'LOGFILE', 'TABLESPACE', 'RESOURCE', 'PACKAGE', 'AGGREGATE', 'TYPE', 'RULE', 'POLICY', 'PUBLICATION', 'SUBSCRIPTION', 'STATISTICS', 'COLLATION',
  'CAST', 'OPERATOR', 'LANGUAGE', 'DOMAIN', 'SPATIAL',
]);

/** Reads what follows CREATE; null when it is not known what is created. */
export function readCreate(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  const replace = accept(cursor, 'OR', 'REPLACE');
  const put = (deed: Deed | null, ifNotExists = false) => (deed ? [placed(deed, piece, guardNotExists(ifNotExists))] : null);
  skipQualifiers(cursor);
  const temporary = acceptAny(cursor, 'TEMPORARY', 'TEMP') !== '';
  const unlogged = accept(cursor, 'UNLOGGED');
  if (accept(cursor, 'VIRTUAL', 'TABLE') || accept(cursor, 'FOREIGN', 'TABLE') || accept(cursor, 'TABLE')) {
    const deed = readCreateTable(cursor, { temporary, unlogged });
    return put(deed, deed?.ifNotExists);
  }
  const kind = acceptAny(cursor, 'UNIQUE', 'FULLTEXT', 'SPATIAL', 'VECTOR');
  acceptAny(cursor, 'ONLINE', 'OFFLINE');
  if (accept(cursor, 'INDEX')) return createIndex(cursor, kind);
  const materialized = accept(cursor, 'MATERIALIZED');
  if (accept(cursor, 'VIEW')) return createView(cursor, materialized, replace);
  if (accept(cursor, 'TRIGGER')) return createTrigger(cursor);
  if (acceptAny(cursor, 'FUNCTION', 'PROCEDURE')) {
    const ifNotExists = acceptIfNotExists(cursor);
    const name = qualifiedName(cursor);
    if (name && isMysql(piece)) rememberProcedure(name.name, cursor);
    return put(name && { kind: 'create-function', function: name, replace, volatility: findWord(piece, cursorRange(cursor), 'DETERMINISTIC') >= 0 ? 'immutable' : 'volatile', language: 'sql', ...definerOf(cursor) }, ifNotExists);
  }
  if (acceptAny(cursor, 'DATABASE', 'SCHEMA')) {
    const ifNotExists = acceptIfNotExists(cursor);
    const schema = identifier(cursor);
    return put(schema === null ? null : { kind: 'create-schema', schema, ifNotExists }, ifNotExists);
  }
  if (accept(cursor, 'SEQUENCE')) {
    const ifNotExists = acceptIfNotExists(cursor);
    const sequence = qualifiedName(cursor);
    return put(sequence && { kind: 'create-sequence', sequence }, ifNotExists);
  }
  if (accept(cursor, 'EXTENSION')) {
    const ifNotExists = acceptIfNotExists(cursor);
    const extension = identifier(cursor);
    return put(extension === null ? null : { kind: 'create-extension', extension, ifNotExists }, ifNotExists);
  }
  return inert.has(peek(cursor)) || kind === 'SPATIAL' ? put({ kind: 'other', text: beginning(piece) }) : null;
}

/** SECURITY DEFINER on Postgres; MySQL's functions have no search path to be led astray by. */
function definerOf(cursor: Cursor): Pick<Deed<'create-function'>, 'definer'> {
  const { piece } = cursor;
  if (isMysql(piece)) return {};
  const text = written(piece, piece);
  if (!/\bsecurity\s+definer\b/i.test(text)) return {};
  return { definer: { searchPath: /\bset\s+search_path\s*(?:=|to)\s*([^\n;]*)/i.exec(text)?.[1]?.trim() ?? null } };
}

/** `ALGORITHM=MERGE DEFINER=x@y SQL SECURITY DEFINER` and the like. */
function skipQualifiers(cursor: Cursor): void {
  for (;;) {
    if (acceptAny(cursor, 'ALGORITHM', 'DEFINER')) {
      acceptAny(cursor, '=');
      cursor.at += 1;
      bracketed(cursor);
      if (accept(cursor, '@')) cursor.at += 1;
    } else if (accept(cursor, 'SQL', 'SECURITY')) cursor.at += 1;
    else return;
  }
}

function cursorRange(cursor: Cursor): { from: number; to: number } {
  return { from: cursor.at, to: cursor.to };
}

function createIndex(cursor: Cursor, kind: string): SqlDeed[] | null {
  const concurrently = accept(cursor, 'CONCURRENTLY');
  const ifNotExists = acceptIfNotExists(cursor);
  const name = peek(cursor) === 'ON' ? null : (qualifiedName(cursor)?.name ?? null);
  const using = accept(cursor, 'USING') ? identifier(cursor) : null;
  if (!accept(cursor, 'ON')) return null;
  const only = accept(cursor, 'ONLY');
  const table = qualifiedName(cursor);
  if (!table) return null;
  const read = readIndexParts(cursor, { name, table, unique: kind === 'UNIQUE', kind: kind.toLowerCase() });
  const index = using ? { ...read, method: using.toLowerCase() } : read;
  return [placed({ kind: 'create-index', index, concurrently, ifNotExists, only, ...readOnlineOptions(cursor) }, cursor.piece, guardNotExists(ifNotExists))];
}

/** `ALGORITHM [=] x LOCK [=] y` after an index statement. */
export function readOnlineOptions(cursor: Cursor): { algorithm: string | null; lock: string | null } {
  const found: { algorithm: string | null; lock: string | null } = { algorithm: null, lock: null };
  while (!atEnd(cursor)) {
    const word = acceptAny(cursor, 'ALGORITHM', 'LOCK');
    if (!word) {
      cursor.at += 1;
      continue;
    }
    acceptAny(cursor, '=');
    const value = identifier(cursor)?.toUpperCase() ?? null;
    if (word === 'LOCK') found.lock = value;
    else found.algorithm = value;
  }
  return found;
}

function createView(cursor: Cursor, materialized: boolean, replace: boolean): SqlDeed[] | null {
  const { piece } = cursor;
  const ifNotExists = acceptIfNotExists(cursor);
  const view = qualifiedName(cursor);
  if (!view) return null;
  const columns = columnNames(cursor);
  const word = findWord(piece, cursorRange(cursor), 'AS');
  const query = { from: word + 1, to: cursor.to };
  return [placed({
    kind: 'create-view', view, materialized, replace, ...(columns.length > 0 ? { columns } : {}), query: word < 0 ? null : expressionText(piece, query), reads: word < 0 ? [] : tablesRead(piece, query),
  }, piece, guardNotExists(ifNotExists))];
}

/** `(a, b)` after a view's name. */
function columnNames(cursor: Cursor): string[] {
  const names: string[] = [];
  if (!acceptAny(cursor, '(')) return names;
  for (let name = identifier(cursor); name !== null; name = acceptAny(cursor, ',') ? identifier(cursor) : null) names.push(name);
  return names;
}

const events = ['insert', 'update', 'delete', 'truncate'] as const;

function createTrigger(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  const ifNotExists = acceptIfNotExists(cursor);
  const name = qualifiedName(cursor)?.name;
  const on = findWord(piece, cursorRange(cursor), 'ON');
  if (name === undefined || on < 0) return null;
  const named = events.filter((event) => findWord(piece, { from: cursor.at, to: on }, event.toUpperCase()) >= 0);
  cursor.at = on + 1;
  const table = qualifiedName(cursor);
  const run = isMysql(piece) ? -1 : findWord(piece, cursorRange(cursor), 'EXECUTE');
  if (!table) return null;
  const called = run >= 0 ? readCalled(cursor, run) : null;
  return [placed({ kind: 'create-trigger', table, name, function: called, events: named }, piece, guardNotExists(ifNotExists))];
}

function readCalled(cursor: Cursor, run: number): ReturnType<typeof qualifiedName> {
  cursor.at = run + 2;
  return qualifiedName(cursor);
}

/** Reads what follows ALTER for objects other than tables; null when it is not known what is altered. */
export function readAlterOther(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  skipQualifiers(cursor);
  if (!isMysql(piece) && accept(cursor, 'INDEX')) {
    const name = qualifiedName(cursor);
    const to = name && accept(cursor, 'RENAME', 'TO') ? identifier(cursor) : null;
    return name && to !== null ? [placed({ kind: 'rename-index', table: null, name: name.name, to }, piece)] : [placed({ kind: 'other', text: beginning(piece) }, piece)];
  }
  if (accept(cursor, 'VIEW')) return createView(cursor, false, true);
  if (piece.lexicon.engine === 'postgres' && accept(cursor, 'SCHEMA')) {
    const schema = identifier(cursor);
    const to = schema !== null && accept(cursor, 'RENAME', 'TO') ? identifier(cursor) : null;
    return [placed(schema !== null && to !== null ? { kind: 'rename-schema', schema, to } : { kind: 'other', text: beginning(piece) }, piece)];
  }
  if (accept(cursor, 'SEQUENCE')) {
    accept(cursor, 'IF', 'EXISTS');
    const sequence = qualifiedName(cursor);
    return sequence ? [placed({ kind: 'alter-sequence', sequence }, piece)] : null;
  }
  if (!acceptAny(cursor, 'DATABASE', 'SCHEMA', 'EVENT', 'USER', 'ROLE', 'FUNCTION', 'PROCEDURE', 'SERVER', 'INSTANCE', 'TABLESPACE', 'LOGFILE', 'TYPE', 'DOMAIN', 'EXTENSION')) return null;
  return [placed({ kind: 'other', text: beginning(piece) }, piece)];
}
