import { indexColumns, olderThan, printName, qualified } from '../../operations/index.ts';
import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Effect, Refusal } from '../effect.ts';
import { effectOfClaim } from './claim.ts';
import type { Claim, Situation } from './claim.ts';
import { indexClaims } from './claims.ts';
import { isBuiltOnPartitions, refusedOnPartitioned } from './partitioned.ts';

/** CREATE INDEX. */
export function createIndexEffect(operation: OperationOf<'create-index'>, at: Situation): Effect {
  const { index } = operation;
  const table = at.schema.table(index.table);
  const exists = index.name !== null && (table?.indexes.some((other) => other.name === index.name) ?? false);
  if (operation.ifNotExists && exists && !operation.concurrently) return effectOfClaim(indexClaims.createThere, index.table, at);
  const unknown = table?.complete !== true;
  const partitioned = isPartitioned(table);
  // Nobody writes ONLY for a table without partitions, so it tells what a table is of which too little is known.
  const claim = operation.concurrently ? indexClaims.createConcurrently : operation.only && (partitioned || unknown) ? indexClaims.createOnly
    : partitioned && isBuiltOnPartitions(index, table, at) ? indexClaims.createBuilt : indexClaims.create;
  const effect = effectOfClaim(claim, index.table, at, {
    refused: refusedOnPartitioned(table, { unique: index.unique, columns: indexColumns(index), concurrently: operation.concurrently }, at),
    assumes: index.unique ? [{ of: 'unique', table: index.table, columns: indexColumns(index), error: '23505' }] : [],
  });
  return at.schema.view(index.table) && !table ? { ...effect, locks: effect.locks.map((lock) => ({ ...lock, role: 'view' })) } : effect;
}

const isPartitioned = (table: Table | undefined): table is Table => table !== undefined && table.partitionBy !== null;

/** The table of an index that a statement names alone; the index's own name stands for it when it is not known. */
function tableOfIndex(name: QualifiedName | null, table: QualifiedName | null, at: Situation): { readonly table: QualifiedName | null; readonly unsure: string | null } {
  if (table !== null) return { table, unsure: null };
  const found = name && (at.schema.tableOfIndex(name.name) ?? tableOfPrimaryKey(name, at));
  if (found) return { table: found.name, unsure: null };
  return { table: name, unsure: name ? `the table of the index "${printName(name)}" is not known` : null };
}

/** The index of a primary key has the name of its table and `_pkey`, unless the constraint was given another. */
function tableOfPrimaryKey(name: QualifiedName, at: Situation): Table | undefined {
  const table = name.name.endsWith('_pkey') ? at.schema.table({ ...name, name: name.name.slice(0, -'_pkey'.length) }) : undefined;
  return table && table.primaryKey.length > 0 ? table : undefined;
}

/** DROP INDEX. */
export function dropIndexEffect(operation: OperationOf<'drop-index'>, at: Situation): Effect {
  const { table, unsure } = tableOfIndex(operation.name, operation.table, at);
  if (operation.concurrently) {
    const partitioned = table !== null && isPartitioned(at.schema.table(table));
    return effectOfClaim(indexClaims.dropConcurrently, table, at, { unsure, refused: partitioned ? { error: '0A000', because: 'it cannot drop the index of a partitioned table concurrently', about: 'partitioned' } : null });
  }
  if (operation.ifExists && unsure !== null && at.schema.complete) return effectOfClaim(indexClaims.dropMissing, null, at);
  return effectOfClaim(indexClaims.drop, table, at, { unsure, refused: operation.cascade ? null : refusedUnderConstraint(operation.name, table, at) });
}

/** The index of a key or unique constraint goes with the constraint only. */
function refusedUnderConstraint(index: QualifiedName | null, name: QualifiedName | null, at: Situation): Refusal | null {
  const table = name && index ? at.schema.table(name) : undefined;
  if (!table?.complete || table.indexes.some((one) => one.name === index?.name)) return null;
  // An index lies in the schema of its table.
  if (index?.schema && index.schema !== (table.name.schema ?? 'public')) return null;
  const constrains = table.uniques.some((unique) => unique.name === index?.name) || (table.primaryKey.length > 0 && index?.name === `${table.name.name}_pkey`);
  return constrains ? { error: '2BP01', because: `it is the index of a constraint of "${printName(table.name)}", which has to be dropped instead` } : null;
}

/** ALTER INDEX RENAME. */
export function renameIndexEffect(operation: OperationOf<'rename-index'>, at: Situation): Effect {
  if (!olderThan(at.engine, 12)) return effectOfClaim(indexClaims.rename, null, at);
  const { table, unsure } = tableOfIndex(qualified(operation.name), operation.table, at);
  return effectOfClaim(indexClaims.renameBefore12, table, at, { unsure });
}

/** ALTER TABLE ... RENAME of an index, or null when it is none: it locks the index as it would a table, on every release. */
export function renamedIndexEffect({ table: name }: OperationOf<'rename-table'>, at: Situation): Effect | null {
  const table = at.schema.table(name) ? undefined : at.schema.tableOfIndex(name.name);
  return table ? effectOfClaim(indexClaims.renameAsTable, table.name, at) : null;
}

/** The name of a relation as it is written in a statement. */
export function nameFrom(written: string): QualifiedName {
  const [last = '', schema = null] = (written.match(/"[^"]+"|[^."]+/g) ?? []).map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase())).reverse();
  return qualified(last, schema);
}

/** ALTER INDEX ... SET TABLESPACE, which copies the index, or null for any other statement. */
export function indexTablespaceEffect(text: string, at: Situation): Effect | null {
  const [, written] = /^\s*alter\s+index\s+(?:if\s+exists\s+)?(\S+)\s+set\s+tablespace\b/i.exec(text) ?? [];
  if (written === undefined) return null;
  const name = nameFrom(written);
  const { table, unsure } = tableOfIndex(name, null, at);
  return effectOfClaim(indexClaims.setTablespace, table, at, { unsure, rebuildsIndexes: [name.name] });
}

/** REINDEX. */
export function reindexEffect(operation: OperationOf<'reindex'>, at: Situation): Effect {
  const { name, target } = operation;
  const refused = operation.concurrently && target === 'system' ? { error: '0A000', because: 'it cannot rebuild the system catalogs concurrently' } : null;
  if (target !== 'index' && target !== 'table') {
    const claim: Claim = operation.concurrently ? { ...indexClaims.reindexAll, source: indexClaims.reindexConcurrently.source } : indexClaims.reindexAll;
    const effect = effectOfClaim(claim, null, at, { refused });
    const mode = operation.concurrently ? indexClaims.reindexConcurrently : indexClaims.reindexTable;
    const reached = [...at.schema.tables()].filter((table) => target !== 'schema' || (table.name.schema ?? 'public') === (name?.name ?? 'public'));
    return { ...effect, rebuildsIndexes: 'all', locks: reached.slice(0, 1000).flatMap((table) => effectOfClaim({ ...mode, alone: true }, table.name, at).locks) };
  }
  const { table, unsure } = target === 'table' ? { table: name, unsure: null } : tableOfIndex(name, null, at);
  const partitioned = table !== null && isPartitioned(at.schema.table(table));
  const claim: Claim = operation.concurrently ? indexClaims.reindexConcurrently : target === 'table' ? indexClaims.reindexTable : indexClaims.reindexIndex;
  const rebuilds = target === 'index' && name ? { rebuildsIndexes: [name.name] } : {};
  const effect = effectOfClaim(partitioned ? { ...claim, transaction: 'forbidden' } : claim, table, at, { unsure, refused, ...rebuilds });
  return target === 'table' ? { ...effect, rebuildsIndexes: 'all' } : effect;
}

/** ALTER INDEX ATTACH PARTITION: queries wait for the partition's index, and those of the parent with them. */
export function attachIndexEffect(operation: OperationOf<'attach-index-partition'>, at: Situation): Effect {
  const { table, unsure } = tableOfIndex(operation.index, null, at);
  const effect = effectOfClaim(olderThan(at.engine, 12) ? { ...indexClaims.attach, onIndex: 'ACCESS EXCLUSIVE' } : indexClaims.attach, table, at, { unsure });
  const partition = at.schema.tableOfIndex(operation.partition.name);
  if (!partition) return effect;
  const { lock, blocks } = indexClaims.attach;
  return { ...effect, locks: [...effect.locks, { table: partition.name, mode: lock, onIndex: 'ACCESS EXCLUSIVE', blocks, cost: effect.cost, role: 'partition' }] };
}
