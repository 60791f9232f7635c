import type { Deed } from '../../../operations/index.ts';
import { guardExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import type { Action } from './action.ts';
import { accept, acceptAny, acceptIfExists, atEnd, identifier, isMysql, peek, type Cursor } from './cursor.ts';

/** `DROP` of columns, keys, indexes and constraints. */
export function readDropAction(action: Action): readonly SqlDeed[] | null {
  const { cursor, table, algorithm, lock } = action;
  if (!accept(cursor, 'DROP') || peek(cursor) === 'PARTITION') return null;
  if (accept(cursor, 'SYSTEM', 'VERSIONING') || accept(cursor, 'PERIOD')) return [placed({ kind: 'set-table-option', table, option: 'other', value: 'DROP SYSTEM VERSIONING' }, action.at)];
  if (accept(cursor, 'PRIMARY', 'KEY')) return [placed(dropConstraint(action, 'primary-key', null, false), action.at)];
  if (isMysql(cursor.piece) && acceptAny(cursor, 'INDEX', 'KEY')) {
    const ifExists = acceptIfExists(cursor);
    const name = identifier(cursor);
    if (name === null) return null;
    return [placed({
      kind: 'drop-index', table, name: { schema: null, name }, columns: [], concurrently: false, ifExists, cascade: false, algorithm, lock,
    }, action.at, guardExists(ifExists))];
  }
  const constraint = accept(cursor, 'FOREIGN', 'KEY') ? 'foreign-key' : accept(cursor, 'CONSTRAINT') ? 'unknown' : isMysql(cursor.piece) && peek(cursor, 1) !== '' && accept(cursor, 'CHECK') ? 'check' : null;
  if (constraint) {
    const ifExists = acceptIfExists(cursor);
    const name = identifier(cursor);
    return name === null ? null : [placed(dropConstraint(action, constraint, name, ifExists), action.at, guardExists(ifExists))];
  }
  accept(cursor, 'COLUMN');
  const ifExists = acceptIfExists(cursor);
  const column = identifier(cursor);
  return column === null ? null : [placed({ kind: 'drop-column', table, column, ifExists, cascade: endsWithCascade(cursor) }, action.at, guardExists(ifExists))];
}

function dropConstraint({ table, cursor }: Action, constraint: Deed<'drop-constraint'>['constraint'], name: string | null, ifExists: boolean): Deed {
  return { kind: 'drop-constraint', table, name, constraint, columns: [], references: null, ifExists, cascade: endsWithCascade(cursor) };
}

/** True when CASCADE is what is left. */
export function endsWithCascade(cursor: Cursor): boolean {
  return !atEnd(cursor) && accept(cursor, 'CASCADE');
}
