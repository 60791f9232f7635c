import type { Operation } from '../operations/index.ts';
import { tableOf } from '../operations/index.ts';
import { onPartitionedTable } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

export default defineRule({
  id: 'index-on-partitioned-table',
  summary: 'An index or key that Postgres refuses on a partitioned table: concurrent, from an existing index, or unique without the partition key.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['atlas/PG108', 'migrationpilot/MP092', 'migrationpilot/MP049'],
  docs: {
    why: 'What is right for every other table fails on a partitioned one (0A000): CREATE INDEX CONCURRENTLY (measured on Postgres 13 to 18), DROP INDEX CONCURRENTLY, ADD CONSTRAINT ... USING INDEX '
      + 'and every unique index or key that lacks a column of the partition key (tried on 18). The way to an index without blocking is in three parts: ON ONLY the parent, where it stays invalid and reads no rows; concurrently on each partition; and ALTER INDEX ... ATTACH PARTITION, '
      + 'with the last of which the parent\'s index becomes valid.\n\n'
      + 'A plain CREATE INDEX on the parent is reported by `blocking-index`: it locks all partitions against writers until the last index is built (1 s for 2 million rows of Postgres 15).',
    exceptions: 'None: the statement fails on every database. It is not reported when the schema does not say that the table is partitioned.',
  },
  check: { 'create-index': judge, 'drop-index': judge, 'add-unique': judge, 'add-primary-key': judge, 'add-column': judge },
});

function judge(operation: Operation, context: StepContext): Finding | undefined {
  const { refused } = context.effect;
  if (refused?.about !== 'partitioned') return undefined;
  const table = tableOf(operation) ?? context.effect.locks[0]?.table;
  return {
    message: `${wordsOf(operation)} fails${table ? `: ${quoted(table)} is partitioned` : ''}.`,
    why: `Postgres refuses it on every database (error ${refused.error}): ${refused.because}.`,
    remedy: onPartitionedTable(operation, context),
  };
}

function wordsOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create-index':
      return `Building ${operation.index.name ? `the ${operation.index.unique ? 'unique ' : ''}index ${quoted(operation.index.name)}` : 'an index'}${operation.concurrently ? ' concurrently' : ''}`;
    case 'drop-index':
      return `Dropping the index ${operation.name ? `${quoted(operation.name)} ` : ''}concurrently`;
    case 'add-unique':
      return operation.usingIndex === null ? `Adding a unique constraint over ${listed(operation.columns)}` : `Making the index ${quoted(operation.usingIndex)} a unique constraint`;
    case 'add-primary-key':
      return operation.usingIndex === null ? `Adding a primary key over ${listed(operation.columns)}` : `Making the index ${quoted(operation.usingIndex)} the primary key`;
    case 'add-column':
      return `Adding ${quotedColumn(operation.table, operation.column.name)} as a ${operation.column.primaryKey ? 'primary key' : 'unique column'}`;
    default:
      return 'The statement';
  }
}
