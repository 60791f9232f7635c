import { existsSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';
import type { Framework } from '../operations/index.ts';
import type { BaseFiles } from './base-files.ts';
import { workspacePath } from './discover.ts';
import type { DeletedFile, MergedVersion, MigrationFile, MigrationSet } from './migration-file.ts';
import { naturally } from './naturally.ts';
import { readBytes } from './read.ts';
import { sameContent } from './tree.ts';
import type { Workspace } from './workspace.ts';

/** What the base says of a set: which of its files are renamed or gone, and what the base branch holds by now. */
export type SetHistory = Pick<MigrationSet, 'files' | 'merged' | 'deleted' | 'onBase' | 'branch'>;

/** A set of which the base says nothing. */
export function noHistory(files: readonly MigrationFile[]): SetHistory {
  return { files, merged: null, deleted: [], onBase: [], branch: null };
}

/**
 * Compares a set with the base. `belongs` tells by its path whether a file (absolute) would be one of the set's, and with which version; null for one that
 * would not; all of them lie below `root` (absolute).
 */
export async function setHistory(root: string, files: readonly MigrationFile[], belongs: (file: string) => { readonly version: string | null } | null, merged: BaseFiles | null, workspace: Workspace): Promise<SetHistory> {
  if (!merged || !workspace.tree) return noHistory(files);
  const here = new Set(files.map(({ file }) => file));
  const members = membersOf(root, merged, belongs, workspace);
  const gone = workspace.named ? [] : members.filter(({ file, path }) => !here.has(file) && !workspace.ignored(path) && !existsSync(file));
  const renamed = gone.length > 0 ? renames(files, gone, workspace) : new Map<string, Rename>();
  const taken = new Set([...renamed.values()].map(({ was }) => was.file));
  return {
    files: files.map((file) => {
      const rename = renamed.get(file.file);
      return rename ? { ...file, ...rename } : file;
    }),
    merged,
    deleted: gone.filter(({ file }) => !taken.has(file)),
    ...(await branchVersions(root, members, belongs, merged, workspace)),
  };
}

/** The files of a commit that would be migrations of a set, in order. */
function membersOf(root: string, files: BaseFiles, belongs: (file: string) => { readonly version: string | null } | null, workspace: Workspace): readonly MergedFile[] {
  return files.below(root).flatMap((file): MergedFile[] => {
    const found = belongs(file);
    return found ? [{ path: workspacePath(workspace.path, file), file, version: found.version }] : [];
  }).sort((a, b) => naturally(a.version ?? a.path, b.version ?? b.path));
}

type MergedFile = DeletedFile;
interface Rename { readonly was: MergedFile; readonly status: 'edited' | 'renamed' }

/** Pairs new files with those that are gone: by their text, else by their version, else by what their name says besides. */
function renames(files: readonly MigrationFile[], gone: readonly MergedFile[], { tree, top }: Workspace): ReadonlyMap<string, Rename> {
  const found = new Map<string, Rename>();
  const left = new Set(gone);
  const fresh = files.filter(({ status }) => status === 'new');
  const pair = (file: MigrationFile, other: MergedFile | undefined, status: Rename['status']) => {
    if (!other) return;
    found.set(file.file, { was: other, status });
    left.delete(other);
  };
  for (const file of fresh) {
    const bytes = readBytes(file.file, top);
    if (!('problem' in bytes)) pair(file, [...left].find((other) => sameContent(bytes, tree?.get(workspacePath(top, other.file)) ?? '')), 'renamed');
  }
  const others = fresh.filter(({ file }) => !found.has(file));
  for (const file of others) if (file.version !== null) pair(file, [...left].find(({ version }) => version === file.version), 'edited');
  for (const file of others) if (!found.has(file.file)) pair(file, [...left].find((other) => wordsOf(other.file) === wordsOf(file.file)), 'edited');
  return found;
}

/** A name without the version in it. */
function wordsOf(file: string): string {
  return tail(file).replace(/\d[\d._-]*/, '');
}

/** The versions on the base branch as it is now: one more call of git where it has gone on since the change set began. */
async function branchVersions(root: string, members: readonly MergedFile[], belongs: (file: string) => { readonly version: string | null } | null, merged: BaseFiles, workspace: Workspace): Promise<Pick<MigrationSet, 'onBase' | 'branch'>> {
  const branch = (await workspace.branch()) ?? merged;
  const all = branch === merged ? members : membersOf(root, branch, belongs, workspace);
  return {
    onBase: all.flatMap(({ path, file, version }): MergedVersion[] => (version === null ? [] : [{ path, file, version }])),
    branch,
  };
}

/**
 * Tells whether a path would be a migration of a set of SQL files: it has the shape of one that is there (`V#__*.sql`, `#_*` with `up.sql` in it). A set of which nothing is
 * left has no shape.
 */
export function shapedLike(files: readonly { readonly file: string }[], root: string, framework: Framework): (file: string) => { readonly version: string | null } | null {
  const shapes = new Set(files.map(({ file }) => shapeOf(relative(root, file))));
  return (file) => (file.startsWith(root + sep) && shapes.has(shapeOf(relative(root, file))) ? { version: versionOf(file, framework) } : null);
}

/** A path with runs of digits as one sign and the words of each name after them as another; what comes after the first dot of a name stays. */
function shapeOf(path: string): string {
  return path.split(sep).map((segment) => {
    const [, name = segment, ending = ''] = /^(.*?\d[\d._]*[^.]*)((?:\.[a-z]+)*)$/i.exec(segment) ?? [];
    return /\d/.test(name) ? `${name.replace(/\d[\d._-]*/, '#').replace(/(#_*).*$/, '$1*')}${ending}` : segment;
  }).join('/');
}

/** The version in a path, as the layout of the tool reads it. */
function versionOf(file: string, framework: Framework): string | null {
  const name = basename(file);
  if (framework === 'flyway' || framework === 'refinery') return /^[VU](\d[\d._]*?)_*__/.exec(name)?.[1]?.replaceAll('_', '.') ?? null;
  const segment = /^v?\d/i.test(name) ? name : basename(dirname(file));
  if (framework === 'diesel' || framework === 'hasura') return /^([\d-]+)_/.exec(segment)?.[1]?.replaceAll('-', '') ?? null;
  return /^v?(\d+)/i.exec(segment)?.[1] ?? null;
}

/** A migration that is gone from one set and new in another, with the same name and text, has moved and is neither. */
export function withMoves(sets: readonly MigrationSet[], { tree, top }: Workspace): readonly MigrationSet[] {
  const gone = new Map(sets.flatMap(({ deleted }) => deleted.map((one) => [tail(one.file), one] as const)));
  if (!tree || gone.size === 0) return sets;
  const moved = new Map<string, DeletedFile>();
  for (const { file, status } of sets.flatMap(({ files }) => files)) {
    const was = status === 'new' ? gone.get(tail(file)) : undefined;
    const bytes = was && readBytes(file, top);
    if (was && bytes && !('problem' in bytes) && sameContent(bytes, tree.get(workspacePath(top, was.file)) ?? '')) moved.set(file, was);
  }
  const taken = new Set([...moved.values()].map(({ file }) => file));
  return sets.map((set) => ({
    ...set,
    files: set.files.map((file) => {
      const was = moved.get(file.file);
      return was ? { ...file, status: 'renamed' as const, was } : file;
    }),
    deleted: set.deleted.filter(({ file }) => !taken.has(file)),
  }));
}

/** The part of a path that stays when a set moves: the file, with its directory where that is the migration. */
function tail(file: string): string {
  return /^(?:migration|up)\.sql$/.test(basename(file)) ? `${basename(dirname(file))}/${basename(file)}` : basename(file);
}
