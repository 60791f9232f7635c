import type { Framework } from '../../operations/index.ts';

/** What a tool does on the next deploy with what does not fit its record of migrations that have run. */
export type Answer =
  /** It stops with an error, and nothing is migrated. */
  | 'refuses'
  /** It warns, and goes on. */
  | 'warns'
  /** It does not look, and says nothing. */
  | 'ignores';

/** What a tool records of a migration that has run, and what follows when the files change. */
export interface Bookkeeping {
  /** What it knows a migration by: the same text under another one is another migration. */
  readonly identity: 'version' | 'name' | 'path';
  /** A recorded migration whose text is another one now. */
  readonly edited: Answer;
  /** True when it compares the text itself, so that a comment counts. */
  readonly everyCharacter: boolean;
  /** A recorded migration whose file is gone. */
  readonly deleted: Answer;
  /** A migration that comes before one that has run: it runs late, never runs, or stops the deploy. */
  readonly late: 'runs' | 'skips' | 'refuses';
  /** Two files with one version; `allowed` where the version is no identity. */
  readonly duplicate: 'refuses' | 'allowed';
}

const recordsVersions: Bookkeeping = { identity: 'version', edited: 'ignores', everyCharacter: false, deleted: 'ignores', late: 'runs', duplicate: 'refuses' };

/**
 * By the tools' own pages and sources: Rails' `ActiveRecord::MigrationContext` and `Migrator#validate`; Flyway's `validateOnMigrate`, `outOfOrder` and `ignoreMigrationPatterns`, with their
 * defaults; goose's `WithAllowMissing`; sqlx's `MigrateError::VersionMismatch` and `VersionMissing`; refinery's `abort_divergent` and `abort_missing`; "Migration histories" of Prisma; Drizzle's migrators,
 * which compare the journal's `when` with the newest recorded one; `supabase db push --include-all`; Atlas's `atlas.sum` and `--exec-order`; node-pg-migrate's `checkOrder`; graphile-migrate's hash of each committed file.
 */
const byFramework: Readonly<Partial<Record<Framework, Bookkeeping>>> = {
  'rails': recordsVersions,
  'flyway': { identity: 'name', edited: 'refuses', everyCharacter: true, deleted: 'refuses', late: 'refuses', duplicate: 'refuses' },
  'golang-migrate': { ...recordsVersions, late: 'skips' },
  'goose': { ...recordsVersions, late: 'refuses' },
  'dbmate': { ...recordsVersions, duplicate: 'allowed' },
  'sqlx': { ...recordsVersions, edited: 'refuses', everyCharacter: true, deleted: 'refuses' },
  'refinery': { identity: 'name', edited: 'refuses', everyCharacter: true, deleted: 'refuses', late: 'refuses', duplicate: 'refuses' },
  'diesel': { ...recordsVersions, duplicate: 'allowed' },
  'prisma': { identity: 'name', edited: 'warns', everyCharacter: true, deleted: 'warns', late: 'runs', duplicate: 'allowed' },
  'drizzle': { ...recordsVersions, duplicate: 'allowed' },
  'supabase': { ...recordsVersions, deleted: 'refuses', late: 'refuses' },
  'hasura': { ...recordsVersions, duplicate: 'allowed' },
  'liquibase': { identity: 'path', edited: 'refuses', everyCharacter: false, deleted: 'ignores', late: 'runs', duplicate: 'allowed' },
  // Its sums are of the directory and not of what has run: once they are written anew, an edit passes.
  'atlas': { ...recordsVersions, late: 'refuses', duplicate: 'allowed' },
  'graphile-migrate': { ...recordsVersions, identity: 'name', edited: 'refuses', everyCharacter: true, deleted: 'refuses' },
  'node-pg-migrate': { identity: 'name', edited: 'ignores', everyCharacter: false, deleted: 'refuses', late: 'refuses', duplicate: 'allowed' },
  'db-migrate': { identity: 'name', edited: 'ignores', everyCharacter: false, deleted: 'ignores', late: 'runs', duplicate: 'allowed' },
  // One version may have a file for each server, and one for all others.
  'pop': { ...recordsVersions, duplicate: 'allowed' },
};

/** What the tool keeps of migrations that have run; null where no tool is known, or where it keeps no such record (Ridgepole). */
export function bookkeepingOf(framework: Framework): Bookkeeping | null {
  return byFramework[framework] ?? null;
}

/** The part of a path that a tool knows a migration by, for comparing. */
export function identityOf(path: string, version: string | null, { identity }: Bookkeeping): string {
  if (identity === 'path') return path;
  if (identity === 'version' && version !== null) return version;
  const parts = path.split('/');
  const name = parts.at(-1) ?? path;
  // Of a migration that is a directory, its name counts.
  return /^(?:migration|up)\.sql$/.test(name) ? (parts.at(-2) ?? path) : name;
}

/** Compares two versions as numbers where they are such, else as text. */
export function compareVersions(a: string, b: string): number {
  return /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(BigInt(a) - BigInt(b)) : a < b ? -1 : a > b ? 1 : 0;
}
