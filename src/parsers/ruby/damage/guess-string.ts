import type { RubyNode } from '../syntax.ts';
import { walk } from '../walk.ts';
import type { Candidate, Guess } from './candidate.ts';
import { indentation, lineAt } from './diagnosis.ts';

/** A string whose closing quote is missing: it then reaches to the next quote, lines below, or to the end. */
export const guessStrings: Guess = ({ text, structural, program }) => {
  if (structural.length === 0) return [];
  const candidates: Candidate[] = [];
  for (const node of literalsOverLines(text, program(), structural)) {
    const quote = closingOf(text, node.start);
    if (!quote) continue;
    const opening = { start: node.start, end: node.start + quote.opening.length };
    const error = { ...opening, message: `The ${node.what} that opens here is never closed: ${quoteNames[quote.closing] ?? `a "${quote.closing}"`} is missing.` };
    for (const at of closingPlaces(text, opening.end)) candidates.push({ edits: [{ start: at, end: at, insert: quote.closing }], error });
    const unopened = { ...opening, message: `${quoteNames[quote.closing] ?? `"${quote.closing}"`} stands here without one before it that opens the string.`.replace(/^a /, 'A ') };
    if (quote.opening === quote.closing) {
      for (const at of openingPlaces(text, node.start)) candidates.push({ edits: [{ start: at, end: at, insert: quote.opening }], error: unopened });
    }
  }
  return candidates;
};

const quoteNames: Readonly<Record<string, string>> = { '"': 'a double quote (")', "'": "a single quote (')", '`': 'a backtick (`)' };

interface Opening {
  readonly start: number;
  readonly what: string;
}

function literalsOverLines(text: string, program: RubyNode, structural: readonly { start: number; type: string }[]): Opening[] {
  const found = new Map<number, Opening>();
  const add = (start: number, what: string): void => void found.set(start, { start, what });
  for (const error of structural) if (/^(?:string|xstring|regexp_term|list_|symbol_term)/.test(error.type) && closingOf(text, error.start)) add(error.start, 'string');
  walk(program, (node) => {
    const isLiteral = (node.type === 'string' && !node.heredoc) || node.type === 'regex' || node.type === 'symbol' || (node.type === 'array' && text[node.start] === '%');
    if (isLiteral && text.slice(node.start, node.end).includes('\n')) add(node.start, node.type === 'array' ? 'list' : node.type === 'regex' ? 'regular expression' : node.type);
  });
  return [...found.values()].sort((a, b) => a.start - b.start).slice(0, 8);
}

function closingOf(text: string, at: number): { opening: string; closing: string } | null {
  const opening = /^(?::?["']|[`/]|%[qQwWiIrsx]?[^\w\s])/.exec(text.slice(at, at + 4))?.[0];
  if (!opening) return null;
  const last = opening.at(-1) ?? '"';
  return { opening, closing: { '(': ')', '[': ']', '{': '}', '<': '>' }[last] ?? last };
}

/** The end of the line, before the brackets and words that close it, before the first comma. */
function closingPlaces(text: string, from: number): number[] {
  const { end } = lineAt(text, from);
  const rest = text.slice(from, end);
  const places = [end, from + rest.trimEnd().length];
  const tail = /(?:[)\]}, ]+|[ ]+do(?: \|[^|]*\|)?|[ ]*\.\w+)$/.exec(rest);
  if (tail) places.push(from + tail.index);
  const comma = rest.search(/[,)]/);
  if (comma >= 0) places.push(from + comma);
  return [...new Set(places)];
}

/** On the line before a quote: where a value begins, nearest first. */
function openingPlaces(text: string, quote: number): number[] {
  const { start } = lineAt(text, quote);
  const before = text.slice(start, quote);
  const places = [...before.matchAll(/(?:[([{,]|=>|[:=](?=\s)|^\s*\w+(?=\s))\s*/g)].map((place) => start + place.index + place[0].length);
  return places.reverse().slice(0, 6);
}

/** A heredoc without its last line. */
export const guessHeredocs: Guess = ({ text, structural, codeEnd }) => {
  const error = structural.find(({ type }) => type === 'heredoc_term');
  if (!error) return [];
  const name = text.slice(error.start, error.end);
  const marker = /<<([~-]?)["'`]?$/.exec(text.slice(Math.max(0, error.start - 4), error.start));
  const start = marker ? error.start - marker[0].length : error.start;
  const candidates: Candidate[] = [];
  const line = lineAt(text, start);
  const ends = new RegExp(`\\n[ \\t]+${escape(name)}[ \\t]*(?=\\r?\\n|$)`).test(text.slice(line.end));
  if (marker && marker[1] === '' && ends) {
    const message = `The heredoc "${name}" never ends: its last line is indented. Write "<<~${name}".`;
    candidates.push({ edits: [{ start: start + 2, end: start + 2, insert: '~' }], error: { start, end: error.end, message } });
  }
  const message = `The heredoc "${name}" never ends: no line holds "${name}" alone.`;
  for (const at of endPlaces(text, line.end, indentation(text, start), codeEnd)) {
    candidates.push({ edits: [{ start: at, end: at, insert: `${name}\n` }], error: { start, end: error.end, message } });
  }
  return candidates;
};

/** The first lines that stand no deeper than the marker's line, then the end. */
function endPlaces(text: string, from: number, indent: number, codeEnd: number): number[] {
  const places: number[] = [];
  for (let newline = text.indexOf('\n', from); newline >= 0 && places.length < 4; newline = text.indexOf('\n', newline + 1)) {
    const at = newline + 1;
    const { end } = lineAt(text, at);
    if (text.slice(at, end).trim() !== '' && indentation(text, at) <= indent) places.push(at);
  }
  return [...places, codeEnd];
}

function escape(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
