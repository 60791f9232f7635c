import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import picomatch from 'picomatch';
import { decode } from '../source/decode.ts';
import { createSource } from '../source/source.ts';
import type { Base } from './base.ts';
import type { BaseFiles } from './base-files.ts';
import { workspacePath } from './discover.ts';
import type { LayoutFinder } from './find-layouts.ts';
import { gitIn } from './git.ts';
import type { FileStatus, MigrationFile, SchemaDump } from './migration-file.ts';
import type { StandIn } from './directory.ts';
import { readBytes, readText } from './read.ts';
import type { Tree } from './tree.ts';
import { sameContent } from './tree.ts';

/** What surrounds the files of a run: where they lie, what git says of them, which of them were asked for. */
export interface Workspace {
  /** Paths in messages are relative to it; absolute. */
  readonly path: string;
  /** Nothing outside of it is read: the repository's top, or the working directory. */
  readonly top: string;
  readonly inGit: boolean;
  readonly base: Base | null;
  readonly tree: Tree | null;
  readonly merged: BaseFiles | null;
  /** The files of the base branch as it is now, where it has gone on since the change set began; read on the first question. Null where they are those of the base, or cannot be read. */
  readonly branch: () => Promise<BaseFiles | null>;
  readonly stdin: StandIn | null;
  readonly layouts: LayoutFinder;
  /** Files named by the user; null when none were named. */
  readonly named: ReadonlySet<string> | null;
  readonly all: boolean;
  readonly ignored: (path: string) => boolean;
}

/** A migration file with what git says of it. */
export function migrationFile(workspace: Workspace, file: string, version: string | null, reportable = true): MigrationFile {
  const path = workspacePath(workspace.path, file);
  const status = workspace.tree && workspace.inGit ? statusOf(file, workspace, workspace.tree) : 'unknown';
  const wanted = workspace.named ? workspace.named.has(file) : workspace.all || !workspace.tree || status === 'new' || status === 'edited';
  const { stdin, top } = workspace;
  return {
    path, file, version, status, was: null, reported: wanted && reportable,
    read: () => (stdin && stdin.file === file ? { source: createSource(path, stdin.text) } : readText(file, path, top)),
  };
}

function statusOf(file: string, { top, stdin }: Workspace, tree: Tree): FileStatus {
  const path = workspacePath(top, file);
  const blob = tree.get(path);
  if (blob === undefined) return path.startsWith('../') ? 'unknown' : 'new';
  const bytes = stdin && stdin.file === file ? Buffer.from(stdin.text) : readBytes(file, top);
  return 'problem' in bytes || !sameContent(bytes, blob) ? 'edited' : 'merged';
}

/** The first of the candidates (absolute paths) that is there: as it is in the base, else as it lies here. */
export async function dumpOf(candidates: readonly string[], workspace: Workspace): Promise<SchemaDump | null> {
  const { path: directory, top, inGit, base, tree } = workspace;
  for (const file of candidates) {
    const format = file.endsWith('.rb') ? 'schema.rb' : 'structure.sql';
    const path = workspacePath(directory, file);
    const blob = inGit && tree?.get(workspacePath(top, file));
    if (blob && base) {
      const bytes = await gitIn(top)(['cat-file', 'blob', blob]);
      const decoded = bytes && decode(bytes);
      const here = () => {
        const text = existsSync(file) ? readText(file, path, top) : null;
        return text && 'source' in text ? text.source : null;
      };
      if (decoded && 'text' in decoded) return { path, format, at: 'base', source: createSource(path, decoded.text), here };
    }
    if (!existsSync(file)) continue;
    const text = readText(file, path, top);
    if ('source' in text) return { path, format, at: 'head', source: text.source };
  }
  return null;
}

/** Tells whether a workspace-relative path matches one of the globs. */
export function ignores(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matches = patterns.map((pattern) => picomatch(pattern.endsWith('/') ? `${pattern}**` : pattern, { dot: true }));
  return (path) => matches.some((match) => match(path));
}

/** Absolute paths of the configured directories that are there. */
export function existing(directories: readonly string[], workspace: string): string[] {
  return directories.map((directory) => resolve(workspace, directory)).filter((directory) => existsSync(directory));
}
