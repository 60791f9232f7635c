import { join } from 'node:path';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout, wayBack } from '../layout.ts';
import type { Layout, Server } from '../layout.ts';
import { byName, naturally } from '../naturally.ts';
import { serverNamed, serverSet } from './server.ts';

/** Prisma: a directory for each migration with `migration.sql` in it. Drizzle 1.0 has a `snapshot.json` beside it. */
export function prismaLayout(directory: Directory): Layout | null {
  const own = directory.directories.filter((name) => (/^\d+_/.test(name) || /^\d{14}$/.test(name)) && directory.child(name).has('migration.sql')).sort(byName);
  if (own.length === 0) return null;
  const lock = directory.has('migration_lock.toml') ? directory.head('migration_lock.toml') : null;
  const drizzle = lock === null && own.some((name) => directory.child(name).has('snapshot.json'));
  const provider = /^\s*provider\s*=\s*"(\w+)"/m.exec(lock ?? '')?.[1] ?? null;
  return layout({
    tool: drizzle ? 'drizzle' : 'prisma', root: directory.path, evidence: drizzle ? 'snapshot.json' : lock === null ? 'a "migration.sql" in each directory' : 'migration_lock.toml',
    server: provider === null ? null : serverSet(provider),
    files: own.map((name) => ({ file: join(directory.path, name, 'migration.sql'), version: /^\d+/.exec(name)?.[0] ?? null })),
    leftOut: waysBack(directory, own),
  });
}

/** Drizzle: the journal names the files that run; others never do. */
export function drizzleLayout(directory: Directory): Layout | null {
  if (!directory.directories.includes('meta') || !directory.child('meta').has('_journal.json')) return null;
  const journal = readJournal(directory.child('meta').whole('_journal.json'));
  const present = directory.files.filter((file) => file.endsWith('.sql'));
  const listed = new Set(journal === null ? present : journal.tags.map((tag) => `${tag}.sql`).filter((file) => directory.has(file)));
  return layout({
    tool: 'drizzle', root: directory.path, evidence: 'meta/_journal.json', server: journal?.server ?? null,
    files: [...listed].map((file) => ({ file: join(directory.path, file), version: /^\d+/.exec(file)?.[0] ?? null })),
    leftOut: present.filter((file) => !listed.has(file)).map((file) => ({ file: join(directory.path, file), reason: 'a file that "meta/_journal.json" does not list: Drizzle never runs it', told: true })),
  });
}

/** Null when it is no journal. */
function readJournal(text: string): { readonly tags: readonly string[]; readonly server: Server | null } | null {
  try {
    const journal = JSON.parse(text) as { dialect?: unknown; entries: { idx?: unknown; tag?: unknown }[] };
    const entries = [...journal.entries].sort((a, b) => Number(a.idx ?? 0) - Number(b.idx ?? 0));
    return { tags: entries.flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : [])), server: typeof journal.dialect === 'string' ? serverSet(journal.dialect) : null };
  } catch {
    return null;
  }
}

/** Diesel and Hasura: a directory for each migration with `up.sql` and `down.sql` in it. Hasura's versions are milliseconds, 13 digits. */
export function upFolderLayout(directory: Directory): Layout | null {
  const own = directory.directories.filter((name) => /^\d[\d-]*_/.test(name) && directory.child(name).has('up.sql'));
  if (own.length === 0) return null;
  const hasura = own.every((name) => /^\d{13}_/.test(name)) && findAbove(directory, 'diesel.toml') === null;
  // Diesel compares versions as text, without their dashes.
  own.sort(hasura ? naturally : (a, b) => byName(folderVersion(a), folderVersion(b)) || byName(a, b));
  return layout({
    tool: hasura ? 'hasura' : 'diesel', root: directory.path, evidence: hasura ? 'directories with a version of 13 digits and an "up.sql"' : 'directories with an "up.sql"',
    server: hasura ? serverNamed('postgres') : null,
    files: own.map((name) => ({ file: join(directory.path, name, 'up.sql'), version: folderVersion(name) })),
    leftOut: waysBack(directory, own),
  });
}

function folderVersion(name: string): string {
  return (/^[\d-]+/.exec(name)?.[0] ?? '').replaceAll('-', '');
}

function waysBack(directory: Directory, folders: readonly string[]) {
  return folders.filter((name) => directory.child(name).has('down.sql')).map((name) => wayBack(join(directory.path, name, 'down.sql')));
}
