import type { IndexDefinition, OperationOf } from '../operations/index.ts';
import { indexColumns, isMysql, printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { indexName, named, objectName } from './naming.ts';
import { ownMigration } from './own-migration.ts';
import { partitionedIndex } from './partitioned-index.ts';
import type { Remedy, RemedyStatement, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { migrationStep, perform } from './step.ts';

/** The same index, built without blocking writes, in a migration of its own. On MySQL and MariaDB: without the clauses that make it block. */
export function concurrentIndex(operation: OperationOf<'create-index'>, c: RemedyContext): Remedy {
  const { index } = operation;
  if (isMysql(c.engine)) {
    const told = operation.algorithm ?? operation.lock ?? operation.alter?.algorithm ?? operation.alter?.lock ?? null;
    if (told === null || /^(fulltext|spatial)$/i.test(index.method)) {
      return advise(`Build the index with gh-ost or pt-online-schema-change, or while nothing writes to "${printName(index.table)}".`);
    }
    return { advice: 'Leave out the algorithm and lock options: the server then builds the index while writes go on.', steps: [indexMigration(index, c)] };
  }
  if (c.engine.name !== 'postgres') return { advice: 'Build the index in a migration of its own.', steps: [indexMigration(index, c)] };
  const table = c.schema.table(index.table);
  if (table?.partitionBy) return partitionedIndex(index, c);
  const fromReference = /reference|belongs_to/.test(operation.verb) ? ' Pass "index: false" to the reference.' : '';
  return { advice: `Build the index concurrently, ${ownMigration(c)}.${fromReference}`, steps: [indexMigration(index, c)] };
}

/** The same removal without waiting for, and blocking, the table's readers and writers. */
export function concurrentIndexRemoval(operation: OperationOf<'drop-index'>, c: RemedyContext): Remedy {
  if (c.engine.name !== 'postgres') return advise('Remove the index in a migration of its own.');
  const known = findIndex(operation, c);
  const table = operation.table ?? known?.table ?? null;
  if (table && c.schema.table(table)?.partitionBy) return advise('Indexes of a partitioned table cannot be dropped concurrently: drop it with a short lock_timeout and retry.');
  const columns = operation.columns.length > 0 ? operation.columns : known ? indexColumns(known) : [];
  const name = operation.name ?? (known?.name ? { schema: null, name: known.name } : null);
  const what = table && (columns.length > 0 || name === null) ? `index from ${table.name}${columns.length > 0 ? ` on ${columns.join(' and ')}` : ''}` : `index ${name?.name ?? ''}`;
  const { columns: _, ...rest } = deedOf(operation);
  const up = [perform({ ...rest, table, name, columns: name === null ? operation.columns : [], concurrently: true, cascade: false })];
  const down = known ? [perform({ kind: 'create-index', index: known, concurrently: true, ifNotExists: false, only: false, algorithm: null, lock: null })] : null;
  return {
    advice: `Remove the index concurrently, ${ownMigration(c)}.`,
    steps: [migrationStep({ words: `remove ${what}`, title: 'Remove the index without blocking.', transaction: false, up, down })],
  };
}

/** A migration that builds one index: concurrently on Postgres, on others as they do by themselves. */
export function indexMigration(index: IndexDefinition, c: RemedyContext, title = 'Build the index without blocking writes.'): RemedyStep {
  const postgres = c.engine.name === 'postgres';
  const target = index.name === null && postgres ? named(index, indexName(index, c.engine)) : index;
  return migrationStep({ words: indexWords(index), title, transaction: !postgres, up: [buildIndex(target, postgres)] });
}

/** The concurrent build that first drops what a failed attempt left behind, in place of one that skips the build when the name is taken. */
export function retriableIndex(operation: OperationOf<'create-index'>, c: RemedyContext): Remedy {
  return {
    advice: 'Drop what a failed build may have left before building, and leave the condition out.',
    steps: [retriableIndexMigration(operation.index, c, 'Build the index; it can be run again after it failed.')],
  };
}

/** The name that the built index has. */
export function indexNameOf({ index }: OperationOf<'create-index'>, c: RemedyContext): string {
  return indexName(index, c.engine);
}

/**
 * The same for an index whose build can fail on the rows: what a failed attempt left behind is dropped first, so that the migration can be
 * run again. Postgres keeps the name of a failed concurrent build on an invalid index.
 */
export function retriableIndexMigration(index: IndexDefinition, c: RemedyContext, title: string): RemedyStep {
  if (c.engine.name !== 'postgres') return indexMigration(index, c, title);
  const name = indexName(index, c.engine);
  const target = index.name === null ? named(index, name) : index;
  const drop = (ifExists: boolean): RemedyStatement =>
    perform({ kind: 'drop-index', table: index.table, name: { schema: index.table.schema, name }, columns: [], concurrently: true, ifExists, cascade: false, algorithm: null, lock: null });
  return migrationStep({
    words: indexWords(index),
    title,
    transaction: false,
    up: [{ kind: 'comment', text: 'A failed build leaves an invalid index of this name behind.' }, drop(true), buildIndex(target, true)],
    down: [drop(false)],
  });
}

function buildIndex(index: IndexDefinition, concurrently: boolean): RemedyStatement {
  return perform({ kind: 'create-index', index, concurrently, ifNotExists: false, only: false, algorithm: null, lock: null });
}

function indexWords(index: IndexDefinition): string {
  if (index.name !== null && index.keys.some((key) => key.column === null)) return `add ${index.name.includes(index.table.name) ? index.name : `${index.name} to ${index.table.name}`}`;
  const keys = index.keys.map((key) => key.column ?? 'expression');
  return `add ${index.unique ? 'unique ' : ''}index to ${index.table.name} on ${keys.join(' and ')}`;
}

function deedOf(operation: OperationOf<'drop-index'>) {
  const { kind, table, name, columns, concurrently, ifExists, cascade } = operation;
  return { kind, table, name, columns, concurrently, ifExists, cascade, algorithm: null, lock: null };
}

function findIndex(operation: OperationOf<'drop-index'>, c: RemedyContext): IndexDefinition | undefined {
  const name = operation.name?.name ?? null;
  const table = operation.table ? c.schema.table(operation.table) : name === null ? undefined : c.schema.tableOfIndex(name);
  return table?.indexes.find((index) => (name === null ? sameColumns(indexColumns(index), operation.columns) : index.name === name));
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column, at) => column === b[at]);
}

/** A name for an index that stands in for another until that one is gone. */
export function temporaryIndexName(name: string, c: RemedyContext): string {
  return objectName(c.engine, name, 'new');
}
