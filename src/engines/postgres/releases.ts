import { olderThan } from '../../operations/index.ts';
import type { ColumnDefinition, Operation } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Refusal } from '../effect.ts';
import type { Situation } from './claim.ts';
import { isDefaultBound } from '../../schema/store.ts';

/** One form of a statement that older releases refuse. */
export interface Since {
  /** The first major release that takes it. */
  readonly release: number;
  /** What those before it answer: SQLSTATE. */
  readonly error: string;
  /** What it is that they lack; the beginning of a sentence. */
  readonly what: string;
  readonly used: (operation: Operation, at: Situation) => boolean;
}

/** What each release brought, as far as a migration can use it: every row is tried on all releases from 10 to 18. Syntax first: it is looked at before anything else. */
export const sinceReleases: readonly Since[] = [
  { release: 18, error: '42601', what: 'generated columns that are not stored (VIRTUAL)', used: (operation) => columnsOf(operation).some((column) => column.generated?.stored === false) },
  { release: 12, error: '42601', what: 'generated columns', used: (operation) => columnsOf(operation).some((column) => column.generated !== undefined) },
  { release: 18, error: '42601', what: 'NOT NULL as a constraint that is added by itself', used: ({ kind }) => kind === 'add-not-null' },
  { release: 18, error: '42601', what: 'NOT NULL constraints that can be validated', used: (operation) => operation.kind === 'validate-constraint' && operation.constraint === 'not-null' },
  { release: 17, error: '42601', what: 'SET EXPRESSION', used: (operation) => operation.kind === 'set-column-option' && operation.option === 'set-expression' },
  { release: 13, error: '42601', what: 'DROP EXPRESSION', used: (operation) => operation.kind === 'set-column-option' && operation.option === 'drop-expression' },
  { release: 14, error: '42601', what: 'SET COMPRESSION', used: (operation) => operation.kind === 'set-column-option' && operation.option === 'compression' },
  { release: 15, error: '42601', what: 'SET ACCESS METHOD', used: (operation) => operation.kind === 'set-table-option' && operation.option === 'access-method' },
  { release: 15, error: '42601', what: 'NULLS NOT DISTINCT', used: (operation) => (operation.kind === 'add-unique' && operation.nullsNotDistinct) || (operation.kind === 'create-index' && operation.index.nullsNotDistinct === true) },
  { release: 11, error: '42601', what: 'indexes with INCLUDE', used: (operation) => operation.kind === 'create-index' && (operation.index.include ?? []).length > 0 },
  { release: 11, error: '42601', what: 'indexes ON ONLY a partitioned table', used: (operation) => operation.kind === 'create-index' && operation.only },
  { release: 11, error: '42601', what: 'ALTER INDEX ... ATTACH PARTITION', used: ({ kind }) => kind === 'attach-index-partition' },
  { release: 11, error: '42601', what: 'DEFAULT partitions', used: (operation) => (operation.kind === 'attach-partition' && isDefaultBound(operation.bounds)) || (operation.kind === 'create-table' && operation.partitionOf !== null && isDefaultBound(operation.partitionBounds)) },
  { release: 14, error: '42601', what: 'DETACH PARTITION CONCURRENTLY', used: (operation) => operation.kind === 'detach-partition' && (operation.concurrently || operation.finalize === true) },
  { release: 12, error: '42601', what: 'REINDEX CONCURRENTLY', used: (operation) => operation.kind === 'reindex' && operation.concurrently },
  { release: 16, error: '42601', what: 'REINDEX DATABASE and SYSTEM without a name', used: (operation) => operation.kind === 'reindex' && (operation.target === 'database' || operation.target === 'system') && operation.name === null },

  { release: 17, error: '42809', what: 'SET ACCESS METHOD for partitioned tables', used: (operation, at) => operation.kind === 'set-table-option' && operation.option === 'access-method' && isPartitioned(at.schema.table(operation.table)) },
  { release: 13, error: '42809', what: 'BEFORE triggers for each row of a partitioned table', used: (operation, at) => operation.kind === 'create-trigger' && operation.timing === 'before' && operation.forEach === 'row' && isPartitioned(at.schema.table(operation.table)) },
  { release: 11, error: '42809', what: 'triggers for each row of a partitioned table', used: (operation, at) => operation.kind === 'create-trigger' && operation.forEach === 'row' && isPartitioned(at.schema.table(operation.table)) },
  { release: 11, error: '0A000', what: 'foreign keys of partitioned tables', used: (operation, at) => operation.kind === 'add-foreign-key' && isPartitioned(at.schema.table(operation.table)) },
  { release: 12, error: '42809', what: 'foreign keys that refer to a partitioned table', used: (operation, at) => operation.kind === 'add-foreign-key' && isPartitioned(at.schema.table(operation.foreignKey.references)) },
  { release: 18, error: '42809', what: 'NOT VALID foreign keys of partitioned tables', used: (operation, at) => operation.kind === 'add-foreign-key' && !operation.foreignKey.validated && isPartitioned(at.schema.table(operation.table)) },
  { release: 17, error: '0A000', what: 'exclusion constraints of partitioned tables', used: (operation, at) => operation.kind === 'add-exclusion' && isPartitioned(at.schema.table(operation.table)) },
  { release: 15, error: '0A000', what: 'CLUSTER for partitioned tables', used: (operation, at) => operation.kind === 'cluster' && operation.table !== null && isPartitioned(at.schema.table(operation.table)) },
];

/** Why the engine's release refuses the operation, or null. A release that is not known is taken as a current one. */
export function refusedByRelease(operation: Operation, at: Situation): Refusal | null {
  const row = at.engine.version.length === 0 ? undefined : sinceReleases.find((one) => olderThan(at.engine, one.release) && one.used(operation, at));
  return row ? { error: row.error, because: `Postgres has ${row.what} since release ${row.release}`, about: 'release' } : null;
}

function columnsOf(operation: Operation): readonly ColumnDefinition[] {
  return operation.kind === 'add-column' ? [operation.column] : operation.kind === 'create-table' ? operation.columns : [];
}

function isPartitioned(table: Table | undefined): boolean {
  return table !== undefined && table.partitionBy !== null;
}
