import type { Source } from '../source/source.ts';
import type { CodeTree } from './code-tree.ts';

/** The files of a tree that hold a word. */
export interface WordIndex {
  readonly complete: boolean;
  /** The texts with the word in them, by absolute path; only words that were announced are known. */
  filesWith(word: string): ReadonlyMap<string, Source>;
}

/** So much text is looked at, in UTF-16 code units. */
const most = 96 * 1024 * 1024;

/**
 * Reads every file of a tree once and keeps those with one of the words. `same` tells that a file is the same in another tree whose index is given: it is not read again.
 */
export function indexWords(tree: CodeTree, words: ReadonlySet<string>, other: { readonly index: WordIndex; readonly same: (file: string) => boolean } | null = null): WordIndex {
  const found = new Map<string, Map<string, Source>>();
  let left = most;
  let complete = tree.complete && (other?.index.complete ?? true);
  const put = (word: string, file: string, source: Source) => {
    const files = found.get(word);
    if (files) files.set(file, source);
    else found.set(word, new Map([[file, source]]));
  };
  if (other) for (const word of words) for (const [file, source] of other.index.filesWith(word)) if (tree.has(file) && other.same(file)) put(word, file, source);
  for (const file of tree.files) {
    if (other?.same(file)) continue;
    if (left <= 0) {
      complete = false;
      break;
    }
    const source = tree.read(file);
    if (!source) continue;
    left -= source.text.length;
    const seen = new Set<string>();
    for (const [token] of source.text.matchAll(/[A-Za-z_]\w*/g)) if (words.has(token)) seen.add(token);
    for (const word of seen) put(word, file, source);
  }
  return { complete, filesWith: (word) => found.get(word) ?? nowhere };
}

const nowhere: ReadonlyMap<string, Source> = new Map();
