import type { Engine, QualifiedName } from '../../operations/index.ts';
import { sameName } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Assumption, Blocks, Cost, Dependent, Effect, Lock, LockMode, Refusal } from '../effect.ts';
import { distinct, partitionsBelow } from '../relations.ts';
import { blocksOf } from './lock-conflicts.ts';

/** One claim about a form of a statement on Postgres: a row of the tables in this folder. */
export interface Claim {
  /** The lock on the table that the statement names, or null when it locks none. */
  readonly lock: LockMode | null;
  readonly cost: Cost;
  /** Every row is written anew. */
  readonly rewrites?: true;
  /** Every index of the table is built anew. */
  readonly rebuilds?: true;
  /** Where it blocks more or less than its table lock does. */
  readonly blocks?: Blocks;
  /** The lock on an index of the table. Beside ACCESS SHARE on the table it stands alone, or nearly so: the table may not be locked at all. */
  readonly onIndex?: LockMode;
  /** It stays off the partitions of a partitioned table. */
  readonly alone?: true;
  /** Refused in a transaction block, SQLSTATE 25001. */
  readonly transaction?: 'forbidden';
  /** The measurement's id, or a page of the manual. */
  readonly source: string;
}

/** What surrounds the operation. */
export interface Situation {
  readonly schema: Schema;
  readonly engine: Engine;
}

/** What a claim does not say by itself. */
export interface Particulars {
  /** Other tables, in the mode that each takes. */
  readonly others?: readonly (Pick<Lock, 'table' | 'mode' | 'role'> & Partial<Pick<Lock, 'blocks'>>)[];
  readonly assumes?: readonly Assumption[];
  readonly loses?: readonly string[];
  readonly cascades?: readonly Dependent[];
  readonly unsure?: string | null;
  readonly rebuildsIndexes?: readonly string[];
  readonly cost?: Cost;
  /** The mode on partitions where it is not that on the table. */
  readonly onPartitions?: LockMode;
  /** What the lock on the table blocks, where it is not what the claim says. */
  readonly blocks?: Blocks;
  readonly refused?: Refusal | null;
}

const order: readonly Cost[] = ['constant', 'rows', 'scan', 'index-build', 'rewrite'];

/** The longer of two kinds of work. */
export function longer(a: Cost, b: Cost): Cost {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The effect of a claim on a table (null: on none), its partitions and the other tables that are named. */
export function effectOfClaim(claim: Claim, table: QualifiedName | null, { schema }: Situation, more: Particulars = {}): Effect {
  const cost = more.cost ?? claim.cost;
  const locks: Lock[] = [];
  const put = (name: QualifiedName, mode: LockMode, role: Lock['role'], stops: Blocks) => {
    if (!locks.some((lock) => sameName(lock.table, name))) locks.push({ table: name, mode, ...(claim.onIndex && role === 'target' ? { onIndex: claim.onIndex } : {}), blocks: stops, cost, role });
  };
  if (table !== null && claim.lock !== null) {
    const stops = claim.blocks ?? blocksOf(claim.lock, claim.onIndex);
    put(table, claim.lock, 'target', more.blocks ?? stops);
    const known = schema.table(table);
    if (known !== undefined && known.partitionBy !== null && !claim.alone) {
      for (const partition of partitionsBelow(table, schema)) put(partition.name, more.onPartitions ?? claim.lock, 'partition', more.onPartitions ? blocksOf(more.onPartitions) : stops);
    }
  }
  for (const other of more.others ?? []) put(other.table, other.mode, other.role, other.blocks ?? blocksOf(other.mode));
  return {
    locks,
    cost,
    rewrites: claim.rewrites ?? false,
    rebuildsIndexes: claim.rebuilds ? 'all' : more.rebuildsIndexes?.length ? more.rebuildsIndexes : 'none',
    inTransaction: claim.transaction ?? 'allowed',
    assumes: more.assumes ?? [],
    ...(more.refused ? { refused: more.refused } : {}),
    loses: more.loses ?? [],
    ...(more.cascades?.length ? { cascades: more.cascades } : {}),
    unsure: more.unsure ?? null,
    source: claim.source,
  };
}

/** Other tables that one statement locks in one mode. */
export function others(names: readonly QualifiedName[], mode: LockMode, role: Lock['role']): Pick<Lock, 'table' | 'mode' | 'role'>[] {
  return distinct(names).map((table) => ({ table, mode, role }));
}
