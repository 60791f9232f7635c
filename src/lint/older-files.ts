import type { Migration } from '../operations/index.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { namesBehind, namesIn } from './mentions.ts';

/** So often the names that were found lead to further ones: a table renamed so many times. */
const mostRounds = 6;

/** Words of types and functions that stand in every file and that no file makes. */
const everyday: ReadonlySet<string> = new Set([
  'text', 'varchar', 'char', 'integer', 'int', 'bigint', 'smallint', 'tinyint', 'mediumint', 'numeric', 'decimal', 'real', 'double', 'float', 'boolean', 'bool', 'timestamp', 'timestamptz', 'datetime', 'date', 'time', 'interval', 'uuid', 'json', 'jsonb', 'bytea', 'blob',
  'serial', 'bigserial', 'smallserial', 'enum', 'set', 'now', 'gen_random_uuid', 'uuid_generate_v4', 'nextval', 'current_timestamp', 'longtext', 'mediumtext', 'tinytext', 'varbinary', 'binary', 'citext', 'hstore', 'inet', 'lower', 'public',
]);

/**
 * The unreported files before the last reported one that have to be replayed: those that mention what the reported ones touch, and what such files lead to (the
 * table that an index stands on, the name that a table had before). Texts are read once a round and never parsed in vain.
 */
export async function olderFiles(set: MigrationSet, reported: ReadonlyMap<MigrationFile, Migration>, parse: (file: MigrationFile) => Promise<Migration | null>): Promise<ReadonlyMap<MigrationFile, Migration>> {
  const last = set.files.findLastIndex((file) => reported.has(file));
  let left = set.files.slice(0, last + 1).filter((file) => !reported.has(file));
  const found = new Map<MigrationFile, Migration>();
  const wanted = new Set<string>();
  let fresh = new Set(left.length === 0 ? [] : [...reported.values()].flatMap(({ operations }) => operations.flatMap(namesIn)).map((name) => name.toLowerCase()).filter((name) => !everyday.has(name)));
  for (let round = 0; round < mostRounds && fresh.size > 0 && left.length > 0; round++) {
    for (const name of fresh) wanted.add(name);
    const words = wordsToFind(fresh);
    const rest: MigrationFile[] = [];
    for (const file of left) {
      const text = file.read();
      const migration = 'source' in text && mentions(text.source.text, words) ? await parse(file) : null;
      if (migration) found.set(file, migration);
      else rest.push(file);
    }
    left = rest;
    const behind = [...found.values()].flatMap(({ operations }) => operations.flatMap((operation) => namesBehind(operation, wanted)));
    fresh = new Set(behind.map((name) => name.toLowerCase()).filter((name) => !wanted.has(name)));
    if (round === 0) for (const name of tablesByPrefix(reported, found)) if (!wanted.has(name)) fresh.add(name);
  }
  return new Map(set.files.flatMap((file) => {
    const migration = found.get(file);
    return migration ? [[file, migration] as const] : [];
  }));
}

/** A name of several words is looked for by its longest. */
function wordsToFind(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => (name.match(/[\p{L}\p{N}_$]+/gu) ?? [name]).reduce((longest, word) => (word.length > longest.length ? word : longest), '')));
}

/** So many words are looked for one after the other before a text is taken apart, which is quicker where most texts have none. */
const fewWords = 64;

/** One pass over the text, however many words there are. */
function mentions(text: string, words: ReadonlySet<string>): boolean {
  if (words.size <= fewWords) {
    const lower = text.toLowerCase();
    if (![...words].some((word) => lower.includes(word))) return false;
  }
  for (const [word] of text.matchAll(/[\p{L}\p{N}_$]+/gu)) if (words.has(word) || words.has(word.toLowerCase())) return true;
  return false;
}

/** An index that no file names was named by the server after its table and columns: each beginning of its name may be the table. */
function tablesByPrefix(reported: ReadonlyMap<MigrationFile, Migration>, found: ReadonlyMap<MigrationFile, Migration>): string[] {
  const made = new Set([...found.values()].flatMap(({ operations }) => operations.flatMap((operation) => (operation.kind === 'create-index' && operation.index.name ? [operation.index.name.toLowerCase()] : []))));
  return [...reported.values()].flatMap(({ operations }) => operations.flatMap((operation) => {
    if (operation.kind !== 'drop-index' || operation.table !== null || operation.name === null || made.has(operation.name.name.toLowerCase())) return [];
    const parts = operation.name.name.toLowerCase().split('_').slice(0, 8);
    return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('_'));
  }));
}
