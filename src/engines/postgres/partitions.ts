import { olderThan, printName } from '../../operations/index.ts';
import type { ForeignKey, IndexDefinition, OperationOf, QualifiedName } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Assumption, Effect } from '../effect.ts';
import { distinct, partitionsBelow } from '../relations.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Situation } from './claim.ts';
import { tableClaims } from './claims.ts';
import { blocksOf } from './lock-conflicts.ts';
import { isDefaultBound } from '../../schema/store.ts';
import { readPartitionKey } from './partition-bounds.ts';
import { provesBounds, provesOutside } from './partition-proof.ts';
import type { Proof } from './partition-proof.ts';

/** The partition that takes the rows no other one does. */
export function defaultPartition(parent: QualifiedName, at: Pick<Situation, 'schema'>): Table | undefined {
  if (at.schema.defaultPartitionOf) return at.schema.defaultPartitionOf(parent);
  return partitionsOf(parent, at).find((partition) => isDefaultBound(partition.partitionBounds));
}

function partitionsOf(parent: QualifiedName, at: Pick<Situation, 'schema'>): Table[] {
  return partitionsBelow(parent, at.schema).filter((partition) => partition.partitionOf !== null && printName(partition.partitionOf) === printName(parent));
}

/** What cannot be told of a partition's checks, as a clause. */
export function unclearCheck(table: QualifiedName): string {
  return `whether a check of "${printName(table)}" keeps Postgres from reading its rows could not be told: if one does, nothing is read`;
}

/**
 * ATTACH PARTITION: the rows of the partition are read under an exclusive lock unless a check implies its bounds, those of the DEFAULT partition unless a
 * check keeps them out; indexes and foreign keys of the parent that the partition lacks are built and validated as well (all tried on 18). A table that was
 * just made holds nothing to be read.
 */
export function attachPartitionEffect(operation: OperationOf<'attach-partition'>, at: Situation): Effect {
  const { table: parent, partition, bounds } = operation;
  const known = at.schema.table(parent);
  const own = at.schema.table(partition);
  const rest = isDefaultBound(bounds) ? undefined : defaultPartition(parent, at);
  const key = readPartitionKey(known?.partitionBy ?? null);
  const empty = own !== undefined && own.isNew && !own.written;
  const scans: { table: QualifiedName; proof: Proof }[] = [
    { table: partition, proof: empty ? 'proved' : isDefaultBound(bounds) ? provesRest(own, parent, at) : provesBounds(own, key, bounds) },
    ...(rest ? [{ table: rest.name, proof: provesOutside(rest, key, bounds) }] : []),
  ];
  const read = scans.filter(({ proof }) => proof !== 'proved');
  const keys = empty ? [] : missingForeignKeys(known, own);
  const claim = !empty && missingIndexes(known, own).length > 0 ? tableClaims.attachPartitionIndexed : read.length > 0 || keys.length > 0 ? tableClaims.attachPartition : tableClaims.attachPartitionChecked;
  const assumes = read.map(({ table }): Assumption => ({ of: 'check', table, columns: [], error: '23514' }));
  const unclear = read.find(({ proof }) => proof === 'unclear');
  return effectOfClaim(olderThan(at.engine, 12) ? { ...claim, lock: 'ACCESS EXCLUSIVE' } : claim, parent, at, {
    others: [
      ...others([partition], 'ACCESS EXCLUSIVE', 'partition'),
      ...(own?.partitionBy ? others(partitionsBelow(partition, at.schema).map((below) => below.name), 'ACCESS EXCLUSIVE', 'partition') : []),
      ...(rest ? others([rest.name], 'ACCESS EXCLUSIVE', 'partition') : []),
      ...others(distinct(missingForeignKeys(known, own).map((one) => one.references)), olderThan(at.engine, 12) ? 'ROW SHARE' : 'SHARE ROW EXCLUSIVE', 'parent'),
    ],
    assumes: [...assumes, ...keys.map((one): Assumption => ({ of: 'foreign-key', table: partition, columns: one.columns, error: '23503' }))],
    unsure: unclear ? unclearCheck(unclear.table) : null,
    // A query of the parent reads the DEFAULT partition as well, and waits for that; rows go past it.
    ...(rest && !olderThan(at.engine, 12) ? { blocks: { ...blocksOf('SHARE UPDATE EXCLUSIVE'), reads: true } } : {}),
  });
}

/** A table that becomes the DEFAULT partition must hold no row of any other one. */
function provesRest(table: Table | undefined, parent: QualifiedName, at: Situation): Proof {
  const key = readPartitionKey(at.schema.table(parent)?.partitionBy ?? null);
  const proofs = partitionsOf(parent, at).map((sibling) => provesOutside(table, key, sibling.partitionBounds ?? null));
  if (proofs.length === 0) return at.schema.complete && at.schema.table(parent) !== undefined ? 'proved' : 'unclear';
  return proofs.find((proof) => proof === 'open') ?? proofs.find((proof) => proof === 'unclear') ?? 'proved';
}

/** An index, or a constraint with an index, of a partitioned table. */
export type OwnIndex = { readonly kind: 'primary-key' | 'unique'; readonly columns: readonly string[] } | { readonly kind: 'index'; readonly index: IndexDefinition };

/** The parent's indexes that the table has none of its own for: Postgres builds them when it becomes a partition. A key's index needs a key. */
export function missingIndexes(parent: Table | undefined, table: Table | undefined): readonly OwnIndex[] {
  if (!parent || !table?.complete) return [];
  const unique = (columns: readonly string[]) => table.uniques.some((one) => one.columns.join() === columns.join());
  return [
    ...(parent.primaryKey.length > 0 && table.primaryKey.join() !== parent.primaryKey.join() ? [{ kind: 'primary-key' as const, columns: parent.primaryKey }] : []),
    ...parent.uniques.filter((one) => !unique(one.columns)).map(({ columns }) => ({ kind: 'unique' as const, columns })),
    ...parent.indexes.filter((index) => !table.indexes.some((other) => isSameIndex(index, other))).map((index) => ({ kind: 'index' as const, index })),
  ];
}

/** True when an index of a partition can stand for the parent's: same keys, method, uniqueness and predicate. */
export function isSameIndex(a: IndexDefinition, b: IndexDefinition): boolean {
  return a.unique === b.unique && a.method === b.method && squeeze(a.where) === squeeze(b.where) && a.keys.length === b.keys.length && a.keys.every((key, at) => {
    const other = b.keys[at];
    return other !== undefined && key.column === other.column && squeeze(key.expression) === squeeze(other.expression) && (key.order ?? 'asc') === (other.order ?? 'asc') && key.opclass === other.opclass && key.collation === other.collation;
  });
}

function squeeze(expression: string | null | undefined): string {
  return (expression ?? '').toLowerCase().replace(/::\w+|[\s()"]/g, '');
}

/** The parent's foreign keys that the table has none of its own for: Postgres adds and validates them. */
export function missingForeignKeys(parent: Table | undefined, table: Table | undefined): readonly ForeignKey[] {
  if (!parent || !table?.complete) return [];
  return parent.foreignKeys.filter((key) => !table.foreignKeys.some((other) => other.columns.join() === key.columns.join() && printName(other.references) === printName(key.references)));
}

/** DETACH PARTITION; CONCURRENTLY since 14, and not while there is a DEFAULT partition. */
export function detachPartitionEffect(operation: OperationOf<'detach-partition'>, at: Situation): Effect {
  const { table, partition, concurrently } = operation;
  if (operation.finalize) return effectOfClaim(tableClaims.detachPartitionFinalize, table, at, { others: others([partition], 'ACCESS EXCLUSIVE', 'partition') });
  const rest = defaultPartition(table, at);
  const before14 = !concurrently && olderThan(at.engine, 14);
  const mode = before14 ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  // Before 14 it hardly locks the partition; but who writes to that asks the parent for its bounds, and waits for the lock there.
  const blocks = before14 ? { blocks: { ...blocksOf(mode), writes: true } } : {};
  return effectOfClaim(concurrently ? tableClaims.detachPartitionConcurrently : tableClaims.detachPartition, table, at, {
    others: [...others([partition], mode, 'partition').map((one) => ({ ...one, ...blocks })), ...(rest && !concurrently ? others([rest.name], 'ACCESS EXCLUSIVE', 'partition') : [])],
    refused: concurrently && rest ? { error: '55000', because: `it cannot detach partitions concurrently while there is a DEFAULT partition ("${printName(rest.name)}")` } : null,
  });
}
