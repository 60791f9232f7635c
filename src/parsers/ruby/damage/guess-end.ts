import type { RubyNode } from '../syntax.ts';
import { walk } from '../walk.ts';
import type { Candidate, Guess } from './candidate.ts';
import { indentation, lineStart } from './diagnosis.ts';

/** A missing or surplus `end`, found by indentation. */
export const guessEnds: Guess = (diagnosis) => {
  const { text, structural, codeEnd } = diagnosis;
  const surplus = structural.filter((error) => error.type === 'unexpected_token_ignore' && text.slice(error.start, error.end) === 'end');
  const unclosed = structural.filter((error) => /_term(?:_end|_else)?$/.test(error.type) && error.message.includes('`end`'));
  if (surplus.length === 0 && unclosed.length === 0 && !structural.some((error) => error.type === 'unexpected_token_close_context')) return [];
  const pairs = findPairs(text, diagnosis.program());
  const candidates: Candidate[] = [];
  if (surplus.length > 0) {
    for (const pair of pairs.filter(({ indent, endIndent }) => endIndent > indent)) candidates.push(surplusEnd(pair.endAt));
    for (const error of surplus) candidates.push(surplusEnd(error.start));
    return candidates;
  }
  for (const pair of pairs) candidates.push(...elseIf(text, pair));
  for (const pair of pairs.filter(({ indent, endIndent }) => endIndent < indent)) candidates.push(missingEnd(text, pair));
  const innermost = unclosed.at(-1);
  if (innermost) {
    const keyword = /^\w+/.exec(text.slice(innermost.start, innermost.start + 20))?.[0] ?? 'block';
    const message = unclosed.length === 1
      ? `This "${keyword}" is never closed: an "end" is missing.`
      : `This "${keyword}" is never closed: the file ends ${unclosed.length} "end"s too early.`;
    candidates.push({
      edits: [{ start: codeEnd, end: codeEnd, insert: `\n${'end\n'.repeat(unclosed.length)}` }],
      error: { start: innermost.start, end: innermost.start + keyword.length, message },
    });
  }
  return candidates;
};

/** A keyword and the `end` that Prism matched with it, on lines of their own. */
interface Pair {
  readonly keyword: string;
  readonly at: number;
  readonly indent: number;
  readonly endAt: number;
  readonly endIndent: number;
}

function findPairs(text: string, root: RubyNode): Pair[] {
  const pairs: Pair[] = [];
  walk(root, (node) => {
    const keyword = /^(?:class|module|def|if|unless|case|while|until|for|begin|do)\b/.exec(text.slice(node.start, node.start + 10))?.[0];
    if (!keyword || !opens(node) || !/\bend$/.test(text.slice(Math.max(0, node.end - 4), node.end))) return;
    const endAt = node.end - 3;
    const line = lineStart(text, endAt);
    if (line <= node.start || text.slice(line, endAt).trim() !== '') return;
    pairs.push({ keyword, at: node.start, indent: indentation(text, node.start), endAt, endIndent: indentation(text, endAt) });
  });
  return pairs.sort((a, b) => a.endAt - b.endAt);
}

const opening = new Set<RubyNode['type']>(['class', 'module', 'singleton-class', 'def', 'if', 'case', 'loop', 'begin', 'block']);

function opens(node: RubyNode): boolean {
  return opening.has(node.type);
}

function missingEnd(text: string, pair: Pair): Candidate {
  const line = lineStart(text, pair.endAt);
  const message = `This "${pair.keyword}" is never closed: an "end" is missing.`;
  return { edits: [{ start: line, end: line, insert: 'end\n' }], error: { start: pair.at, end: pair.at + pair.keyword.length, message } };
}

/** `else if` where `elsif` is meant. */
function elseIf(text: string, pair: Pair): Candidate[] {
  const before = /\belse[ \t]+$/.exec(text.slice(lineStart(text, pair.at), pair.at))?.[0];
  if (pair.keyword !== 'if' || !before) return [];
  const start = pair.at - before.length;
  const end = pair.at + 2;
  const insert = 'elsif'.padEnd(end - start);
  return [{ edits: [{ start, end, insert }], error: { start, end, message: 'This "else if" opens a second "if" that is never closed: write "elsif", or add an "end".' } }];
}

function surplusEnd(start: number): Candidate {
  return { edits: [{ start, end: start + 3, insert: '   ' }], error: { start, end: start + 3, message: 'This "end" closes nothing.' } };
}
