import { readPartitionKey } from '../engines/postgres/partition-bounds.ts';
import type { Operation } from '../operations/index.ts';
import { indexColumns, olderThan, tableOf } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { partitionedIndex } from './partitioned-index.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { quoteQualified } from './sql/name.ts';
import { migrationStep, perform, rawSql } from './step.ts';

/** What to write instead of an index or key that Postgres refuses on a partitioned table. */
export function onPartitionedTable(operation: Operation, c: RemedyContext): Remedy {
  if (olderThan(c.engine, 11)) return advise('Create the index on each partition by itself, concurrently.');
  switch (operation.kind) {
    case 'create-index': {
      const missing = operation.index.unique ? missingKeys(operation, indexColumns(operation.index), c) : [];
      return missing.length > 0 ? withKey(missing) : partitionedIndex(operation.index, c);
    }
    case 'drop-index': {
      const advice = 'An index of a partitioned table goes with those of all its partitions, under an exclusive lock for a moment: drop it with a short "lock_timeout", and retry.';
      const { name } = operation;
      if (name === null) return advise(advice);
      const timeout = perform({ kind: 'set-setting', name: 'lock_timeout', value: "'2s'", local: c.migration.language === 'ruby' });
      return { advice, steps: [migrationStep({ words: `remove index ${name.name}`, title: 'Drop it, or give up after two seconds; then run it again.', up: [timeout, rawSql(`DROP INDEX ${quoteQualified(name, c.engine)}`)] })] };
    }
    case 'add-unique':
    case 'add-primary-key': {
      const missing = operation.usingIndex === null ? missingKeys(operation, operation.columns, c) : [];
      if (missing.length > 0) return withKey(missing);
      const kind = operation.kind === 'add-unique' ? 'UNIQUE' : 'PRIMARY KEY';
      return advise(`Add the ${kind} constraint with ALTER TABLE ONLY to the parent, build a unique index concurrently on every partition, make it the partition's constraint with USING INDEX, and attach each to the parent's with ALTER INDEX ... ATTACH PARTITION.`);
    }
    default:
      return withKey(missingKeys(operation, [], c));
  }
}

function missingKeys(operation: Operation, columns: readonly string[], c: RemedyContext): readonly string[] {
  const table = tableOf(operation);
  const key = readPartitionKey((table && c.schema.table(table)?.partitionBy) ?? null);
  return (key?.columns ?? []).map((column) => column ?? 'the expression').filter((column) => !columns.includes(column));
}

function withKey(missing: readonly string[]): Remedy {
  const keys = missing.map((column) => `"${column}"`).join(' and ');
  return advise(`Add ${keys} to its columns; uniqueness across partitions without the key cannot be had. Or make it unique on each partition by itself, where that is enough.`);
}
