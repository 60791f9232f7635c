import type { Language as LanguageType, Parser as ParserType } from 'web-tree-sitter';
import { limitWasmTiering } from '../wasm-budget.ts';
import { readWasm, wasmPath } from '../wasm.ts';
import { maskText } from './mask.ts';
import type { Patch } from './patch.ts';
import type { Reading } from './tree-sitter/convert.ts';
import { convert } from './tree-sitter/convert.ts';
import type { RawNode } from './tree-sitter/raw.ts';
import { moveOffsets, readRawTree } from './tree-sitter/raw.ts';

/** The loaded grammar. */
export interface TreeSitter {
  /** Reads a text; spans and values are those of the original. */
  read(patch: Patch): Reading;
  /** The raw tree of a text, for looking at its tokens. */
  raw(text: string): RawNode;
}

/** Loads the grammar. Rejects when a WebAssembly file is missing. */
export async function loadTreeSitter(): Promise<TreeSitter> {
  limitWasmTiering();
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init({ locateFile: () => wasmPath('web-tree-sitter', 'web-tree-sitter.wasm') });
  const language = await Language.load(readWasm('tree-sitter-ruby', 'tree-sitter-ruby.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  const raw = (text: string): RawNode => parseRaw(parser, language, text);
  return {
    raw,
    read(patch) {
      const root = raw(patch.text);
      if (patch.text !== patch.original) moveOffsets(root, patch.toOriginal);
      return convert(root, patch.original);
    },
  };
}

function parseRaw(parser: ParserType, language: LanguageType, text: string): RawNode {
  const tree = parser.parse(maskText(text));
  if (!tree) throw new Error('tree-sitter gave no tree.');
  try {
    return readRawTree(tree, language);
  } finally {
    tree.delete();
  }
}
