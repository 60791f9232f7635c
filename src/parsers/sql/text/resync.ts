import type { Lexicon } from './lexicon.ts';
import type { Unit } from './split.ts';
import { tokenAt } from './token.ts';

const mostCandidates = 60;

/** Words that begin a statement and hardly ever a line inside one. */
const strong = /^(?:abort|alter|analyze|call|cluster|comment|commit|copy|create|delete|do|drop|grant|insert|lock|merge|prepare|reassign|refresh|reindex|rename|replace|revoke|rollback|savepoint|start|truncate|update|vacuum)\b/i;
/** Words that also begin clauses: taken after an empty line, a comment or a finished statement, or when what stands before them is a statement. */
const weak = /^(?:begin|end|explain|pragma|reset|select|set|show|use|values|with|\\\w)/i;
/** What may be believed to follow a function's body when a line inside its quotes looks like a statement. */
const outsideBody = /^(?:(?:alter|comment|create|drop|grant|revoke)\b|do\s+\$)/i;

/** A place where another statement may begin. */
export interface Candidate {
  readonly at: number;
  /** True when it is one only if what stands before it is a whole statement, so that nothing but the separator is missing. */
  readonly afterWhole: boolean;
}

/** Places in a statement that could not be read where another one may begin, in order; at most 60. */
export function candidatesIn(text: string, unit: Unit, lexicon: Lexicon): Candidate[] {
  const skip = quotedRanges(text, unit, lexicon);
  const found: Candidate[] = [];
  for (let line = nextLine(text, unit.start); line < unit.end && found.length < mostCandidates; line = nextLine(text, line)) {
    let at = line;
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    const head = text.slice(at, at + 30).replace(/^\/\*M?!\d*\s*/, '');
    const range = skip.find(({ start, end }) => start < at && at < end);
    if (range?.kind === 'comment') continue;
    if (range?.kind === 'dollar' && (at !== line || !outsideBody.test(head))) continue;
    if (strong.test(head)) found.push({ at, afterWhole: false });
    else if (weak.test(head)) found.push({ at, afterWhole: !startsAfresh(text, line) });
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
