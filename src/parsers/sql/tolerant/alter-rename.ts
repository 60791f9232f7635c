import type { SqlDeed } from '../statement.ts';
import { at, type Action } from './action.ts';
import { accept, acceptAny, acceptIfExists, identifier, isMysql, qualifiedName } from './cursor.ts';

/** `RENAME` of the table, a column, an index or a constraint. */
export function readRename(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  if (!accept(cursor, 'RENAME')) return null;
  if (acceptAny(cursor, 'TO', 'AS')) {
    const to = qualifiedName(cursor);
    return to ? at(action, { kind: 'rename-table', table, to: { ...to, schema: to.schema ?? table.schema } }) : null;
  }
  const index = isMysql(cursor.piece) && acceptAny(cursor, 'INDEX', 'KEY') !== '';
  const constraint = !index && accept(cursor, 'CONSTRAINT');
  if (!index && !constraint) accept(cursor, 'COLUMN');
  acceptIfExists(cursor);
  const name = identifier(cursor);
  if (name === null) return null;
  if (!accept(cursor, 'TO')) return isMysql(cursor.piece) ? at(action, { kind: 'rename-table', table, to: { schema: table.schema, name } }) : null;
  const to = identifier(cursor);
  if (to === null) return null;
  if (index) return at(action, { kind: 'rename-index', table, name, to });
  return at(action, constraint ? { kind: 'rename-constraint', table, name, to } : { kind: 'rename-column', table, column: name, to });
}
