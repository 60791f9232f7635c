import type { IndexDefinition, OperationOf } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { retriableIndexMigration } from './concurrent-index.ts';
import type { RemedyContext } from './context.ts';
import { duplicatesQuery, indexDuplicatesQuery } from './duplicates.ts';
import { objectName } from './naming.ts';
import type { Remedy, RemedyStep } from './remedy.ts';
import { advise } from './remedy.ts';
import { withoutStatements } from './rest.ts';
import { plainKeys } from './sql/create-index.ts';
import { codeStep, migrationStep, perform } from './step.ts';

type UniqueOperation = OperationOf<'create-index'> | OperationOf<'add-unique'>;

/**
 * Two files: the migration without the unique index, and a second one with nothing else, built concurrently on Postgres and able to run
 * again after it failed on duplicates. With the query that finds them beforehand.
 */
export function uniqueIndexAlone(operation: UniqueOperation, c: RemedyContext): Remedy {
  const others = c.migration.operations.some((other) => other !== operation && other.kind !== 'other');
  const first = others ? [withoutStatements([operation], 'Keep the columns in this migration and take the unique index out of it.', c)] : [];
  const steps = operation.kind === 'create-index' ? uniqueIndexSteps(operation.index, c) : uniqueConstraintUsingIndex(operation, c).steps;
  const how = c.engine.name === 'postgres' ? ', built concurrently' : '';
  return { advice: `Write two migrations: the columns first, and the unique index last, alone in its file${how}.`, steps: [...first, ...steps] };
}

/** The unique index is built concurrently first, and the constraint then takes it over, which is instant. */
export function uniqueConstraintUsingIndex(operation: OperationOf<'add-unique'>, c: RemedyContext): Remedy {
  const { table, columns } = operation;
  if (columns.length === 0) return advise('Build the unique index concurrently in a migration of its own, then add the constraint with that index.');
  const name = operation.name ?? objectName(c.engine, table.name, ...columns, 'key');
  const index: IndexDefinition = { name, table, keys: plainKeys(columns), unique: true, method: 'btree', ...(operation.nullsNotDistinct ? { nullsNotDistinct: true } : {}) };
  if (c.engine.name !== 'postgres') {
    return { advice: 'Add it as a unique index, alone in its migration.', steps: uniqueIndexSteps(index, c) };
  }
  const [query, build] = uniqueIndexSteps(index, c);
  const constraint = migrationStep({
    words: `add unique constraint to ${table.name} on ${columns.join(' and ')}`,
    title: 'Make the finished index a constraint: no rows are read.',
    up: [perform({ kind: 'add-unique', table, name, columns, usingIndex: name, deferrable: operation.deferrable, nullsNotDistinct: operation.nullsNotDistinct })],
    down: [perform({ kind: 'drop-constraint', table, name, constraint: 'unique', columns, references: null, ifExists: false, cascade: false })],
  });
  return {
    advice: 'Build a unique index concurrently, then add the constraint with that index in a second migration.',
    steps: [query, build, constraint].filter((step): step is RemedyStep => step !== undefined),
  };
}

function uniqueIndexSteps(index: IndexDefinition, c: RemedyContext): RemedyStep[] {
  const plain = index.where === undefined && !index.nullsNotDistinct && index.keys.every((key) => key.column !== null && key.collation === undefined);
  const query = plain ? duplicatesQuery(index.table, index.keys.map((key) => key.column ?? ''), c) : indexDuplicatesQuery(index, c);
  if (c.engine.name === 'postgres' && c.schema.table(index.table)?.partitionBy) {
    return [query, codeStep('Postgres cannot build an index of a partitioned table concurrently: build it on every partition and attach each one.')];
  }
  const title = isMysql(c.engine) ? 'Build the unique index, alone in its migration.' : 'Build the unique index, alone in its migration; it can be run again after it failed.';
  return [query, retriableIndexMigration(index, c, title)];
}
