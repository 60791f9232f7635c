import type { Lexicon } from './lexicon.ts';
import type { Unit } from './split.ts';
import { tokenAt } from './token.ts';

const mostCandidates = 60;

/** Words that begin a statement and hardly ever a line inside one. */
const strong = /^(?:alter|analyze|call|cluster|comment|commit|copy|create|delete|do|drop|grant|insert|lock|merge|refresh|reindex|rename|replace|revoke|rollback|savepoint|start|truncate|update|vacuum)\b/i;
/** Words that also begin clauses: taken only after an empty line, a comment or a finished statement. */
const weak = /^(?:begin|end|explain|pragma|select|set|use|values|with|\\\w)/i;
/** What may be believed to follow a function's body when a line inside its quotes looks like a statement. */
const outsideBody = /^(?:alter|comment|create|drop|grant|revoke)\b/i;

/** Offsets in a statement that could not be read where another one may begin, in order; at most 60. */
export function candidatesIn(text: string, unit: Unit, lexicon: Lexicon): number[] {
  const skip = quotedRanges(text, unit, lexicon);
  const found: number[] = [];
  for (let line = nextLine(text, unit.start); line < unit.end && found.length < mostCandidates; line = nextLine(text, line)) {
    let at = line;
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    const head = text.slice(at, at + 30).replace(/^\/\*M?!\d*\s*/, '');
    const range = skip.find(({ start, end }) => start < at && at < end);
    if (range?.kind === 'comment') continue;
    if (range?.kind === 'dollar' && (at !== line || !outsideBody.test(head))) continue;
    if (strong.test(head) || (weak.test(head) && startsAfresh(text, line))) found.push(at);
  }
  return found;
}

/** Closed comments and dollar-quoted bodies of the unit that span lines. */
function quotedRanges(text: string, unit: Unit, lexicon: Lexicon): { kind: 'comment' | 'dollar'; start: number; end: number }[] {
  const ranges: { kind: 'comment' | 'dollar'; start: number; end: number }[] = [];
  for (let at = unit.start; at < unit.end; ) {
    const token = tokenAt(text, at, lexicon);
    if (token.closed && (token.kind === 'comment' || token.kind === 'dollar')) ranges.push({ kind: token.kind, start: token.start, end: token.end });
    at = Math.max(token.end, at + 1);
  }
  return ranges;
}

function startsAfresh(text: string, line: number): boolean {
  const before = text.slice(Math.max(0, line - 300), line).trimEnd();
  const last = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1).trim();
  return /\n[ \t]*\r?\n$|\r[ \t]*\r$/.test(text.slice(Math.max(0, line - 300), line)) || last.endsWith(';') || last.endsWith('*/') || last.startsWith('--') || last.startsWith('#');
}

function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\n') return at + 1;
    if (text[at] === '\r' && text[at + 1] !== '\n') return at + 1;
  }
  return text.length;
}
