import type { Deed } from '../../../operations/index.ts';
import type { SqlDeed } from '../statement.ts';
import { expressionText, findWord } from '../text/range.ts';
import { at, type Action } from './action.ts';
import { accept, acceptAny, bracketed, identifier, peek, qualifiedName } from './cursor.ts';

/** Actions of ALTER TABLE that only Postgres has. */
export function readPostgresAction(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  if (cursor.piece.lexicon.engine !== 'postgres') return null;
  const rest = () => expressionText(cursor.piece, { from: cursor.at, to: cursor.to });
  const option = (name: Deed<'set-table-option'>['option'], value: string | null = null) => at(action, { kind: 'set-table-option', table, option: name, value });
  if (accept(cursor, 'ATTACH', 'PARTITION')) {
    const partition = qualifiedName(cursor);
    return partition && at(action, { kind: 'attach-partition', table, partition, bounds: rest() || null });
  }
  if (accept(cursor, 'DETACH', 'PARTITION')) {
    const partition = qualifiedName(cursor);
    return partition && at(action, { kind: 'detach-partition', table, partition, concurrently: accept(cursor, 'CONCURRENTLY') });
  }
  if (accept(cursor, 'REPLICA', 'IDENTITY')) return option('replica-identity', rest());
  if (accept(cursor, 'CLUSTER', 'ON')) return option('cluster-on', identifier(cursor));
  if (accept(cursor, 'INHERIT')) return option('inherit', qualifiedName(cursor)?.name ?? null);
  if (accept(cursor, 'NO', 'INHERIT')) return option('no-inherit', qualifiedName(cursor)?.name ?? null);
  if (accept(cursor, 'FORCE', 'ROW')) return at(action, { kind: 'set-row-security', table, enabled: true, force: true });
  if (accept(cursor, 'NO', 'FORCE')) return at(action, { kind: 'set-row-security', table, enabled: true, force: false });
  const state = acceptAny(cursor, 'ENABLE', 'DISABLE');
  if (state) return enabled(action, state === 'ENABLE');
  if (acceptAny(cursor, 'RESET')) return option('storage', rest());
  return accept(cursor, 'SET') ? readSet(action) : null;
}

function enabled(action: Action, isEnabled: boolean): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  acceptAny(cursor, 'ALWAYS', 'REPLICA');
  if (accept(cursor, 'ROW', 'LEVEL', 'SECURITY')) return at(action, { kind: 'set-row-security', table, enabled: isEnabled, force: false });
  if (accept(cursor, 'TRIGGER')) {
    const all = acceptAny(cursor, 'ALL', 'USER').toLowerCase();
    return at(action, { kind: 'set-trigger-state', table, name: all || (identifier(cursor) ?? ''), enabled: isEnabled });
  }
  return at(action, { kind: 'set-table-option', table, option: 'other', value: expressionText(cursor.piece, { from: cursor.at - 1, to: cursor.to }) });
}

/** What follows SET; SET SCHEMA is read with the options all engines have. */
function readSet(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  const option = (name: Deed<'set-table-option'>['option'], value: string | null = null) => at(action, { kind: 'set-table-option', table, option: name, value });
  if (peek(cursor) === 'SCHEMA') return null;
  if (accept(cursor, 'LOGGED')) return option('logged');
  if (accept(cursor, 'UNLOGGED')) return option('unlogged');
  if (accept(cursor, 'TABLESPACE')) return option('tablespace', identifier(cursor));
  if (accept(cursor, 'ACCESS', 'METHOD')) return option('access-method', identifier(cursor));
  const inside = bracketed(cursor);
  if (!inside) return null;
  const text = expressionText(cursor.piece, inside).replace(/\s*=\s*/g, '=');
  return findWord(cursor.piece, inside, ')') < 0 ? option('storage', text) : null;
}
