import { join } from 'node:path';
import type { EngineName } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import { findAbove } from '../directory.ts';
import { layout } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { dialectOf } from './dialect.ts';
import { naturally } from './order.ts';

/** Prisma: a directory for each migration with `migration.sql` in it. Drizzle 1.0 has a `snapshot.json` beside it. */
export function prismaLayout(directory: Directory): Layout | null {
  const lock = directory.files.includes('migration_lock.toml') ? directory.head('migration_lock.toml') : null;
  const folders = directory.directories.filter((name) => /^\d+_/.test(name) || /^\d{14}$/.test(name));
  if (folders.length === 0) return null;
  const own = folders.filter((name) => directory.child(name).files.includes('migration.sql'));
  if (own.length === 0) return null;
  const drizzle = lock === null && own.some((name) => directory.child(name).files.includes('snapshot.json'));
  const provider = /^\s*provider\s*=\s*"(\w+)"/m.exec(lock ?? '')?.[1] ?? null;
  return layout({
    tool: drizzle ? 'drizzle' : 'prisma', root: directory.path, evidence: drizzle ? 'snapshot.json' : lock === null ? 'a "migration.sql" in each directory' : 'migration_lock.toml',
    dialect: provider === null ? null : dialectOf(provider) ?? 'other',
    files: own.sort(naturally).map((name) => ({ file: join(directory.path, name, 'migration.sql'), version: /^\d+/.exec(name)?.[0] ?? null })),
    leftOut: own.filter((name) => directory.child(name).files.includes('down.sql')).map((name) => ({ file: join(directory.path, name, 'down.sql'), reason: 'the way back of a migration' })),
  });
}

/** Drizzle: the journal names the files that run; others never do. */
export function drizzleLayout(directory: Directory): Layout | null {
  if (!directory.directories.includes('meta') || !directory.child('meta').files.includes('_journal.json')) return null;
  const journal = readJournal(directory.child('meta'));
  const present = directory.files.filter((file) => file.endsWith('.sql'));
  const listed = journal === null ? present : journal.tags.map((tag) => `${tag}.sql`).filter((file) => present.includes(file));
  return layout({
    tool: 'drizzle', root: directory.path, evidence: 'meta/_journal.json', dialect: journal?.dialect ?? null,
    files: listed.map((file) => ({ file: join(directory.path, file), version: /^\d+/.exec(file)?.[0] ?? null })),
    leftOut: present.filter((file) => !listed.includes(file)).map((file) => ({ file: join(directory.path, file), reason: 'a file that "meta/_journal.json" does not list: Drizzle never runs it' })),
  });
}

function readJournal(meta: Directory): { readonly tags: readonly string[]; readonly dialect: EngineName | 'other' | null } | null {
  try {
    const journal = JSON.parse(meta.whole('_journal.json')) as { dialect?: unknown; entries?: { idx?: unknown; tag?: unknown }[] };
    const entries = [...(journal.entries ?? [])].sort((a, b) => Number(a.idx ?? 0) - Number(b.idx ?? 0));
    return { tags: entries.flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : [])), dialect: typeof journal.dialect === 'string' ? dialectOf(journal.dialect) ?? 'other' : null };
  } catch {
    return null;
  }
}

/** Diesel and Hasura: a directory for each migration with `up.sql` and `down.sql` in it. Hasura's versions are milliseconds, 13 digits. */
export function upFolderLayout(directory: Directory): Layout | null {
  const own = directory.directories.filter((name) => /^\d[\d-]*_/.test(name) && directory.child(name).files.includes('up.sql')).sort(naturally);
  if (own.length === 0) return null;
  const hasura = own.every((name) => /^\d{13}_/.test(name)) && findAbove(directory, 'diesel.toml') === null;
  return layout({
    tool: hasura ? 'hasura' : 'diesel', root: directory.path, evidence: hasura ? 'directories with a version of 13 digits and an "up.sql"' : 'directories with an "up.sql"',
    dialect: hasura ? 'postgres' : null,
    files: own.map((name) => ({ file: join(directory.path, name, 'up.sql'), version: /^[\d-]+/.exec(name)?.[0].replaceAll('-', '') ?? null })),
    leftOut: own.filter((name) => directory.child(name).files.includes('down.sql')).map((name) => ({ file: join(directory.path, name, 'down.sql'), reason: 'the way back of a migration' })),
  });
}
