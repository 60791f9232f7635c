import type { Span } from '../../../source/span.ts';
import type { RawNode } from '../tree-sitter/raw.ts';
import type { Candidate, Guess } from './candidate.ts';
import { lineAt, lineStart } from './diagnosis.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '#{': '}' };

/** A `)`, `]` or `}` on the complaint's line that nothing opens. */
export const guessOpeners: Guess = ({ text, structural }) => {
  const [error] = structural;
  if (!error) return [];
  const line = lineAt(text, error.start);
  const content = text.slice(line.start, line.end);
  const candidates: Candidate[] = [];
  for (const [open, close] of [['(', ')'], ['[', ']'], ['{', '}']] as const) {
    const last = content.lastIndexOf(close);
    if (content.split(close).length <= content.split(open).length) continue;
    const places = [...content.slice(0, last).matchAll(/[A-Za-z_]+[!?]?:?|\d+|[^\s\w]+/g)].map((token) => line.start + token.index);
    const near = places.sort((a, b) => Math.abs(a - error.start) - Math.abs(b - error.start)).slice(0, 8);
    const at = line.start + last;
    const report = { start: at, end: at + 1, message: `This "${close}" closes nothing: a "${open}" is missing before it.` };
    for (const place of near) candidates.push({ edits: [{ start: place, end: place, insert: open }], error: report });
  }
  return candidates;
};

/** A `(`, `[` or `{` that is never closed. */
export const guessBrackets: Guess = ({ text, structural }, raw) => {
  const error = structural.find(({ type }) => /^(?:argument_term|argument_in|array_|hash_|block_term_brace|lambda_term_brace|expect_r|def_params|embexpr|expect_eol|unexpected_token|cannot_parse)/.test(type));
  if (!error) return [];
  const open = findUnclosed(text, raw(), structural);
  const candidates = open.flatMap((span) => closeAt(text, span, closerOf(text, span), error.start));
  const [innermost, next] = open;
  if (innermost && next && next.start < innermost.start) candidates.push(...closeAt(text, innermost, closerOf(text, innermost) + closerOf(text, next), error.start));
  return candidates;
};

function closerOf(text: string, { start, end }: Span): string {
  return closing[text.slice(start, end)] ?? ')';
}

function closeAt(text: string, { start, end }: Span, close: string, complaint: number): Candidate[] {
  const error = { start, end, message: `This "${text.slice(start, end)}" is never closed: ${close.length === 1 ? `a "${close}"` : `"${close}"`} is missing.` };
  return closingPlaces(text, start, complaint).map((at) => ({ edits: [{ start: at, end: at, insert: text[at - 1] === '\n' ? `${close}\n` : close }], error }));
}

/** The brackets that are open where the first complaint is, innermost first, and those that complaints name. */
function findUnclosed(text: string, root: RawNode, structural: readonly Span[]): Span[] {
  const first = structural[0]?.start ?? text.length;
  const open: Span[] = [];
  for (const token of bracketTokens(text, root, Math.max(first, ...structural.map((error) => error.start)))) {
    const bracket = text.slice(token.start, token.end);
    if (closing[bracket]) open.push(token);
    else if (closing[text.slice(open.at(-1)?.start, open.at(-1)?.end)] === bracket) open.pop();
  }
  const named = structural.filter((error) => closing[text.slice(error.start, error.end)]);
  return [...named, ...open.reverse().filter((token) => !named.some((error) => error.start === token.start))].slice(0, 4);
}

function bracketTokens(text: string, root: RawNode, before: number): RawNode[] {
  const tokens: RawNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.start > before) continue;
    if (node.children.length === 0 && !node.missing && /^(?:#?\{|[()[\]}])$/.test(text.slice(node.start, node.end)) && !node.named) tokens.push(node);
    for (const child of node.children) waiting.push(child);
  }
  return tokens.sort((a, b) => a.start - b.start);
}

/** Inside a string the next quote; else the end of the bracket's line, the start of the complaint's line, the complaint itself. */
function closingPlaces(text: string, open: number, complaint: number): number[] {
  const end = lineAt(text, open).end;
  const block = /[ \t]+do(?:[ \t]*\|[^|]*\|)?[ \t]*$/.exec(text.slice(open, end));
  const places = [block ? open + block.index : end];
  const quote = text.slice(open, end).search(/["'`]/);
  if (text[open] === '#' && quote >= 0) places.unshift(open + quote);
  if (complaint > end) places.push(lineStart(text, complaint));
  if (complaint > open) places.push(complaint);
  return [...new Set(places)];
}
