import type { OperationOf } from '../operations/index.ts';
import { olderThan, printName } from '../operations/index.ts';
import { temporaryIndexName } from './concurrent-index.ts';
import type { RemedyContext } from './context.ts';
import { ownMigration } from './own-migration.ts';
import type { Remedy, RemedyStatement } from './remedy.ts';
import { advise } from './remedy.ts';
import { quoteQualified } from './sql/name.ts';
import { migrationStep, note, perform, rawSql } from './step.ts';

/** The same indexes built anew while reads and writes go on: REINDEX CONCURRENTLY, and before Postgres 12 an index that takes the place of the old one. */
export function reindexConcurrently(operation: OperationOf<'reindex'>, c: RemedyContext): Remedy {
  const { target, name } = operation;
  if (target === 'system') return advise('Leave the system catalogs out of migrations: reindex them in a maintenance window, with the application stopped.');
  if (name === null) return advise('Rebuild the indexes one by one with REINDEX INDEX CONCURRENTLY, outside of migrations.');
  if (olderThan(c.engine, 12)) return target === 'index' ? exchange(operation, c) : advise('Build each index anew under another name with CREATE INDEX CONCURRENTLY, drop the old one concurrently and rename the new one.');
  const words = `reindex ${name.name}`;
  const up = [rawSql(`REINDEX ${target.toUpperCase()} CONCURRENTLY ${quoteQualified(name, c.engine)}`)];
  const step = migrationStep({ words, title: 'Rebuild it while reads and writes go on.', transaction: false, up, down: [note('A rebuilt index needs no undoing.')] });
  return { advice: `Rebuild concurrently, ${ownMigration(c)}. If it fails, drop the invalid index whose name ends in "_ccnew".`, steps: [step] };
}

/** Before Postgres 12: the same index under another name, then the exchange. The index behind a constraint cannot be dropped by itself. */
function exchange(operation: OperationOf<'reindex'>, c: RemedyContext): Remedy {
  const { name } = operation;
  const index = name && c.schema.tableOfIndex(name.name)?.indexes.find((one) => one.name === name.name);
  if (!name || !index) return advise(`Build "${name ? printName(name) : 'the index'}" anew under another name with CREATE INDEX CONCURRENTLY, drop the old one concurrently and rename the new one.`);
  const temporary = temporaryIndexName(name.name, c);
  const own = { schema: index.table.schema, name: name.name };
  const options = { ifNotExists: false, only: false, algorithm: null, lock: null };
  const drop = (which: string, ifExists: boolean): RemedyStatement =>
    perform({ kind: 'drop-index', table: index.table, name: { ...own, name: which }, columns: [], concurrently: true, ifExists, cascade: false, algorithm: null, lock: null });
  const { generatedName: _, ...definition } = index;
  const down = [note('The index is the same as before.')];
  return {
    advice: 'Postgres has REINDEX CONCURRENTLY since release 12: build a second index concurrently, and let it take the place of the old one.',
    steps: [
      migrationStep({ words: `build ${temporary}`, title: 'Build the same index under another name.', transaction: false, up: [drop(temporary, true), perform({ kind: 'create-index', index: { ...definition, name: temporary }, concurrently: true, ...options })], down: [drop(temporary, true)] }),
      migrationStep({ words: `exchange ${name.name}`, title: 'Drop the old index and give its name to the new one.', transaction: false, up: [drop(name.name, true), perform({ kind: 'rename-index', table: index.table, name: temporary, to: name.name })], down }),
    ],
  };
}
