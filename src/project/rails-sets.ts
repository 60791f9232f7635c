import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isInside } from './directory.ts';
import { dumpCandidates, findMigrationFiles, isMigrationFileName, setRoot, workspacePath } from './discover.ts';
import type { MigrationFile, MigrationSet } from './migration-file.ts';
import { readText } from './read.ts';
import type { RailsPaths } from './rails-paths.ts';
import { applicationsOf, railsPaths } from './rails-paths.ts';
import { setHistory } from './set-history.ts';
import type { Workspace } from './workspace.ts';
import { dumpOf, migrationFile } from './workspace.ts';

/** The sets of the Rails migrations in directories (absolute), and of files that were named. `applications` are roots whose settings may name further directories. */
export async function railsSets(directories: readonly string[], named: readonly string[], applications: readonly string[], workspace: Workspace): Promise<MigrationSet[]> {
  const sets: MigrationSet[] = [];
  const paths = await railsPaths([...applications, ...applicationsOf([...directories, ...named.map(dirname)], workspace.top)], workspace.top);
  const all = named.length > 0 ? [...new Set(named.map((file) => migrationDirectory(file, paths)))] : [...new Set([...directories, ...(workspace.named ? [] : paths.named)])];
  for (const group of groups(all, named, paths)) {
    const files = [...group.files].filter((file) => workspace.named?.has(file) || !workspace.ignored(workspacePath(workspace.path, file)))
      .map((file) => migrationFile(workspace, file, /^\d+/.exec(basename(file))?.[0] ?? null)).sort(byVersion);
    const history = await setHistory(group.root, files, (file) => memberOf(group, file), workspace.merged, workspace);
    const dump = files.length + history.deleted.length > 0 ? await dumpOf(preferred(dumpCandidates(group.root, group.database), dirname(group.root), workspace), workspace) : null;
    sets.push({ framework: 'rails', root: workspacePath(workspace.path, group.root), top: workspace.top, database: group.database, dialect: null, evidence: 'db/migrate', dump, ...history });
  }
  return sets;
}

/** Of two dumps the one that the application writes: the other one is left over from before it changed its mind. */
function preferred([schema, structure]: readonly string[], application: string, { path, top }: Workspace): readonly string[] {
  if (schema === undefined || structure === undefined) return [];
  const isSql = existsSync(schema) && existsSync(structure) && ['application.rb', 'environment.rb'].some((name) => {
    const file = join(application, 'config', name);
    const text = existsSync(file) ? readText(file, workspacePath(path, file), top) : null;
    return text !== null && 'source' in text && /^[^#\n]*schema_format\s*=\s*:sql/m.test(text.source.text);
  });
  return isSql ? [structure, schema] : [schema, structure];
}

function migrationDirectory(file: string, paths: RailsPaths): string {
  if (paths.placeOf(dirname(file)).together) return dirname(file);
  const root = setRoot(dirname(file));
  return root === dirname(file) ? root : join(root, dirname(file).slice(root.length + 1).split(/[\\/]/)[0] ?? '');
}

interface Group { readonly root: string; readonly database: string | null; readonly directories: Set<string>; readonly files: Set<string> }

/** Whether a file would be a migration of the group if it were there. */
function memberOf({ directories }: Group, file: string): { readonly version: string | null } | null {
  const version = isMigrationFileName(basename(file)) ? /^\d+/.exec(basename(file))?.[0] : undefined;
  return version && [...directories].some((directory) => isInside(file, directory)) ? { version } : null;
}

/** Directories of one database together: `migrate` and `post_migrate` share a schema, `animals_migrate` has its own. */
function groups(directories: readonly string[], named: readonly string[], paths: RailsPaths): Group[] {
  const byKey = new Map<string, Group>();
  const groupOf = (directory: string) => {
    const { root, database } = paths.placeOf(directory);
    const key = `${root}\0${database ?? ''}`;
    const group = byKey.get(key) ?? { root, database, directories: new Set<string>(), files: new Set<string>() };
    byKey.set(key, group);
    return group;
  };
  for (const directory of directories) {
    const group = groupOf(directory);
    const { together } = paths.placeOf(directory);
    const siblings = together ?? (group.database !== null ? [directory] : [join(group.root, 'migrate'), join(group.root, 'post_migrate'), directory]);
    for (const sibling of new Set(siblings)) {
      group.directories.add(sibling);
      for (const file of findMigrationFiles(sibling)) group.files.add(file);
    }
  }
  for (const file of named) {
    const group = groupOf(migrationDirectory(file, paths));
    group.directories.add(dirname(file));
    group.files.add(file);
  }
  return [...byKey.values()];
}

function byVersion(a: MigrationFile, b: MigrationFile): number {
  const left = a.version ?? '';
  const right = b.version ?? '';
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0) || (a.path < b.path ? -1 : 1);
}
