import type { Migration, Operation } from '../operations/index.ts';
import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { namesAround, namesBehind, namesIn, renamedTo } from './mentions.ts';

/** So often the names that were found lead to further ones: a table renamed so many times. */
const mostRounds = 6;

/** Words of types and functions that stand in every file and that no file makes. */
const everyday: ReadonlySet<string> = new Set([
  'text', 'varchar', 'char', 'integer', 'int', 'bigint', 'smallint', 'tinyint', 'mediumint', 'numeric', 'decimal', 'real', 'double', 'float', 'boolean', 'bool', 'timestamp', 'timestamptz', 'datetime', 'date', 'time', 'interval', 'uuid', 'json', 'jsonb', 'bytea', 'blob',
  'serial', 'bigserial', 'smallserial', 'enum', 'set', 'now', 'gen_random_uuid', 'uuid_generate_v4', 'nextval', 'current_timestamp', 'longtext', 'mediumtext', 'tinytext', 'varbinary', 'binary', 'citext', 'hstore', 'inet', 'lower', 'public',
]);

/**
 * The unreported files before the last reported one that have to be replayed: those that mention what the reported ones touch, what such files lead to (the
 * table that an index stands on, the name that a table had before), and those that take away what hangs on it (`DROP INDEX` names no table). Only what mentions
 * something is parsed.
 */
export async function olderFiles(set: MigrationSet, reported: ReadonlyMap<MigrationFile, Migration>, parse: (file: MigrationFile) => Promise<Migration | null>): Promise<ReadonlyMap<MigrationFile, Migration>> {
  const search = createSearch(set, reported, parse);
  const wanted = new Set<string>();
  let fresh = search.isDone() ? new Set<string>() : lower(operationsOf(reported).flatMap(namesIn), everyday);
  for (let round = 0; round < mostRounds && fresh.size > 0; round++) {
    for (const name of fresh) wanted.add(name);
    await search.take(fresh);
    const found = operationsOf(search.found);
    fresh = lower([...found.flatMap((operation) => namesBehind(operation, wanted)), ...(round === 0 ? tablesByPrefix(operationsOf(reported), found) : [])], wanted);
  }
  let around = lower(operationsOf(search.found).flatMap((operation) => namesAround(operation, wanted)), wanted);
  for (const name of lower(operationsOf(search.found).flatMap((operation) => renamedTo(operation, around)), wanted)) around.add(name);
  while (around.size > 0) {
    const more = await search.take(around, takesAway);
    around = lower(operationsOf(more).flatMap((operation) => renamedTo(operation, around)), wanted);
  }
  return new Map(set.files.flatMap((file) => {
    const migration = search.found.get(file);
    return migration ? [[file, migration] as const] : [];
  }));
}

type Migrations = ReadonlyMap<MigrationFile, Migration>;

/** Finds files by the words in them, each once. */
function createSearch(set: MigrationSet, reported: Migrations, parse: (file: MigrationFile) => Promise<Migration | null>) {
  const last = set.files.findLastIndex((file) => reported.has(file));
  const found = new Map<MigrationFile, Migration>();
  const texts = new Map<MigrationFile, string>();
  let left = set.files.slice(0, last + 1).filter((file) => !reported.has(file));
  const textOf = (file: MigrationFile): string => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const read = file.read();
    const text = 'source' in read ? read.source.text : '';
    texts.set(file, text);
    return text;
  };
  return {
    found: found as Migrations,
    isDone: () => left.length === 0,
    /** The files that mention one of the names, of those that no call before gave; `only` is a form that their text has besides. */
    async take(names: ReadonlySet<string>, only: RegExp | null = null): Promise<Migrations> {
      const words = wordsToFind(names);
      const taken = new Map<MigrationFile, Migration>();
      const rest: MigrationFile[] = [];
      for (const file of left) {
        const text = textOf(file);
        const migration = (only?.test(text) ?? true) && mentions(text, words) ? await parse(file) : null;
        if (migration) taken.set(file, migration);
        else rest.push(file);
      }
      left = rest;
      for (const [file, migration] of taken) found.set(file, migration);
      return taken;
    },
  };
}

function operationsOf(migrations: Migrations): readonly Operation[] {
  return [...migrations.values()].flatMap(({ operations }) => operations);
}

/** Names in lower case, each once, without some. */
function lower(names: readonly string[], without: ReadonlySet<string>): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => !without.has(name)));
}

/** Words of statements, in SQL and in Ruby, after which something is not there any more under its name. */
const takesAway = /drop|rename|remove|detach/i;

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
function tablesByPrefix(reported: readonly Operation[], found: readonly Operation[]): string[] {
  const made = new Set(found.flatMap((operation) => (operation.kind === 'create-index' && operation.index.name ? [operation.index.name.toLowerCase()] : [])));
  return reported.flatMap((operation) => {
    if (operation.kind !== 'drop-index' || operation.table !== null || operation.name === null || made.has(operation.name.name.toLowerCase())) return [];
    const parts = operation.name.name.toLowerCase().split('_').slice(0, 8);
    return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('_'));
  });
}
