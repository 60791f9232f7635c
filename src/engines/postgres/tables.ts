import { printName } from '../../operations/index.ts';
import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import type { Effect } from '../effect.ts';
import { childrenOf, distinct, parentsOf } from '../relations.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Situation } from './claim.ts';
import { tableClaims, tableOptionClaims } from './claims.ts';
import { lockedWith, takenAlong, tableDependents } from './dependents.ts';
import { lockModes } from './lock-conflicts.ts';
import { isDefaultBound } from '../../schema/store.ts';
import { readPartitionKey } from './partition-bounds.ts';
import { provesOutside } from './partition-proof.ts';
import { defaultPartition, unclearCheck } from './partitions.ts';

/** CREATE TABLE: the new table itself is nobody's business yet; what it refers to is. */
export function createTableEffect(operation: OperationOf<'create-table'>, at: Situation): Effect {
  const { table, partitionOf } = operation;
  const existing = at.schema.table(table);
  if (existing && operation.force === false && operation.ifNotExists) return effectOfClaim(tableClaims.createThere, null, at);
  const keys = [...operation.foreignKeys, ...operation.columns.flatMap((column) => column.references ?? [])];
  const inherited = (partitionOf && at.schema.table(partitionOf)?.foreignKeys) || [];
  const parents = distinct([...keys, ...inherited].map((key) => key.references)).filter((name) => printName(name) !== printName(table));
  const partitionDefault = partitionOf && !isDefaultBound(operation.partitionBounds) ? defaultPartition(partitionOf, at) : undefined;
  const outside = partitionOf && partitionDefault ? provesOutside(partitionDefault, readPartitionKey(at.schema.table(partitionOf)?.partitionBy ?? null), operation.partitionBounds ?? null) : 'proved';
  const claim = outside !== 'proved' ? tableClaims.createPartitionWithDefault
    : partitionOf ? tableClaims.createPartition : operation.fromQuery ? tableClaims.createFromQuery : parents.length > 0 ? tableClaims.createReferencing : tableClaims.create;
  const created = effectOfClaim(claim, null, at, {
    others: [
      ...others(parents, 'SHARE ROW EXCLUSIVE', 'parent'),
      ...(partitionOf ? others([partitionOf], 'ACCESS EXCLUSIVE', 'parent') : []),
      ...(partitionDefault ? others([partitionDefault.name], 'ACCESS EXCLUSIVE', 'partition') : []),
      ...others(operation.inherits, 'SHARE UPDATE EXCLUSIVE', 'parent'),
      ...(operation.like ? others([operation.like], 'ACCESS SHARE', 'parent') : []),
    ],
    assumes: partitionDefault && outside !== 'proved' ? [{ of: 'check', table: partitionDefault.name, columns: [], error: '23514' }] : [],
    unsure: partitionDefault && outside === 'unclear' ? unclearCheck(partitionDefault.name) : null,
  });
  if (!existing || operation.force === false) return created;
  const dropped = dropTable(table, operation.force === 'cascade', at);
  return { ...dropped, cost: created.cost, locks: [...dropped.locks, ...created.locks], loses: [`the rows of "${printName(table)}"`] };
}

/** DROP TABLE: the tables that its foreign keys refer to are locked as well, and a partition's parent. */
export function dropTableEffect(operation: OperationOf<'drop-table'>, at: Situation): Effect {
  if (operation.ifExists && at.schema.complete && !at.schema.table(operation.table)) return effectOfClaim(tableClaims.dropMissing, null, at);
  return dropTable(operation.table, operation.cascade, at);
}

function dropTable(name: QualifiedName, cascade: boolean, at: Situation): Effect {
  const table = at.schema.table(name);
  const dependents = tableDependents(name, at.schema);
  return effectOfClaim(tableClaims.drop, name, at, {
    others: [
      ...others(parentsOf(table), 'ACCESS EXCLUSIVE', 'parent'),
      ...(table?.partitionOf ? others([table.partitionOf], 'ACCESS EXCLUSIVE', 'parent') : []),
      ...(cascade ? lockedWith(dependents, at.schema) : []),
    ],
    assumes: !cascade && dependents.length > 0 ? [{ of: 'no-dependents', table: name, columns: [], error: '2BP01', dependents }] : [],
    cascades: cascade ? takenAlong(dependents, at.schema) : [],
  });
}

/** TRUNCATE; with CASCADE every table that refers to it, and those that refer to them. */
export function truncateEffect(operation: OperationOf<'truncate'>, at: Situation): Effect {
  const [first, ...rest] = operation.tables;
  if (first === undefined) return effectOfClaim(tableClaims.truncate, null, at);
  const named = new Set(operation.tables.map(printName));
  const reached = new Map<string, QualifiedName>();
  const waiting = [...operation.tables];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of childrenOf(next, at.schema)) {
      const key = printName(child.name);
      if (named.has(key) || reached.has(key)) continue;
      reached.set(key, child.name);
      if (operation.cascade) waiting.push(child.name);
    }
  }
  const effect = effectOfClaim(tableClaims.truncate, first, at, {
    others: [...others(rest, 'ACCESS EXCLUSIVE', 'target'), ...(operation.cascade ? others([...reached.values()], 'ACCESS EXCLUSIVE', 'child') : [])],
    assumes: !operation.cascade && reached.size > 0 ? [{ of: 'no-dependents', table: first, columns: [], error: '0A000' }] : [],
  });
  return reached.size > 0 && operation.cascade ? { ...effect, loses: [...reached.values()].map((name) => `every row of "${printName(name)}"`) } : effect;
}

/** SET of table options, SET LOGGED, TABLESPACE and the like. */
export function tableOptionEffect(operation: OperationOf<'set-table-option'>, at: Situation): Effect {
  if (storageOptions.has(operation.option)) return storageEffect(operation, at);
  const claim = tableOptionClaims[operation.option];
  const parent = operation.option === 'inherit' || operation.option === 'no-inherit' ? operation.value : null;
  const names: QualifiedName[] = parent ? [{ schema: null, name: parent.trim().replaceAll('"', '') }] : [];
  return effectOfClaim(claim, operation.table, at, { others: others(names, operation.option === 'inherit' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS SHARE', 'parent') });
}

const storageOptions: ReadonlySet<string> = new Set(['logged', 'unlogged', 'tablespace', 'access-method']);

/** SET LOGGED, UNLOGGED, TABLESPACE and ACCESS METHOD write the table anew, unless it is kept so already or is a partitioned one, which holds no rows. */
function storageEffect({ table: name, option, value }: OperationOf<'set-table-option'>, at: Situation): Effect {
  const table = at.schema.table(name);
  if (table && table.partitionBy !== null) return effectOfClaim(tableOptionClaims['on-partitioned'], name, at);
  if (option === 'unlogged' && table?.unlogged) return effectOfClaim(tableOptionClaims['already-so'], name, at);
  const usual = option === 'access-method' && (value === null || value === 'heap');
  return effectOfClaim(tableOptionClaims[option], name, at, {
    loses: option === 'unlogged' ? ['its rows on every replica, and all of them when the server crashes'] : [],
    unsure: usual ? 'a table that is stored by this method already, as most are by "heap", is not rewritten' : null,
  });
}

/** CLUSTER; of all tables, or of a partitioned one, it takes a transaction a table. */
export function clusterEffect({ table }: OperationOf<'cluster'>, at: Situation): Effect {
  const claim = table === null ? tableClaims.clusterAll : at.schema.table(table)?.partitionBy ? tableClaims.clusterPartitioned : tableClaims.cluster;
  return effectOfClaim(claim, table, at);
}

/** LOCK TABLE in the mode it names. */
export function lockTableEffect(operation: OperationOf<'lock-table'>, at: Situation): Effect {
  const written = operation.mode.toUpperCase().replace(/\s*MODE\s*$/, '').replace(/^IN\s+/, '').replaceAll(/\s+/g, ' ').trim();
  const mode = lockModes.find((one) => one === written) ?? 'ACCESS EXCLUSIVE';
  const [first = null, ...rest] = operation.tables;
  return effectOfClaim({ lock: mode, cost: 'constant', source: mode === 'ACCESS EXCLUSIVE' ? 'lock-table' : 'lock-table-share-row-exclusive' }, first, at, { others: others(rest, mode, 'target') });
}
