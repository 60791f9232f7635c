import type { Deed, QualifiedName } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning } from '../text/piece.ts';
import { spanOf, splitAtCommas } from '../text/range.ts';
import { readOnlineOptions } from './create.ts';
import { accept, acceptAny, acceptIfExists, atEnd, cursorOn, peek, qualifiedName, type Cursor } from './cursor.ts';

const inert = new Set(['EVENT', 'USER', 'ROLE', 'SERVER', 'TABLESPACE', 'LOGFILE', 'RESOURCE', 'PACKAGE', 'RULE', 'POLICY', 'PUBLICATION', 'SUBSCRIPTION', 'STATISTICS', 'COLLATION', 'CAST', 'OPERATOR', 'LANGUAGE', 'PREPARE']);

/** Reads what follows DROP; null when it is not known what is dropped. */
export function readDrop(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  if (accept(cursor, 'TEMPORARY')) return [placed({ kind: 'other', text: beginning(piece) }, piece)];
  acceptAny(cursor, 'MATERIALIZED', 'FOREIGN');
  const materialized = piece.lexicon.engine === 'postgres' && peek(cursor, -1) === 'MATERIALIZED';
  const kind = acceptAny(cursor, 'TABLE', 'TABLES', 'VIEW', 'INDEX', 'TRIGGER', 'FUNCTION', 'PROCEDURE', 'DATABASE', 'SCHEMA', 'SEQUENCE', 'TYPE', 'DOMAIN', 'EXTENSION');
  if (!kind) return inert.has(peek(cursor)) ? [placed({ kind: 'other', text: beginning(piece) }, piece)] : null;
  // On Postgres a database is no schema, and what is in another one is out of sight.
  if (kind === 'DATABASE' && piece.lexicon.engine === 'postgres') return [placed({ kind: 'other', text: beginning(piece) }, piece, guardExists(acceptIfExists(cursor)))];
  const concurrently = kind === 'INDEX' && accept(cursor, 'CONCURRENTLY');
  const ifExists = acceptIfExists(cursor);
  if (kind === 'INDEX') return dropIndex(cursor, concurrently, ifExists);
  const ranges = splitAtCommas(piece, { from: cursor.at, to: cursor.to });
  const deeds = ranges.flatMap((range) => {
    const part = cursorOn(piece, range);
    const name = qualifiedName(part);
    const at = ranges.length > 1 ? spanOf(piece, range) : piece;
    return name ? [placed(dropped(kind, name, { ifExists, cascade: hasCascade(part), materialized }, part), at, guardExists(ifExists))] : [];
  });
  return deeds.length ? deeds : null;
}

function dropIndex(cursor: Cursor, concurrently: boolean, ifExists: boolean): SqlDeed[] | null {
  const name = qualifiedName(cursor);
  if (!name) return null;
  const table = accept(cursor, 'ON') ? qualifiedName(cursor) : null;
  const cascade = hasCascade(cursor);
  return [placed({ kind: 'drop-index', table, name, columns: [], concurrently, ifExists, cascade, ...readOnlineOptions(cursor) }, cursor.piece, guardExists(ifExists))];
}

function hasCascade(cursor: Cursor): boolean {
  return accept(cursor, 'CASCADE');
}

function dropped(kind: string, name: QualifiedName, flags: { ifExists: boolean; cascade: boolean; materialized: boolean }, cursor: Cursor): Deed {
  const { ifExists, cascade, materialized } = flags;
  switch (kind) {
    case 'VIEW':
      return { kind: 'drop-view', view: name, materialized, ifExists, cascade };
    case 'TRIGGER':
      return { kind: 'drop-trigger', table: accept(cursor, 'ON') ? qualifiedName(cursor) : null, name: name.name, ifExists };
    case 'FUNCTION':
    case 'PROCEDURE':
      return { kind: 'drop-function', function: name, ifExists, cascade };
    case 'DATABASE':
    case 'SCHEMA':
      return { kind: 'drop-schema', schema: name.name, ifExists, cascade };
    case 'SEQUENCE':
      return { kind: 'drop-sequence', sequence: name, ifExists, cascade };
    case 'TYPE':
    case 'DOMAIN':
      return { kind: 'drop-type', type: name, ifExists, cascade };
    case 'EXTENSION':
      return { kind: 'drop-extension', extension: name.name, cascade };
    default:
      return { kind: 'drop-table', table: name, ifExists, cascade };
  }
}

/** `RENAME TABLE a TO b, c TO d`. */
export function readRenameTable(cursor: Cursor): SqlDeed[] | null {
  const { piece } = cursor;
  if (!acceptAny(cursor, 'TABLE', 'TABLES')) return null;
  const guards = guardExists(acceptIfExists(cursor));
  const ranges = splitAtCommas(piece, { from: cursor.at, to: cursor.to });
  const deeds = ranges.flatMap((range) => {
    const part = cursorOn(piece, range);
    const table = qualifiedName(part);
    const to = table && accept(part, 'TO') ? qualifiedName(part) : null;
    return table && to ? [placed({ kind: 'rename-table', table, to }, ranges.length > 1 ? spanOf(piece, range) : piece, guards)] : [];
  });
  return deeds.length ? deeds : null;
}

/** `TRUNCATE [TABLE] a, b`. */
export function readTruncate(cursor: Cursor): SqlDeed[] | null {
  acceptAny(cursor, 'TABLE');
  const tables: QualifiedName[] = [];
  do {
    accept(cursor, 'ONLY');
    const name = qualifiedName(cursor);
    if (name) tables.push(name);
  } while (accept(cursor, ','));
  let cascade = false;
  while (!atEnd(cursor)) {
    cascade ||= peek(cursor) === 'CASCADE';
    cursor.at += 1;
  }
  return tables.length ? [placed({ kind: 'truncate', tables, cascade }, cursor.piece)] : null;
}

