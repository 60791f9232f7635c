import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { Base } from './base.ts';
import { findBase } from './base.ts';
import { databaseOf, dumpCandidates, findMigrationDirectories, findMigrationFiles, nearest, setRoot, workspacePath } from './discover.ts';
import { gitIn, line } from './git.ts';
import type { FileStatus, MigrationFile, MigrationSet, SchemaDump } from './migration-file.ts';
import type { ReadText } from './read.ts';
import { readBytes, readText } from './read.ts';
import { createSource } from '../source/source.ts';
import { decode } from '../source/decode.ts';
import type { Tree } from './tree.ts';
import { readTree, sameContent } from './tree.ts';

/** What to open. Paths may be absolute or relative to `cwd`. */
export interface ProjectOptions {
  readonly cwd: string;
  /** Paths in messages are relative to it. */
  readonly workspace: string;
  /** Files and directories named by the user; empty for what the change set adds. */
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly base: string | null;
  /** Migration directories from the configuration, workspace-relative; empty to detect. */
  readonly directories: readonly string[];
  readonly ignorePatterns: readonly string[];
  /** A text that stands for a file (`--stdin`), read instead of the disk. */
  readonly stdin: { readonly file: string; readonly text: string } | null;
}

/** The migrations to lint and what surrounds them. */
export interface Project {
  readonly workspace: string;
  readonly sets: readonly MigrationSet[];
  readonly base: Base | null;
  /** How many migrations were left out because they are merged. */
  readonly leftOut: number;
  /** Paths named by the user that hold nothing to lint, with the reason. */
  readonly unmatched: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** A base that the user asked for and that does not exist. */
export class UnknownBase extends Error {}

/** Finds the migrations of a directory, what git says about them, and their schema dumps. Throws `UnknownBase`. */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { cwd, workspace } = options;
  const git = gitIn(cwd);
  const top = await line(git, 'rev-parse', '--show-toplevel');
  const base = top ? await findBase(git, options.base) : null;
  if (options.base !== null && !base) {
    throw new UnknownBase(top ? `The base "${options.base}" is not a commit of this repository. A shallow clone may lack it: fetch it first.` : `"--base ${options.base}" needs a git repository, and "${cwd}" is in none.`);
  }
  const tree = base && top ? await readTree(gitIn(top), base.commit) : null;
  const ignored = ignores(options.ignorePatterns);
  const named = namedFiles(options, workspace, ignored);
  const directories = options.paths.length > 0 ? [...new Set(named.files.map((file) => migrationDirectory(file)))] : searchDirectories(options);
  const root = top ?? cwd;
  const status = (file: string): FileStatus => (tree && top ? statusOf(file, top, tree, options.stdin) : 'unknown');
  const reportAll = options.all || !tree;
  const sets: MigrationSet[] = [];
  let leftOut = 0;
  for (const group of groups(directories, [...named.files])) {
    const files = [...group.files].filter((file) => named.set.has(file) || !ignored(workspacePath(workspace, file))).map((file): MigrationFile => {
      const state = status(file);
      const reported = options.paths.length > 0 ? named.set.has(file) : reportAll || state === 'new' || state === 'edited';
      if (!reported) leftOut += 1;
      const path = workspacePath(workspace, file);
      return { path, file, version: /^\d+/.exec(basename(file))?.[0] ?? null, status: state, reported, read: () => readSource(file, path, root, options.stdin) };
    }).sort(byVersion);
    if (files.some((file) => file.reported)) sets.push({ framework: 'rails', root: workspacePath(workspace, group.root), files, dump: await dumpOf(group, { top, base, tree, workspace, root }) });
  }
  return { workspace, sets, base: tree ? base : null, leftOut: options.paths.length > 0 ? 0 : leftOut, unmatched: named.unmatched, notes: notesOf(options, top, tree, base) };
}

function notesOf(options: ProjectOptions, top: string | null, tree: Tree | null, base: Base | null): string[] {
  if (options.paths.length > 0 || options.all || tree) return [];
  if (!top) return ['Not a git repository: it cannot be told which migrations are new, so all of them are linted.'];
  return [base ? `The files of the base "${base.name}" cannot be read, so all migrations are linted.` : 'No default branch is found to compare with, so all migrations are linted. Name one with "--base REF".'];
}

function readSource(file: string, path: string, root: string, stdin: ProjectOptions['stdin']): ReadText {
  return stdin && stdin.file === file ? { source: createSource(path, stdin.text) } : readText(file, path, root);
}

function searchDirectories(options: ProjectOptions): string[] {
  if (options.directories.length > 0) return options.directories.map((directory) => resolve(options.workspace, directory)).filter((directory) => existsSync(directory));
  return findMigrationDirectories(options.cwd);
}

interface Named { readonly files: readonly string[]; readonly set: ReadonlySet<string>; readonly unmatched: Project['unmatched'] }

function namedFiles(options: ProjectOptions, workspace: string, ignored: (path: string) => boolean): Named {
  const files: string[] = [];
  const unmatched: { path: string; reason: string }[] = [];
  for (const path of options.paths) {
    const full = resolve(options.cwd, path);
    if (options.stdin?.file === full) files.push(full);
    else if (!existsSync(full)) unmatched.push({ path, reason: 'no such file or directory' });
    else if (statSync(full).isDirectory()) {
      const inside = directoryFiles(full).filter((file) => !ignored(workspacePath(workspace, file)));
      if (inside.length === 0) unmatched.push({ path, reason: 'no migrations in it' });
      files.push(...inside);
    } else if (extname(full) !== '.rb') unmatched.push({ path, reason: 'not a Rails migration (".rb")' });
    else if (isDump(full)) unmatched.push({ path, reason: 'a schema dump, not a migration' });
    else if (ignored(workspacePath(workspace, full))) unmatched.push({ path, reason: 'it is ignored' });
    else files.push(full);
  }
  return { files, set: new Set(files), unmatched };
}

function directoryFiles(directory: string): string[] {
  const below = findMigrationDirectories(directory).flatMap(findMigrationFiles);
  return below.length > 0 ? below : findMigrationFiles(directory);
}

function isDump(file: string): boolean {
  return /(^|_)schema\.rb$/.test(basename(file)) && basename(dirname(file)) === 'db';
}

function migrationDirectory(file: string): string {
  const root = setRoot(dirname(file));
  return root === dirname(file) ? root : join(root, dirname(file).slice(root.length + 1).split(/[\\/]/)[0] ?? '');
}

interface Group { readonly root: string; readonly database: string | null; readonly files: Set<string> }

/** Directories of one database together: `migrate` and `post_migrate` share a schema, `animals_migrate` has its own. */
function groups(directories: readonly string[], named: readonly string[]): Group[] {
  const byKey = new Map<string, Group>();
  const groupOf = (directory: string) => {
    const root = setRoot(directory);
    const database = databaseOf(directory);
    const key = `${root}\0${database ?? ''}`;
    const group = byKey.get(key) ?? { root, database, files: new Set<string>() };
    byKey.set(key, group);
    return group;
  };
  for (const directory of directories) {
    const group = groupOf(directory);
    const siblings = database(directory) ? [directory] : [join(group.root, 'migrate'), join(group.root, 'post_migrate'), directory];
    for (const sibling of new Set(siblings)) for (const file of findMigrationFiles(sibling)) group.files.add(file);
  }
  for (const file of named) {
    groupOf(migrationDirectory(file)).files.add(file);
  }
  return [...byKey.values()];
}

function database(directory: string): boolean {
  return databaseOf(directory) !== null;
}

function statusOf(file: string, top: string, tree: Tree, stdin: ProjectOptions['stdin']): FileStatus {
  const path = workspacePath(top, file);
  const blob = tree.get(path);
  if (blob === undefined) return path.startsWith('../') ? 'unknown' : 'new';
  const bytes = stdin && stdin.file === file ? Buffer.from(stdin.text) : readBytes(file, top);
  return 'problem' in bytes || !sameContent(bytes, blob) ? 'edited' : 'merged';
}

interface Surroundings { readonly top: string | null; readonly base: Base | null; readonly tree: Tree | null; readonly workspace: string; readonly root: string }

async function dumpOf(group: Group, { top, base, tree, workspace, root }: Surroundings): Promise<SchemaDump | null> {
  for (const file of dumpCandidates(group.root, group.database)) {
    const format = file.endsWith('.rb') ? 'schema.rb' : 'structure.sql';
    const path = workspacePath(workspace, file);
    const blob = top && tree?.get(workspacePath(top, file));
    if (blob && base && top) {
      const bytes = await gitIn(top)(['cat-file', 'blob', blob]);
      const decoded = bytes && decode(bytes);
      if (decoded && 'text' in decoded) return { path, format, at: 'base', source: createSource(path, decoded.text) };
    }
    if (!existsSync(file)) continue;
    const text = readText(file, path, root);
    if ('source' in text) return { path, format, at: 'head', source: text.source };
  }
  return null;
}

function ignores(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matches = patterns.map((pattern) => picomatch(pattern.endsWith('/') ? `${pattern}**` : pattern, { dot: true }));
  return (path) => matches.some((match) => match(path));
}

function byVersion(a: MigrationFile, b: MigrationFile): number {
  const left = a.version ?? '';
  const right = b.version ?? '';
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0) || (a.path < b.path ? -1 : 1);
}

/** The directory of the application a set belongs to: the nearest one above it with a lock file or configuration; else the set's parent. */
export function applicationRoot(workspace: string, set: MigrationSet): string {
  const from = dirname(resolve(workspace, set.root));
  return nearest(from, workspace, (directory) => existsSync(join(directory, 'Gemfile.lock')) || existsSync(join(directory, 'config', 'application.rb'))) ?? from;
}
