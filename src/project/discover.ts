import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** Directories that never hold a Rails application's own migrations. */
const neverMigrations: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', 'tmp', 'log', 'coverage', '.bundle', 'bower_components', 'dist', 'build', 'public', 'storage']);

/** Deeper than this nobody keeps migrations. */
const deepest = 12;

/** True for the name of a file that Rails loads as a migration: digits, an underscore, a name, `.rb`. Specs of migrations are named alike and are none. */
export function isMigrationFileName(name: string): boolean {
  return /^\d+_.+\.rb$/.test(name) && !/_(spec|test)\.rb$/.test(name);
}

/** True for the path of a directory that holds Rails migrations by its name: `db/migrate`, `db/post_migrate`, `db/animals_migrate`; those of tests hold none. */
export function isMigrationDirectory(directory: string): boolean {
  const above = dirname(directory);
  return /(^|_)migrate$/.test(basename(directory)) && basename(above) === 'db' && !/^(spec|test)$/.test(basename(dirname(above)));
}

/** Directories under `root` (absolute) that hold Rails migrations: `db/migrate`, `db/post_migrate`, `db/<database>_migrate`. Sorted. */
export function findMigrationDirectories(root: string): string[] {
  const found: string[] = [];
  const visit = (directory: string, depth: number) => {
    for (const entry of entriesOf(directory)) {
      if (!entry.isDirectory() || neverMigrations.has(entry.name) || entry.name.startsWith('.')) continue;
      const child = join(directory, entry.name);
      if (entry.name === 'bundle' && basename(directory) === 'vendor') continue;
      if (isMigrationDirectory(child)) found.push(child);
      else if (depth < deepest) visit(child, depth + 1);
    }
  };
  visit(root, 0);
  return found.sort();
}

/** Migration files under a directory, as Rails finds them: in it and in its subdirectories. Absolute paths. */
export function findMigrationFiles(directory: string): string[] {
  const found: string[] = [];
  const visit = (at: string, depth: number) => {
    for (const entry of entriesOf(at)) {
      const child = join(at, entry.name);
      if (entry.isDirectory() && depth < deepest && !neverMigrations.has(entry.name)) visit(child, depth + 1);
      else if ((entry.isFile() || entry.isSymbolicLink()) && isMigrationFileName(entry.name)) found.push(child);
    }
  };
  visit(directory, 0);
  return found.sort();
}

/** The `db` directory that a migration directory belongs to; for other places the directory itself. */
export function setRoot(directory: string): string {
  const parts = directory.split(sep);
  const at = parts.findLastIndex((part, index) => /(^|_)migrate$/.test(part) && parts[index - 1] === 'db');
  return at > 0 ? parts.slice(0, at).join(sep) : directory;
}

/** The name of the database whose migrations a directory holds: `animals` for `db/animals_migrate`, null for the primary one. */
export function databaseOf(directory: string): string | null {
  const name = /(?:^|[\\/])db[\\/](\w+)_migrate(?:[\\/]|$)/.exec(directory)?.[1];
  return name && name !== 'post' ? name : null;
}

/** Candidates for the schema dump of a set, most specific first. Absolute paths. */
export function dumpCandidates(root: string, database: string | null): string[] {
  const prefix = database ? `${database}_` : '';
  return [join(root, `${prefix}schema.rb`), join(root, `${prefix}structure.sql`)];
}

/** `path` relative to `workspace`, `/`-separated. */
export function workspacePath(workspace: string, path: string): string {
  const text = relative(workspace, path).split(sep).join('/');
  return text === '' ? '.' : text;
}

/** The nearest directory at or above `directory`, and not above `root`, that holds one of the files; else null. */
export function nearest(directory: string, root: string, has: (directory: string) => boolean): string | null {
  for (let at = directory; ; at = dirname(at)) {
    if (has(at)) return at;
    if (at === root || dirname(at) === at || !at.startsWith(root)) return null;
  }
}

/** What a directory (absolute) holds; nothing when it cannot be read. */
export function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
