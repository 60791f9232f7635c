import type { FrontEnd } from '../frameworks/framework.ts';
import type { Migration } from '../operations/index.ts';
import { printName, tableOf } from '../operations/index.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { naturally } from '../project/naturally.ts';
import type { SchemaState } from '../schema/state.ts';
import { createSchema } from '../schema/state.ts';
import { olderFiles } from './older-files.ts';

/** The schema before the first reported migration of a set, and the unreported ones that have to be replayed in between. */
export interface SchemaBefore {
  readonly schema: SchemaState;
  readonly replayed: ReadonlyMap<MigrationFile, Migration>;
}

/**
 * The schema comes from the dump when it is the base's, or older than what is reported; else older migrations are replayed, and the dump only
 * fills in tables that no file creates (squashed histories). `parse` gives null for files that cannot be read.
 */
export async function schemaBefore(set: MigrationSet, frontEnd: FrontEnd, reported: ReadonlyMap<MigrationFile, Migration>, parse: (file: MigrationFile) => Promise<Migration | null>): Promise<SchemaBefore> {
  const { dump } = set;
  const first = set.files.find((file) => reported.has(file));
  const usable = dump !== null && (dump.at === 'base' || isOlder(frontEnd.dumpVersion(dump), first?.version ?? null));
  const schema = createSchema({ complete: dump !== null, engine: frontEnd.engine.name });
  const replayed = usable ? new Map<MigrationFile, Migration>() : await olderFiles(set, reported, parse);
  if (dump) {
    const created = usable ? new Set<string>() : createdTables([...replayed.values(), ...reported.values()]);
    for (const operation of await frontEnd.parseDump(dump)) {
      const table = tableOf(operation);
      if (!table || !created.has(printName(table))) schema.apply(operation, { inChangeSet: false });
    }
  }
  return { schema, replayed };
}

function createdTables(migrations: readonly Migration[]): ReadonlySet<string> {
  return new Set(migrations.flatMap((migration) => migration.operations.flatMap((operation) => {
    if (operation.kind === 'create-table') return [printName(operation.table)];
    return operation.kind === 'rename-table' ? [printName(operation.to)] : [];
  })));
}

function isOlder(version: string | null, than: string | null): boolean {
  return version !== null && than !== null && naturally(version, than) < 0;
}
