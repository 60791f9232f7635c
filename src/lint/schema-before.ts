import type { FrontEnd } from '../frameworks/framework.ts';
import type { Migration } from '../operations/index.ts';
import { printName, tableOf } from '../operations/index.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { naturally } from '../project/naturally.ts';
import type { SchemaState } from '../schema/state.ts';
import { createSchema } from '../schema/state.ts';

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
  const replayed = new Map<MigrationFile, Migration>();
  for (const file of usable ? [] : relevantFiles(set, reported)) {
    const migration = await parse(file);
    if (migration) replayed.set(file, migration);
  }
  if (dump) {
    const created = usable ? new Set<string>() : createdTables([...replayed.values(), ...reported.values()]);
    for (const operation of await frontEnd.parseDump(dump)) {
      const table = tableOf(operation);
      if (!table || !created.has(printName(table))) schema.apply(operation, { inChangeSet: false });
    }
  }
  return { schema, replayed };
}

/** Older files that speak of a table the reported ones touch. */
function relevantFiles(set: MigrationSet, reported: ReadonlyMap<MigrationFile, Migration>): MigrationFile[] {
  const last = set.files.findLastIndex((file) => reported.has(file));
  const older = set.files.slice(0, last + 1).filter((file) => !reported.has(file));
  const names = new Set<string>();
  for (const operation of older.length === 0 ? [] : [...reported.values()].flatMap((migration) => migration.operations)) {
    const table = tableOf(operation);
    if (table) names.add(table.name);
    if (operation.kind === 'add-foreign-key') names.add(operation.foreignKey.references.name);
    if (operation.kind === 'create-table') for (const key of operation.foreignKeys) names.add(key.references.name);
    if ('reads' in operation) for (const read of operation.reads) names.add(read.name);
    if ('tables' in operation) for (const one of operation.tables) names.add(one.name);
    if (operation.kind === 'add-enum-value') names.add(operation.type.name);
  }
  if (names.size === 0) return [];
  const mentions = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${[...names].map(escapeRegExp).join('|')})(?![\\p{L}\\p{N}_])`, 'u');
  return older.filter((file) => {
    const text = file.read();
    return 'source' in text && mentions.test(text.source.text);
  });
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

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
