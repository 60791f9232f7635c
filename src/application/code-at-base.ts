import { basename, dirname, sep } from 'node:path';
import type { BaseFiles } from '../project/base-files.ts';
import type { Source } from '../source/source.ts';
import type { CodeKind, CodeTree } from './code-tree.ts';
import { isCode } from './code-tree.ts';

/** An application's code as the base has it, with what differs from how it lies here. */
export interface BaseCode {
  readonly tree: CodeTree;
  /** Files (absolute) that differ or are on one side only. */
  readonly changed: ReadonlySet<string>;
}

/** So many changed files are read at the base; a branch with more is no pull request. */
const mostChanged = 5_000;

/** Reads the base's version of the code below `root` (absolute): the files that differ in one call of git, the others as they lie here. */
export async function codeAtBase(here: CodeTree, root: string, kind: CodeKind, merged: BaseFiles): Promise<BaseCode> {
  const all = merged.below(root);
  const apart = all.filter((file) => basename(file) === kind.apart && dirname(file) !== root).map((file) => dirname(file) + sep);
  const files = all.filter((file) => isCode(file, root, kind) && !apart.some((directory) => file.startsWith(directory))).sort();
  const differing = files.filter((file) => !here.has(file) || !merged.isSame(file));
  const wanted = differing.slice(0, mostChanged);
  const texts: ReadonlyMap<string, Source> = wanted.length > 0 ? await merged.read(wanted) : new Map();
  const before = new Set(files);
  const changed = new Set([...differing, ...here.files.filter((file) => !before.has(file))]);
  return {
    changed,
    tree: {
      files,
      complete: here.complete && wanted.length === differing.length,
      has: (file) => before.has(file),
      read: (file) => (changed.has(file) ? (texts.get(file) ?? null) : here.read(file)),
    },
  };
}
