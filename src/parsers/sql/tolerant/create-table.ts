import type { ColumnDefinition, Deed, IndexDefinition, QualifiedName, TableConstraint } from '../../../operations/index.ts';
import type { Piece } from '../text/piece.ts';
import { expressionText, findWord, splitAtCommas, type TokenRange } from '../text/range.ts';
import { tablesRead } from '../text/reads.ts';
import { accept, acceptAny, acceptIfNotExists, atEnd, bracketed, cursorOn, peek, qualifiedName, stringValue, type Cursor } from './cursor.ts';
import { readColumn } from './column.ts';
import { readKey, type Key } from './key.ts';

/** Reads what follows `CREATE [TEMPORARY] TABLE`; null when no name stands there. */
export function readCreateTable(cursor: Cursor, flags: { temporary: boolean; unlogged: boolean }): Deed<'create-table'> | null {
  const ifNotExists = acceptIfNotExists(cursor);
  const table = qualifiedName(cursor);
  if (!table) return null;
  const like = accept(cursor, 'LIKE') ? qualifiedName(cursor) : null;
  const partitionOf = accept(cursor, 'PARTITION', 'OF') ? qualifiedName(cursor) : null;
  const inside = isQuery(cursor) ? null : bracketed(cursor);
  const body = inside ? readElements(cursor.piece, inside, table) : emptyBody();
  return { kind: 'create-table', table, ...body, like: like ?? body.like, ifNotExists, force: false, ...flags, inherits: [], ...(partitionOf ? readBounds(cursor) : {}), ...readTail(cursor), partitionOf };
}

/** `DEFAULT`, or `FOR VALUES` with one bracket, or two with TO between them. */
function readBounds(cursor: Cursor): { partitionBounds?: string } {
  const from = cursor.at;
  if (accept(cursor, 'DEFAULT')) return { partitionBounds: 'DEFAULT' };
  if (!accept(cursor, 'FOR', 'VALUES')) return {};
  cursor.at += 1;
  bracketed(cursor);
  if (accept(cursor, 'TO')) bracketed(cursor);
  return { partitionBounds: expressionText(cursor.piece, { from, to: cursor.at }) };
}

function isQuery(cursor: Cursor): boolean {
  return peek(cursor) === '(' && /^(SELECT|WITH)$/.test(peek(cursor, 1));
}

interface Body {
  columns: ColumnDefinition[];
  primaryKey: readonly string[];
  indexes: IndexDefinition[];
  foreignKeys: Deed<'create-table'>['foreignKeys'][number][];
  checks: Deed<'create-table'>['checks'][number][];
  constraints: TableConstraint[];
  like: QualifiedName | null;
}

function emptyBody(): Body {
  return { columns: [], primaryKey: [], indexes: [], foreignKeys: [], checks: [], constraints: [], like: null };
}

function readElements(piece: Piece, inside: TokenRange, table: QualifiedName): Body {
  const body = emptyBody();
  for (const range of splitAtCommas(piece, inside)) {
    const cursor = cursorOn(piece, range);
    if (accept(cursor, 'LIKE')) body.like = qualifiedName(cursor);
    else {
      const key = readKey(cursor, table);
      const column = key ? null : readColumn(cursor);
      if (key) addKey(body, key);
      else if (column) body.columns.push(column);
    }
  }
  const inline = body.columns.filter((column) => column.primaryKey).map((column) => column.name);
  if (!body.primaryKey.length) body.primaryKey = inline;
  body.columns = body.columns.map((column) => (body.primaryKey.includes(column.name) ? { ...column, nullable: false } : column));
  return body;
}

function addKey(body: Body, key: Key): void {
  if (key.kind === 'primary') body.primaryKey = key.columns;
  else if (key.kind === 'index') body.indexes.push(key.index);
  else if (key.kind === 'unique') body.constraints.push({ kind: 'unique', name: key.name, columns: key.columns });
  else if (key.kind === 'exclusion') body.constraints.push({ kind: 'exclusion', name: key.name, columns: [] });
  else if (key.kind === 'foreign') body.foreignKeys.push(key.foreignKey);
  else if (key.kind === 'check') body.checks.push(key.check);
  else body.columns = body.columns.map((column) => (column.name === key.column ? { ...column, nullable: false } : column));
}

/** What follows the elements: options, partitions, a query. */
function readTail(cursor: Cursor): Pick<Deed<'create-table'>, 'fromQuery' | 'reads' | 'partitionBy' | 'partitionOf' | 'options' | 'comment'> {
  const { piece } = cursor;
  const from = cursor.at;
  const tail = { from, to: cursor.to };
  const query = findWord(piece, tail, 'SELECT', 'WITH', 'VALUES');
  const partition = findWord(piece, tail, 'PARTITION');
  const queryAt = query >= 0 && (isQueryStart(piece, query) || query === from) ? query : isQuery(cursor) ? from : -1;
  const end = Math.min(queryAt >= 0 ? queryAt : cursor.to, partition >= 0 ? partition : cursor.to);
  const options = expressionText(piece, { from, to: end }).replace(/\s*\b(?:as|ignore|replace)\s*$/i, '').trim();
  const by = cursorOn(piece, { from: partition, to: cursor.to });
  const partitioned = partition >= 0 && accept(by, 'PARTITION', 'BY');
  const reads = queryAt >= 0 ? tablesRead(piece, { from: queryAt, to: cursor.to }) : [];
  return {
    fromQuery: queryAt >= 0,
    ...(reads.length ? { reads } : {}),
    partitionBy: partitioned ? expressionText(piece, { from: by.at, to: queryAt >= 0 ? queryAt : cursor.to }) : null,
    partitionOf: null,
    options: end > from && options !== '' ? options : null,
    comment: commentIn(cursorOn(piece, { from, to: end })),
  };
}

function isQueryStart(piece: Piece, at: number): boolean {
  const cursor = cursorOn(piece, { from: at, to: piece.tokens().length });
  return peek(cursor) !== 'WITH' || !/^(SYSTEM|PARSER)$/.test(peek(cursor, 1));
}

function commentIn(cursor: Cursor): string | null {
  while (!atEnd(cursor)) {
    if (accept(cursor, 'COMMENT')) {
      acceptAny(cursor, '=');
      return stringValue(cursor);
    }
    cursor.at += 1;
  }
  return null;
}
