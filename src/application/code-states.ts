import { resolve } from 'node:path';
import type { BaseFiles } from '../project/base-files.ts';
import type { Source } from '../source/source.ts';
import { positionAt } from '../source/source.ts';
import type { CodeState, Use, Uses } from './application.ts';
import { codeAtBase } from './code-at-base.ts';
import type { CodeKind, CodeTree } from './code-tree.ts';
import type { WordIndex } from './word-index.ts';
import { indexWords } from './word-index.ts';

/** An application's code in both states, and what one looks for in it. */
export interface CodeStates {
  readonly base: string | null;
  tree(state: CodeState): CodeTree;
  /** The text at a workspace-relative path, or null. */
  at(path: string, state: CodeState): Source | null;
  /** The uses that `find` tells in every file with one of the words. */
  uses(words: readonly string[], state: CodeState, find: (source: Source) => readonly Pick<Found, 'start' | 'end' | 'certainty'>[]): Uses;
}

interface Found { readonly start: number; readonly end: number; readonly certainty: Use['certainty'] }

/** Reads what of the base differs; `words` are those that will be asked for, told when the first use is. */
export async function codeStates(here: CodeTree, { root, workspace }: { readonly root: string; readonly workspace: string }, kind: CodeKind, merged: BaseFiles | null, words: () => ReadonlySet<string>): Promise<CodeStates> {
  const before = merged && await codeAtBase(here, root, kind, merged);
  const tree = (state: CodeState) => (state === 'base' && before ? before.tree : here);
  let indexHere: WordIndex | null = null;
  let indexBefore: WordIndex | null = null;
  const index = (state: CodeState): WordIndex => {
    indexHere ??= indexWords(here, words());
    if (state === 'here' || !before) return indexHere;
    return (indexBefore ??= indexWords(before.tree, words(), { index: indexHere, same: (file) => !before.changed.has(file) }));
  };
  const isNew = (file: string, { text }: Source, { start }: Found): boolean => {
    if (!before?.changed.has(file)) return false;
    const old = before.tree.read(file)?.text ?? '';
    return !old.includes(lineAt(text, start).trim());
  };
  return {
    base: before && merged ? merged.base.name : null,
    tree,
    at: (path, state) => tree(state).read(resolve(workspace, path)),
    uses(wanted, state, find) {
      const files = new Map(wanted.flatMap((word) => [...index(state).filesWith(word)]));
      const found = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([file, source]) => [...find(source)].sort((a, b) => a.start - b.start).map((one): Use => (
        { place: { path: source.path, start: one.start, end: one.end }, position: positionAt(source, one.start), line: lineAt(source.text, one.start).trim(), certainty: one.certainty, isNew: state === 'here' && isNew(file, source, one) }
      )));
      return { found: found.sort((a, b) => rank[a.certainty] - rank[b.certainty]), complete: index(state).complete };
    },
  };
}

const rank = { certain: 0, likely: 1, possible: 2 } as const;

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? undefined : end);
}
