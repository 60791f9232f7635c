import type { QualifiedName } from '../../../operations/index.ts';
import { literalValue } from '../text/literal.ts';
import { keyword, plainName, tokenText, type Piece } from '../text/piece.ts';
import { pastClose, type TokenRange } from '../text/range.ts';
import { nameText, readName } from '../text/reads.ts';

/** A place in a range of tokens that moves on as they are read. */
export interface Cursor {
  readonly piece: Piece;
  at: number;
  readonly to: number;
}

/** A cursor at the start of a range. */
export function cursorOn(piece: Piece, range: TokenRange = { from: 0, to: piece.tokens().length }): Cursor {
  return { piece, at: range.from, to: range.to };
}

/** True when nothing is left. */
export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.to;
}

/** The keyword or symbol at the cursor, or further on; an empty string for anything else. */
export function peek(cursor: Cursor, ahead = 0): string {
  return cursor.at + ahead < cursor.to ? keyword(cursor.piece, cursor.piece.tokens()[cursor.at + ahead]) : '';
}

/** Moves past the words when all of them stand here in this order. */
export function accept(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, ahead) => peek(cursor, ahead) === word)) return false;
  cursor.at += words.length;
  return true;
}

/** Moves past one of the words and gives it; an empty string when none stands here. */
export function acceptAny(cursor: Cursor, ...words: readonly string[]): string {
  const word = peek(cursor);
  if (!words.includes(word) || word === '') return '';
  cursor.at += 1;
  return word;
}

/** Reads an unqualified name; null when none stands here. */
export function identifier(cursor: Cursor): string | null {
  const name = cursor.at < cursor.to ? nameText(cursor.piece, cursor.at) : null;
  if (name === null) return null;
  cursor.at += 1;
  return plainName(cursor.piece, name);
}

/** Reads a name that may be qualified; null when none stands here. */
export function qualifiedName(cursor: Cursor): QualifiedName | null {
  const read = cursor.at < cursor.to ? readName(cursor.piece, cursor.at) : null;
  if (!read) return null;
  cursor.at = Math.min(read.next, cursor.to);
  return read.name;
}

/** Moves past a bracketed part and gives its inside; null when none stands here. */
export function bracketed(cursor: Cursor): TokenRange | null {
  if (peek(cursor) !== '(') return null;
  const from = cursor.at + 1;
  cursor.at = pastClose(cursor.piece, cursor.at, cursor.to);
  const closed = keyword(cursor.piece, cursor.piece.tokens()[cursor.at - 1]) === ')';
  return { from, to: closed ? Math.max(from, cursor.at - 1) : cursor.at };
}

/** Moves past the token at the cursor, or past all of a bracketed part. */
export function skip(cursor: Cursor): void {
  if (!bracketed(cursor)) cursor.at += 1;
}

/** Reads a string literal's value; null when none stands here. */
export function stringValue(cursor: Cursor): string | null {
  const token = cursor.piece.tokens()[cursor.at];
  if (cursor.at >= cursor.to || token?.kind !== 'string') return null;
  cursor.at += 1;
  return literalValue(cursor.piece, tokenText(cursor.piece, token));
}

/** `IF EXISTS`. */
export function acceptIfExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'EXISTS');
}

/** `IF NOT EXISTS`. */
export function acceptIfNotExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'NOT', 'EXISTS');
}

/** True for MySQL and MariaDB. */
export function isMysql(piece: Piece): boolean {
  return piece.lexicon.engine === 'mysql' || piece.lexicon.engine === 'mariadb';
}
