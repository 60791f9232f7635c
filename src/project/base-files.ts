import { join, sep } from 'node:path';
import { decode } from '../source/decode.ts';
import { createSource } from '../source/source.ts';
import type { Source } from '../source/source.ts';
import type { Base } from './base.ts';
import { commitOf } from './base.ts';
import { workspacePath } from './discover.ts';
import type { Git } from './git.ts';
import { gitIn } from './git.ts';
import { readBytes } from './read.ts';
import type { Tree } from './tree.ts';
import { readTree, sameContent } from './tree.ts';

/** The files of the base commit: what is merged. All paths are absolute, where the file lies or would lie here. */
export interface BaseFiles {
  readonly base: Base;
  /** Every file below a directory. */
  below(directory: string): readonly string[];
  has(file: string): boolean;
  /** True when the file lies here as it is in the base, but for line ends. */
  isSame(file: string): boolean;
  /** The texts of files, fetched together; those that are not there or are no text are left out. */
  read(files: readonly string[]): Promise<ReadonlyMap<string, Source>>;
}

/** The files of a base. `top` is the repository's top, `workspace` what paths in messages are relative to; `git` runs at the top. */
export function baseFiles(base: Base, tree: Tree, top: string, workspace: string, git: Git): BaseFiles {
  const blobOf = (file: string) => tree.get(workspacePath(top, file));
  let all: readonly string[] | null = null;
  return {
    base,
    below(directory) {
      all ??= [...tree.keys()].map((path) => join(top, path));
      const start = directory.endsWith(sep) ? directory : directory + sep;
      return all.filter((file) => file.startsWith(start));
    },
    has: (file) => blobOf(file) !== undefined,
    isSame(file) {
      const blob = blobOf(file);
      const bytes = blob === undefined ? null : readBytes(file, top);
      return blob !== undefined && bytes !== null && !('problem' in bytes) && sameContent(bytes, blob);
    },
    async read(files) {
      const wanted = [...new Set(files)].flatMap((file) => {
        const blob = blobOf(file);
        return blob === undefined ? [] : [{ file, blob }];
      });
      const blobs = await readBlobs(git, wanted.map(({ blob }) => blob));
      return new Map(wanted.flatMap(({ file, blob }) => {
        const decoded = blobs.has(blob) ? decode(blobs.get(blob) as Buffer) : null;
        return decoded && 'text' in decoded ? [[file, createSource(workspacePath(workspace, file), decoded.text)] as const] : [];
      }));
    },
  };
}

/** The files of any commit that a name stands for; null when there is none. */
export async function filesOf(name: string, top: string, workspace: string): Promise<BaseFiles | null> {
  const git = gitIn(top);
  const commit = await commitOf(git, name);
  const tree = commit === null ? null : await readTree(git, commit);
  return commit === null || tree === null ? null : baseFiles({ commit, tip: commit, name }, tree, top, workspace, git);
}

/** The contents of blobs by their id; in one call, which runs no filters. */
async function readBlobs(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (ids.length === 0) return blobs;
  const output = await git(['cat-file', '--batch'], `${[...new Set(ids)].join('\n')}\n`);
  for (let at = 0; output && at < output.length;) {
    const end = output.indexOf(10, at);
    const match = /^([0-9a-f]+) blob (\d+)$/.exec(output.toString('latin1', at, end));
    at = end + 1;
    if (!match?.[1] || !match[2]) continue;
    blobs.set(match[1], output.subarray(at, at + Number(match[2])));
    at += Number(match[2]) + 1;
  }
  return blobs;
}
