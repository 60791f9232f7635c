import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Base } from './base.ts';
import { findBase } from './base.ts';
import type { BaseFiles } from './base-files.ts';
import { baseFiles } from './base-files.ts';
import { findMigrationDirectories, findMigrationFiles, isMigrationDirectory, isMigrationFileName, nearest } from './discover.ts';
import { createLayoutFinder } from './find-layouts.ts';
import { gitIn, line, mayBeInGit } from './git.ts';
import type { MigrationSet } from './migration-file.ts';
import { namedFiles } from './named-files.ts';
import { sameText } from './read.ts';
import { railsSets } from './rails-sets.ts';
import { ridgepoleSets } from './ridgepole-sets.ts';
import { configuredSqlSets, foundSqlSets, namedSqlSets } from './sql-sets.ts';
import type { Tree } from './tree.ts';
import { readTree } from './tree.ts';
import { withMoves } from './set-history.ts';
import type { Workspace } from './workspace.ts';
import { existing, ignores } from './workspace.ts';

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
  /** Root Schemafiles of Ridgepole from the configuration, workspace-relative; left out or empty to detect. */
  readonly schemafiles?: readonly string[];
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
  const { cwd } = options;
  const git = gitIn(cwd);
  const top = mayBeInGit(cwd) ? await line(git, 'rev-parse', '--show-toplevel') : null;
  const base = top ? await findBase(git, options.base) : null;
  if (options.base !== null && !base) {
    throw new UnknownBase(top ? `The base "${options.base}" is not a commit of this repository. A shallow clone may lack it: fetch it first.` : `"--base ${options.base}" needs a git repository, and "${cwd}" is in none.`);
  }
  const tree = base && top ? await readTree(gitIn(top), base.commit) : null;
  const merged = tree && base && top ? baseFiles(base, tree, top, options.workspace, gitIn(top)) : null;
  const surroundings = { path: options.workspace, top: top ?? cwd, inGit: top !== null, base, tree, merged, branch: branchOf(base, top, options.workspace), stdin: options.stdin, layouts: createLayoutFinder(top ?? cwd, options.stdin), all: options.all, ignored: ignores(options.ignorePatterns) };
  const named = options.paths.length > 0 ? namedFiles(options, surroundings) : null;
  const workspace: Workspace = { ...surroundings, named: named && new Set([...named.ruby, ...named.sql, ...named.schemafiles]) };
  const configured = options.directories.length > 0 ? existing(options.directories, options.workspace) : null;
  const rails = await railsSets(named ? [] : configured ?? withMerged(findMigrationDirectories(cwd), cwd, merged), named?.ruby ?? [], named ? [] : [cwd], workspace);
  const sql = named ? await namedSqlSets(named.sql, workspace) : configured ? await configuredSqlSets(configured, (directory) => findMigrationFiles(directory).length > 0, workspace) : await foundSqlSets(cwd, workspace);
  const ridgepole = ridgepoleSets(cwd, options.schemafiles ?? [], named ? named.schemafiles : configured ? [] : null, workspace);
  const sets = [...withMoves([...rails, ...sql.sets], workspace), ...ridgepole].filter((set) => set.files.some((file) => file.reported) || set.deleted.length > 0 || (!named && isDumpChanged(set)));
  return {
    workspace: options.workspace, sets, base: tree ? base : null, leftOut: named ? 0 : mergedFiles([...rails, ...sql.sets]), unmatched: named?.unmatched ?? [],
    notes: [...notesOf(options, top, tree, base), ...(named?.notes ?? []), ...sql.notes],
  };
}

/** True when the dump of a Rails set is not what is merged, whatever the migrations are. */
function isDumpChanged({ framework, files, dump, merged }: MigrationSet): boolean {
  const here = framework === 'rails' && files.length > 0 && merged && dump?.at === 'base' ? dump.here?.() : null;
  return !!here && !!dump && !sameText(here, dump.source);
}

/** The files of the newest commit of the base branch, read once and only when somebody asks. */
function branchOf(base: Base | null, top: string | null, workspace: string): () => Promise<BaseFiles | null> {
  let known: Promise<BaseFiles | null> | null = null;
  return () => (known ??= readBranch(base, top, workspace));
}

async function readBranch(base: Base | null, top: string | null, workspace: string): Promise<BaseFiles | null> {
  if (!base || top === null || base.tip === base.commit) return null;
  const git = gitIn(top);
  const tree = await readTree(git, base.tip);
  return tree && baseFiles({ ...base, commit: base.tip }, tree, top, workspace, git);
}

/** Directories of Rails migrations, those besides of which the change set has left nothing. */
function withMerged(directories: readonly string[], cwd: string, merged: BaseFiles | null): readonly string[] {
  if (!merged) return directories;
  const emptied = merged.below(cwd).filter((file) => isMigrationFileName(basename(file)) && isMigrationDirectory(dirname(file))).map(dirname);
  return [...new Set([...directories, ...emptied])].sort();
}

/** How many files are merged and left out; one that is for several servers counts once. */
function mergedFiles(sets: readonly MigrationSet[]): number {
  const files = sets.flatMap((set) => set.files);
  const reported = new Set(files.filter((file) => file.reported).map(({ file }) => file));
  return new Set(files.filter((file) => file.status === 'merged' && !reported.has(file.file)).map(({ file }) => file)).size;
}

function notesOf(options: ProjectOptions, top: string | null, tree: Tree | null, base: Base | null): string[] {
  if (options.paths.length > 0 || options.all || tree) return [];
  if (!top) return ['Not a git repository: it cannot be told which migrations are new, so all of them are linted.'];
  return [base ? `The files of the base "${base.name}" cannot be read, so all migrations are linted.` : 'No default branch is found to compare with, so all migrations are linted. Name one with "--base REF".'];
}

/** The directory of the application a set belongs to: the nearest one above it with a lock file or configuration; else the set's parent. */
export function applicationRoot(workspace: string, set: MigrationSet): string {
  const own = resolve(workspace, set.root);
  const from = set.framework === 'ridgepole' ? own : dirname(own);
  return nearest(from, workspace, (directory) => existsSync(join(directory, 'Gemfile.lock')) || existsSync(join(directory, 'config', 'application.rb'))) ?? (set.framework === 'ridgepole' ? resolve(workspace) : from);
}
