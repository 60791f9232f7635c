import type { IndexDefinition, QualifiedName } from '../operations/index.ts';
import { printName, qualified, sameName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { indexName, named, objectName } from './naming.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { migrationStep, perform } from './step.ts';

/**
 * An index on a partitioned table, which Postgres cannot build concurrently: on the parent alone first (invalid, no rows read), then
 * concurrently on each partition, then attached; with the last one attached the parent's index becomes valid.
 */
export function partitionedIndex(index: IndexDefinition, c: RemedyContext): Remedy {
  const advice = `"${printName(index.table)}" is partitioned: create the index ON ONLY the parent, build it concurrently on every partition, then attach each one.`;
  const partitions = [...c.schema.tables()].filter((table) => table.partitionOf && sameName(table.partitionOf, index.table));
  // A partition that is partitioned itself needs the same three parts again.
  if (partitions.length === 0 || partitions.some((partition) => partition.partitionBy !== null)) return advise(advice);
  const options = { ifNotExists: false, algorithm: null, lock: null };
  const parent = named(index, indexName(index, c.engine));
  const parentIndex = qualified(parent.name ?? '', index.table.schema);
  const steps = partitions.map((partition) => {
    const own = { ...parent, generatedName: false, table: partition.name, name: partitionIndexName(partition.name, index, c) };
    const ownIndex = qualified(own.name, partition.name.schema);
    return migrationStep({
      words: `add index to ${partition.name.name} on ${keyWords(index)}`,
      title: `Build the index of the partition "${printName(partition.name)}" concurrently and attach it.`,
      transaction: false,
      up: [
        perform({ kind: 'drop-index', table: partition.name, name: ownIndex, columns: [], concurrently: true, ifExists: true, cascade: false, algorithm: null, lock: null }),
        perform({ kind: 'create-index', index: own, concurrently: true, only: false, ...options }),
        perform({ kind: 'attach-index-partition', index: parentIndex, partition: ownIndex }),
      ],
      down: [{ kind: 'comment', text: `It goes with the index "${parent.name ?? ''}" of the parent.` }],
    });
  });
  const first = migrationStep({
    words: `add index to ${index.table.name} on ${keyWords(index)}`,
    title: 'Create the index on the parent alone; it stays invalid until every partition has one.',
    up: [perform({ kind: 'create-index', index: parent, concurrently: false, only: true, ...options })],
    down: [perform({ kind: 'drop-index', table: index.table, name: parentIndex, columns: [], concurrently: false, ifExists: false, cascade: false, algorithm: null, lock: null })],
  });
  return { advice, steps: [first, ...steps] };
}

function partitionIndexName(partition: QualifiedName, index: IndexDefinition, c: RemedyContext): string {
  return objectName(c.engine, partition.name, ...index.keys.map((key) => key.column ?? 'expr'), 'idx');
}

function keyWords(index: IndexDefinition): string {
  return index.keys.map((key) => key.column ?? 'expression').join(' and ');
}
