import type { Deed } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { expressionText, findWord } from '../text/range.ts';
import { at, type Action } from './action.ts';
import { accept, acceptAny, acceptIfExists, identifier, isMysql, peek } from './cursor.ts';
import { readColumn } from './column.ts';
import { defaultIn } from './default.ts';
import { readType } from './type.ts';

/** `ALTER COLUMN`, `MODIFY` and `CHANGE`, `ALTER INDEX` and `ALTER CHECK`, `VALIDATE CONSTRAINT`. */
export function readAlterColumn(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  if (accept(cursor, 'MODIFY')) return restated(action, false);
  if (accept(cursor, 'CHANGE')) return restated(action, true);
  if (accept(cursor, 'VALIDATE', 'CONSTRAINT')) return at(action, { kind: 'validate-constraint', table, name: identifier(cursor), constraint: 'unknown', columns: [], references: null });
  if (!accept(cursor, 'ALTER')) return null;
  if (isMysql(cursor.piece) && acceptAny(cursor, 'INDEX', 'KEY')) return at(action, { kind: 'set-table-option', table, option: 'other', value: `ALTER INDEX ${expressionText(cursor.piece, cursorRest(action))}` });
  if (acceptAny(cursor, 'CONSTRAINT', 'CHECK')) return at(action, { kind: 'alter-constraint', table, name: identifier(cursor) ?? '' });
  accept(cursor, 'COLUMN');
  acceptIfExists(cursor);
  const column = identifier(cursor);
  if (column === null) return null;
  const deed = alterOne(action, column);
  return deed ? at(action, deed) : null;
}

function cursorRest({ cursor }: Action): { from: number; to: number } {
  return { from: cursor.at, to: cursor.to };
}

/** MySQL replaces the whole definition; what it does not repeat is lost. */
function restated(action: Action, named: boolean): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  accept(cursor, 'COLUMN');
  const guards = guardExists(acceptIfExists(cursor));
  const old = named ? identifier(cursor) : null;
  const column = readColumn(cursor);
  if (!column || (named && old === null)) return null;
  const renamed = old !== null && old !== column.name;
  const change: Deed = { kind: 'alter-column-type', table, column: column.name, type: column.type, collation: column.collation ?? null, using: null, restated: column };
  return [
    ...(renamed ? [placed({ kind: 'rename-column', table, column: old, to: column.name }, action.at, guards)] : []),
    placed(change, action.at, guards),
  ];
}

function alterOne(action: Action, column: string): Deed | null {
  const { cursor, table } = action;
  const { piece } = cursor;
  if (accept(cursor, 'SET', 'NOT', 'NULL')) return { kind: 'set-not-null', table, column, fill: { kind: 'none' } };
  if (accept(cursor, 'DROP', 'NOT', 'NULL')) return { kind: 'drop-not-null', table, column };
  if (accept(cursor, 'SET', 'DEFAULT')) return { kind: 'set-default', table, column, default: defaultIn(piece, cursorRest(action)), from: null };
  if (accept(cursor, 'DROP', 'DEFAULT')) return { kind: 'set-default', table, column, default: { kind: 'none' }, from: null };
  if (accept(cursor, 'SET', 'DATA', 'TYPE') || accept(cursor, 'TYPE')) {
    const type = readType(cursor);
    const collation = accept(cursor, 'COLLATE') ? identifier(cursor) : null;
    const using = findWord(piece, cursorRest(action), 'USING');
    return { kind: 'alter-column-type', table, column, type, collation, using: using < 0 ? null : expressionText(piece, { from: using + 1, to: cursor.to }), restated: null };
  }
  const word = peek(cursor, 1);
  if (accept(cursor, 'SET')) return { kind: 'set-column-option', table, column, option: /^(IN)?VISIBLE$/.test(word) ? 'visibility' : 'other', value: expressionText(piece, cursorRest(action)) };
  return null;
}
