import type { Check, ForeignKey, IndexDefinition, IndexKey, QualifiedName } from '../../../operations/index.ts';
import { expressionText, splitAtCommas, type TokenRange } from '../text/range.ts';
import type { Piece } from '../text/piece.ts';
import { accept, acceptAny, acceptIfNotExists, atEnd, bracketed, cursorOn, identifier, isMysql, peek, qualifiedName, skip, stringValue, type Cursor } from './cursor.ts';
import { readCheck } from './column.ts';
import { namesIn, readReferences } from './foreign-key.ts';

/** A key, index or constraint of a table as a definition or an ADD action writes it. */
export type Key =
  | { readonly kind: 'primary'; readonly name: string | null; readonly columns: readonly string[]; readonly usingIndex: string | null }
  | { readonly kind: 'index'; readonly index: IndexDefinition; readonly ifNotExists: boolean }
  | { readonly kind: 'unique'; readonly name: string | null; readonly columns: readonly string[]; readonly usingIndex: string | null; readonly deferrable: boolean; readonly nullsNotDistinct: boolean }
  | { readonly kind: 'foreign'; readonly foreignKey: ForeignKey; readonly ifNotExists: boolean }
  | { readonly kind: 'check'; readonly check: Check; readonly ifNotExists: boolean }
  | { readonly kind: 'exclusion'; readonly name: string | null; readonly expression: string }
  | { readonly kind: 'not-null'; readonly name: string | null; readonly column: string; readonly validated: boolean };

/** Reads a key or constraint; null, with the cursor where it was, when none stands here. */
export function readKey(cursor: Cursor, table: QualifiedName): Key | null {
  const start = cursor.at;
  const name = readConstraintName(cursor);
  const key = readConstraint(cursor, table, name) ?? (isMysql(cursor.piece) ? readIndex(cursor, table) : null);
  if (!key) cursor.at = start;
  return key;
}

function readConstraintName(cursor: Cursor): string | null {
  if (!accept(cursor, 'CONSTRAINT')) return null;
  acceptIfNotExists(cursor);
  return ['PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK'].includes(peek(cursor)) ? null : identifier(cursor);
}

function readConstraint(cursor: Cursor, table: QualifiedName, name: string | null): Key | null {
  if (accept(cursor, 'PRIMARY', 'KEY')) {
    const usingIndex = accept(cursor, 'USING', 'INDEX') ? identifier(cursor) : null;
    return { kind: 'primary', name: isMysql(cursor.piece) ? null : name, columns: columnsAhead(cursor), usingIndex };
  }
  if (accept(cursor, 'FOREIGN', 'KEY')) {
    const ifNotExists = acceptIfNotExists(cursor);
    const own = peek(cursor) === '(' ? null : identifier(cursor);
    const columns = columnsAhead(cursor);
    accept(cursor, 'REFERENCES');
    return { kind: 'foreign', foreignKey: readReferences(cursor, name ?? own, columns), ifNotExists };
  }
  if (accept(cursor, 'CHECK')) return { kind: 'check', check: readCheck(cursor, name), ifNotExists: false };
  if (peek(cursor) === 'EXCLUDE') return { kind: 'exclusion', name, expression: expressionText(cursor.piece, { from: cursor.at, to: cursor.to }) };
  if (name !== null && accept(cursor, 'NOT', 'NULL')) return { kind: 'not-null', name, column: identifier(cursor) ?? '', validated: !accept(cursor, 'NOT', 'VALID') };
  if (peek(cursor) !== 'UNIQUE') return null;
  if (isMysql(cursor.piece)) return readIndex(cursor, table, name);
  cursor.at += 1;
  const nullsNotDistinct = accept(cursor, 'NULLS', 'NOT', 'DISTINCT');
  const usingIndex = accept(cursor, 'USING', 'INDEX') ? identifier(cursor) : null;
  const columns = usingIndex === null ? columnsAhead(cursor) : [];
  return { kind: 'unique', name, columns, usingIndex, deferrable: accept(cursor, 'DEFERRABLE'), nullsNotDistinct };
}

/** Moves on to the list of columns, over an index's name and type, and reads it. */
function columnsAhead(cursor: Cursor): string[] {
  while (!atEnd(cursor) && peek(cursor) !== '(' && peek(cursor) !== ',') cursor.at += 1;
  const inside = bracketed(cursor);
  return inside ? namesIn(cursor.piece, inside) : [];
}

function readIndex(cursor: Cursor, table: QualifiedName, constraint: string | null = null): Key | null {
  const kind = acceptAny(cursor, 'UNIQUE', 'FULLTEXT', 'SPATIAL', 'VECTOR');
  const named = acceptAny(cursor, 'INDEX', 'KEY');
  if (!kind && !named) return null;
  const ifNotExists = acceptIfNotExists(cursor);
  const name = peek(cursor) === '(' || peek(cursor) === 'USING' ? null : identifier(cursor);
  return { kind: 'index', index: readIndexParts(cursor, { name: name ?? constraint, table, unique: kind === 'UNIQUE', kind: kind.toLowerCase() }), ifNotExists };
}

/** Reads an index's type, keys and options; `kind` is `fulltext`, `spatial` or nothing that decides the method. */
export function readIndexParts(cursor: Cursor, head: { name: string | null; table: QualifiedName; unique: boolean; kind: string }): IndexDefinition {
  const { piece } = cursor;
  let method = head.kind === 'fulltext' || head.kind === 'spatial' || head.kind === 'vector' ? head.kind : 'btree';
  let keys: IndexKey[] = [];
  let comment: string | null = null;
  let where: string | null = null;
  let include: readonly string[] = [];
  while (!atEnd(cursor) && peek(cursor) !== ',' && peek(cursor) !== ')') {
    const inside = keys.length ? null : bracketed(cursor);
    if (inside) keys = splitAtCommas(piece, inside).map((part) => readIndexKey(piece, part));
    else if (accept(cursor, 'INCLUDE')) include = namesIn(piece, bracketed(cursor) ?? { from: 0, to: 0 });
    else if (accept(cursor, 'USING') || accept(cursor, 'TYPE')) method = (identifier(cursor) ?? method).toLowerCase();
    else if (accept(cursor, 'COMMENT')) {
      acceptAny(cursor, '=');
      comment = stringValue(cursor);
    } else if (accept(cursor, 'WHERE')) {
      where = expressionText(piece, { from: cursor.at, to: cursor.to });
      cursor.at = cursor.to;
    } else if (peek(cursor) === 'ALGORITHM' || peek(cursor) === 'LOCK') break;
    else skip(cursor);
  }
  return { name: head.name, table: head.table, keys, unique: head.unique, method, ...(include.length ? { include } : {}), ...(where === null ? {} : { where }), ...(comment === null ? {} : { comment }) };
}

function readIndexKey(piece: Piece, range: TokenRange): IndexKey {
  const cursor = cursorOn(piece, range);
  const expression = () => ({ column: null, expression: expressionText(piece, { from: range.from, to: cursor.at }) });
  let key: IndexKey;
  if (bracketed(cursor)) key = expression();
  else {
    const column = identifier(cursor);
    const inside = bracketed(cursor);
    const token = inside && inside.to - inside.from === 1 ? piece.tokens()[inside.from] : undefined;
    const length = isMysql(piece) && token?.kind === 'number' ? Number(piece.text.slice(token.start - piece.start, token.end - piece.start)) : undefined;
    key = inside && length === undefined ? expression() : { column, expression: null, ...(length === undefined ? {} : { length }) };
  }
  const collation = accept(cursor, 'COLLATE') ? identifier(cursor) : null;
  const opclass = piece.lexicon.engine === 'postgres' && !['ASC', 'DESC', 'NULLS', ''].includes(peek(cursor)) ? qualifiedName(cursor)?.name : undefined;
  if (opclass) bracketed(cursor);
  const order = acceptAny(cursor, 'ASC', 'DESC').toLowerCase();
  const nulls = accept(cursor, 'NULLS') ? acceptAny(cursor, 'FIRST', 'LAST').toLowerCase() : '';
  return {
    ...key, ...(collation ? { collation } : {}), ...(opclass ? { opclass } : {}), ...(order === 'asc' || order === 'desc' ? { order } : {}),
    ...(nulls === 'first' || nulls === 'last' ? { nulls } : {}),
  };
}
