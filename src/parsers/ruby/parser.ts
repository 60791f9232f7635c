import type { Source } from '../../source/source.ts';
import type { Span } from '../../source/span.ts';
import { isBinary, repair } from './damage/repair.ts';
import type { Patch } from './patch.ts';
import type { RubyVersion } from './prism.ts';
import { isValidRuby, readWithPrism } from './prism.ts';
import { findStop, withoutStops } from './stop.ts';
import type { Program } from './syntax.ts';
import type { RubyParser, RubySyntaxError, RubyTree } from './tree.ts';
import type { TreeSitter } from './tree-sitter.ts';
import { loadTreeSitter } from './tree-sitter.ts';
import { walk } from './walk.ts';

let loading: Promise<TreeSitter> | null = null;

/**
 * Loads the Ruby grammar (once per process) and gives a parser. Rejects only when a WebAssembly file is missing.
 *
 * Prism, Ruby's own parser, says whether a file is valid. The tree is tree-sitter's, and Prism's where tree-sitter stumbles over valid Ruby.
 */
export async function loadRubyParser(): Promise<RubyParser> {
  loading ??= loadTreeSitter();
  const treeSitter = await loading;
  return { parse: (source) => parse(source, treeSitter) };
}

/** Longer texts are read by Prism alone, which needs a third of the time and memory; they are generated ones. */
const treeSitterLimit = 400_000;

const versions: readonly RubyVersion[] = ['latest', '3.3'];

function parse(source: Source, treeSitter: TreeSitter): RubyTree {
  const patch = withoutStops(source.text);
  const version = versions.find((candidate) => isValidRuby(patch.text, candidate));
  if (version) {
    const tree = readTree(patch, treeSitter, version);
    return { source, ...withoutDepth(tree), errors: [...findStop(source.text, tree), ...tooDeep(tree)] };
  }
  if (isBinary(source.text)) return { source, ...withoutDepth(nothing(source.text)), errors: [{ start: 0, end: 0, message: 'The file holds binary data, not Ruby code.' }] };
  const repaired = repair(source.text, treeSitter.raw);
  const tree = readTree(repaired.patch, treeSitter, repaired.complete ? 'latest' : null);
  const found = [...repaired.errors, ...(repaired.complete ? findStop(source.text, tree) : []), ...tooDeep(tree)];
  const unexplained: RubySyntaxError = { start: 0, end: 0, message: 'The file is not valid Ruby, or nested too deep to be read.' };
  return { source, ...withoutDepth(tree), errors: found.length > 0 ? found.sort((a, b) => a.start - b.start) : [unexplained] };
}

type Tree = Pick<RubyTree, 'program' | 'comments' | 'dataAt' | 'parser'> & { readonly tooDeep: Span | null };

/** The tree of a text that Prism accepts as of `valid`, or the one that keeps more calls of a text that it does not. */
function readTree(patch: Patch, treeSitter: TreeSitter, valid: RubyVersion | null): Tree {
  const first = patch.text.length > treeSitterLimit ? null : treeSitter.read(patch);
  const fromTreeSitter: Tree | null = first && { program: first.program, comments: first.comments, dataAt: first.dataAt, tooDeep: first.tooDeep, parser: 'tree-sitter' };
  if (fromTreeSitter && valid && !first?.damaged && first?.doubts.length === 0) return fromTreeSitter;
  const second = readWithPrism(patch, valid ?? 'latest');
  if (!second) return fromTreeSitter ?? nothing(patch.original);
  if (fromTreeSitter && !valid && countCalls(fromTreeSitter.program) > countCalls(second.program)) return fromTreeSitter;
  return { program: second.program, comments: second.comments, dataAt: second.dataAt, tooDeep: second.tooDeep, parser: 'prism' };
}

/** What is read of a text that cannot be read. */
function nothing(text: string): Tree {
  return { program: { type: 'program', start: 0, end: text.length, body: [] }, comments: [], dataAt: null, tooDeep: { start: 0, end: 0 }, parser: 'prism' };
}

function countCalls(program: Program): number {
  let count = 0;
  walk(program, (node) => {
    if (node.type === 'call') count += 1;
  });
  return count;
}

function tooDeep(tree: Tree): RubySyntaxError[] {
  return tree.tooDeep ? [{ ...tree.tooDeep, message: 'The code is nested too deep here to be read.' }] : [];
}

function withoutDepth({ program, comments, dataAt, parser }: Tree): Omit<RubyTree, 'source' | 'errors'> {
  return { program, comments, dataAt, parser };
}
