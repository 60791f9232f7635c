import { olderThan } from '../../operations/index.ts';
import type { IndexDefinition } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Refusal } from '../effect.ts';
import { partitionsBelow } from '../relations.ts';
import type { Situation } from './claim.ts';
import { readPartitionKey } from './partition-bounds.ts';
import { isSameIndex } from './partitions.ts';

/** An index or key that a partitioned table is to get. */
interface Wanted {
  readonly unique: boolean;
  /** The plain columns of it. */
  readonly columns: readonly string[];
  readonly concurrently?: boolean;
  /** Set for constraints: whether an index that is there already becomes one. */
  readonly usingIndex?: boolean;
}

/** Why Postgres refuses an index or key on the table because that is partitioned, or null. Tried on 18; the releases before 11 are measured on 10. */
export function refusedOnPartitioned(table: Table | undefined, wanted: Wanted, at: Situation): Refusal | null {
  if (!table?.partitionBy) return null;
  if (olderThan(at.engine, 11)) return { error: wanted.usingIndex === undefined ? '42809' : '0A000', because: 'Postgres has indexes on partitioned tables since release 11', about: 'partitioned' };
  if (wanted.concurrently) return { error: '0A000', because: 'it cannot build an index on a partitioned table concurrently', about: 'partitioned' };
  if (wanted.usingIndex) return { error: '0A000', because: 'it cannot turn an index on a partitioned table into a constraint', about: 'partitioned' };
  const key = wanted.unique ? readPartitionKey(table.partitionBy) : null;
  if (key === null) return null;
  if (key.columns.includes(null)) return { error: '0A000', because: 'the table is partitioned by an expression, and then it can have no unique index', about: 'partitioned' };
  const missing = key.columns.filter((column) => column !== null && !wanted.columns.includes(column));
  return missing.length === 0 ? null : { error: '0A000', because: `a unique index on a partitioned table has to include the whole partition key, here ${missing.map((column) => `"${column ?? ''}"`).join(' and ')}`, about: 'partitioned' };
}

/** True when every partition has an index of its own already that the new one on the parent takes in, so that nothing is built. */
export function isBuiltOnPartitions(index: IndexDefinition, table: Table, at: Situation): boolean {
  const partitions = partitionsBelow(table.name, at.schema);
  return partitions.length > 0 && partitions.every((partition) => partition.complete && partition.indexes.some((own) => isSameIndex(index, own)));
}
