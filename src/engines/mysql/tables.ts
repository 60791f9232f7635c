import { distinct, childrenOf, parentsOf } from '../relations.ts';
import { printName } from '../../operations/index.ts';
import type { OperationOf, QualifiedName } from '../../operations/index.ts';
import { noEffect } from '../effect.ts';
import type { Assumption, Blocks, Effect, Lock } from '../effect.ts';
import { effectOfStep, exclusiveMoment, reaches, stepFor } from './action.ts';
import type { Action, Situation } from './action.ts';
import { actions } from './actions.ts';
import { tableKeys } from './dependents.ts';

const manual = 'https://dev.mysql.com/doc/refman/8.0/en/';

/** CREATE TABLE: commits, unless the table is a temporary one. */
export function createTableEffect(operation: OperationOf<'create-table'>, at: Situation): Effect {
  const keys = [...operation.foreignKeys, ...operation.columns.flatMap((column) => column.references ?? [])];
  const parents = distinct(keys.map((key) => key.references)).filter((name) => printName(name) !== printName(operation.table));
  const locks = parents.map((table): Lock => ({ table, mode: 'metadata exclusive', blocks: { reads: false, writes: false }, cost: 'constant', role: 'parent' }));
  const created: Effect = {
    ...noEffect, locks, cost: operation.fromQuery ? 'rows' : 'constant', inTransaction: operation.temporary ? 'allowed' : 'commits', source: `${manual}implicit-commit.html`,
  };
  if (operation.force === false || at.schema.table(operation.table) === undefined) return created;
  const dropped = dropTable(operation.table, at);
  return { ...dropped, locks: [...dropped.locks, ...created.locks], loses: [`the rows of "${printName(operation.table)}"`] };
}

/** DROP TABLE: refused while a foreign key of another table refers to it. */
export function dropTableEffect(operation: OperationOf<'drop-table'>, at: Situation): Effect {
  return dropTable(operation.table, at);
}

function dropTable(name: QualifiedName, at: Situation): Effect {
  const error = at.engine.name === 'mariadb' ? '1451' : reaches(at.engine, [8]) ? '3730' : '1217';
  return exclusiveMoment(name, 'mariadb: drop-table', {
    parents: parentsOf(at.schema.table(name)),
    assumes: tableKeys(name, error, at),
  });
}

/** TRUNCATE: DDL to MySQL, it cannot be rolled back, and is refused while a foreign key refers to the table. */
export function truncateEffect(operation: OperationOf<'truncate'>, at: Situation): Effect {
  const effects = operation.tables.map((name) => {
    const assumes: Assumption[] = !at.uncheckedKeys && childrenOf(name, at.schema).length > 0 ? [{ of: 'no-dependents', table: name, columns: [], error: '1701' }] : [];
    return exclusiveMoment(name, 'mariadb: truncate-table', { assumes });
  });
  const [first = noEffect] = effects;
  return { ...first, locks: effects.flatMap((effect) => effect.locks), assumes: effects.flatMap((effect) => effect.assumes) };
}

/** Table options. */
export function tableOptionEffect({ table, option, value }: OperationOf<'set-table-option'>, at: Situation): Effect {
  const fulltext = at.schema.table(table)?.indexes.some((index) => index.method === 'fulltext') ?? false;
  const action = optionAction(option, value, fulltext);
  return effectOfStep(at, stepFor(action, at.engine), table);
}

function optionAction(option: OperationOf<'set-table-option'>['option'], value: string | null, fulltext: boolean): Action {
  switch (option) {
    case 'engine':
      return value !== null && !/innodb/i.test(value) ? actions.otherEngine : fulltext ? actions.rebuildFulltext : actions.engine;
    case 'force-rebuild':
      return fulltext ? actions.rebuildFulltext : actions.rebuild;
    case 'row-format':
      return fulltext ? actions.rebuildFulltext : actions.rowFormat;
    case 'tablespace':
      return actions.rebuild;
    case 'charset':
      return actions.defaultCharset;
    case 'convert-charset':
      return actions.convertCharset;
    case 'auto-increment':
      return actions.autoIncrementValue;
    case 'order':
      return actions.orderBy;
    default:
      return /^(?:add\s+)?system versioning/i.test(value ?? '') ? actions.addVersioning : /^drop system versioning/i.test(value ?? '') ? actions.dropVersioning : actions.tableOption;
  }
}

const partitionActions: readonly (readonly [RegExp, Action, loses: boolean])[] = [
  [/^partition\s+by\b/i, actions.partitionBy, false],
  [/^remove\s+partitioning\b/i, actions.removePartitioning, false],
  [/^drop\s+partition\b/i, actions.dropPartition, true],
  [/^truncate\s+partition\b/i, actions.dropPartition, true],
  [/^add\s+partition\s+partitions\b/i, actions.reorganizePartition, false],
  [/^add\s+partition\b/i, actions.addPartition, false],
  [/^(reorganize|rebuild|optimize|repair|coalesce)\s+partition\b/i, actions.reorganizePartition, false],
  [/^(exchange|discard|import|check|analyze)\s+partition\b/i, actions.exchangePartition, false],
];

/** ALTER TABLE on partitions. */
export function partitionsEffect({ table, action }: OperationOf<'alter-partitions'>, at: Situation): Effect {
  const row = partitionActions.find(([pattern]) => pattern.test(action.trim()));
  if (!row) return { ...effectOfStep(at, stepFor(actions.partitionBy, at.engine), table), unsure: 'it is not known how the partitions are changed' };
  return effectOfStep(at, stepFor(row[1], at.engine), table, { loses: row[2] ? ['the rows of the partition'] : [] });
}

/** LOCK TABLES: WRITE keeps everybody out, READ keeps writers out; it commits. */
export function lockTableEffect(operation: OperationOf<'lock-table'>): Effect {
  const exclusive = !/read/i.test(operation.mode);
  const blocks: Blocks = { reads: exclusive, writes: true };
  const locks = operation.tables.map((table): Lock => ({ table, mode: exclusive ? 'metadata exclusive' : 'metadata shared', blocks, cost: 'constant', role: 'target' }));
  return { ...noEffect, locks, inTransaction: 'commits', source: `${manual}lock-tables.html` };
}
