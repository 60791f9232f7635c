import type { ForeignKey, ReferentialAction } from '../../../operations/index.ts';
import { accept, acceptAny, atEnd, bracketed, cursorOn, identifier, peek, qualifiedName, skip, type Cursor } from './cursor.ts';
import type { TokenRange } from '../text/range.ts';
import type { Piece } from '../text/piece.ts';

/** Reads what follows REFERENCES. */
export function readReferences(cursor: Cursor, name: string | null, columns: readonly string[]): ForeignKey {
  const references = qualifiedName(cursor) ?? { schema: null, name: '' };
  const inside = bracketed(cursor);
  let onDelete: ReferentialAction | null = null;
  let onUpdate: ReferentialAction | null = null;
  let deferrable = false;
  let initiallyDeferred = false;
  let validated = true;
  for (;;) {
    if (accept(cursor, 'ON', 'DELETE')) onDelete = readAction(cursor);
    else if (accept(cursor, 'ON', 'UPDATE') && peek(cursor) !== 'CURRENT_TIMESTAMP') onUpdate = readAction(cursor);
    else if (accept(cursor, 'MATCH')) cursor.at += 1;
    else if (accept(cursor, 'NOT', 'DEFERRABLE')) deferrable = false;
    else if (accept(cursor, 'NOT', 'VALID')) validated = false;
    else if (accept(cursor, 'DEFERRABLE')) deferrable = true;
    else if (accept(cursor, 'INITIALLY')) initiallyDeferred = acceptAny(cursor, 'DEFERRED', 'IMMEDIATE') === 'DEFERRED';
    else break;
  }
  return {
    name, columns, references, referencedColumns: inside ? namesIn(cursor.piece, inside) : [], onDelete, onUpdate, ...(deferrable || initiallyDeferred ? { deferrable: true } : {}), ...(initiallyDeferred ? { initiallyDeferred } : {}), validated,
  };
}

function readAction(cursor: Cursor): ReferentialAction | null {
  if (accept(cursor, 'CASCADE')) return 'cascade';
  if (accept(cursor, 'RESTRICT')) return 'restrict';
  if (accept(cursor, 'NO', 'ACTION')) return 'no action';
  if (accept(cursor, 'SET', 'NULL')) return 'set null';
  if (accept(cursor, 'SET', 'DEFAULT')) return 'set default';
  return null;
}

/** The names in a bracketed list of columns; lengths and orders are passed over. */
export function namesIn(piece: Piece, range: TokenRange): string[] {
  const found: string[] = [];
  const cursor = cursorOn(piece, range);
  while (!atEnd(cursor)) {
    const name = identifier(cursor);
    if (name !== null) found.push(name);
    while (!atEnd(cursor) && peek(cursor) !== ',') skip(cursor);
    cursor.at += 1;
  }
  return found;
}
