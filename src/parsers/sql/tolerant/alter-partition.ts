import type { SqlDeed } from '../statement.ts';
import { written } from '../text/piece.ts';
import { at, type Action } from './action.ts';
import { accept, acceptAny, peek } from './cursor.ts';

const verbs = ['ADD', 'DROP', 'TRUNCATE', 'COALESCE', 'REORGANIZE', 'EXCHANGE', 'ANALYZE', 'CHECK', 'OPTIMIZE', 'REBUILD', 'REPAIR', 'DISCARD', 'IMPORT', 'CONVERT'];

/** Everything that changes a table's partitions (MySQL, MariaDB). */
export function readPartitionAction(action: Action): readonly SqlDeed[] | null {
  const { cursor, table } = action;
  const partitioning = accept(cursor, 'PARTITION', 'BY') || accept(cursor, 'REMOVE', 'PARTITIONING');
  const verb = partitioning ? '' : acceptAny(cursor, ...verbs);
  if (!partitioning && !(verb && peek(cursor) === 'PARTITION')) return null;
  return at(action, { kind: 'alter-partitions', table, action: written(cursor.piece, action.at) });
}
