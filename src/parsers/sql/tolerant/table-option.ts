import type { Deed } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { literalValue } from '../text/literal.ts';
import { tokenText, written } from '../text/piece.ts';
import { expressionText } from '../text/range.ts';
import { at, type Action } from './action.ts';
import { accept, acceptAny, atEnd, bracketed, identifier, peek, type Cursor } from './cursor.ts';

type Option = Deed<'set-table-option'>['option'];

const options: Readonly<Record<string, Option>> = {
  ENGINE: 'engine', ROW_FORMAT: 'row-format', AUTO_INCREMENT: 'auto-increment', COMMENT: 'comment', CHARSET: 'charset', COLLATE: 'charset', TABLESPACE: 'tablespace',
};
const others = new Set([
  'AVG_ROW_LENGTH', 'CHECKSUM', 'COMPRESSION', 'CONNECTION', 'DATA', 'INDEX', 'DELAY_KEY_WRITE', 'ENCRYPTION', 'INSERT_METHOD', 'KEY_BLOCK_SIZE', 'MAX_ROWS', 'MIN_ROWS',
  'PACK_KEYS', 'PASSWORD', 'STATS_AUTO_RECALC', 'STATS_PERSISTENT', 'STATS_SAMPLE_PAGES', 'STORAGE', 'UNION', 'AUTOEXTEND_SIZE', 'SECONDARY_ENGINE', 'ENGINE_ATTRIBUTE',
  'SECONDARY_ENGINE_ATTRIBUTE', 'PAGE_COMPRESSED', 'PAGE_COMPRESSION_LEVEL', 'PAGE_CHECKSUM', 'TRANSACTIONAL', 'ENCRYPTED', 'ENCRYPTION_KEY_ID', 'SEQUENCE', 'ALGORITHM', 'LOCK',
]);

/** What changes a table as a whole: conversions, options, and Postgres's SET and OWNER where its own grammar could not read them. */
export function readTableOptions(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  const option = (name: Option, value: string | null) => at(action, { kind: 'set-table-option', table, option: name, value });
  if (accept(cursor, 'CONVERT', 'TO')) return option('convert-charset', rest(cursor).replace(/^(?:character\s+set|charset)\s*=?\s*/i, ''));
  if (accept(cursor, 'ORDER', 'BY')) return option('order', rest(cursor));
  if (accept(cursor, 'FORCE')) return option('force-rebuild', null);
  if (accept(cursor, 'OWNER', 'TO')) return option('owner', rest(cursor));
  if (accept(cursor, 'SET', 'SCHEMA')) return at(action, { kind: 'set-table-schema', table, schema: identifier(cursor) ?? '' });
  if (acceptAny(cursor, 'ENABLE', 'DISABLE', 'DISCARD', 'IMPORT', 'WITH', 'WITHOUT', 'SECONDARY_LOAD', 'SECONDARY_UNLOAD')) return option('other', written(cursor.piece, action.at));
  const deeds: SqlDeed[] = [];
  while (!atEnd(cursor)) {
    const read = readOption(action);
    if (!read) return null;
    deeds.push(placed({ kind: 'set-table-option', table, ...read }, action.at));
  }
  return deeds.length ? deeds : null;
}

/** One `NAME = value`. */
function readOption({ cursor }: Action): { option: Option; value: string | null } | null {
  accept(cursor, 'DEFAULT');
  const word = accept(cursor, 'CHARACTER', 'SET') ? 'CHARSET' : peek(cursor);
  const option = options[word];
  if (!option && !others.has(word)) return null;
  if (word === peek(cursor)) cursor.at += 1;
  if (word === 'DATA' || word === 'INDEX') accept(cursor, 'DIRECTORY');
  acceptAny(cursor, '=');
  const value = readValue(cursor);
  return option ? { option, value } : { option: 'other', value: `${word}=${value}` };
}

function readValue(cursor: Cursor): string {
  const { piece } = cursor;
  const inside = bracketed(cursor);
  if (inside) return expressionText(piece, inside);
  const token = piece.tokens()[cursor.at];
  cursor.at += 1;
  const text = tokenText(piece, token);
  return token?.kind === 'string' ? literalValue(piece, text) : token ? written(piece, token) : '';
}

function rest(cursor: Cursor): string {
  return expressionText(cursor.piece, { from: cursor.at, to: cursor.to });
}
