import type { Patch } from '../patch.ts';
import { applyEdits, blank } from '../patch.ts';
import { withoutStops } from '../stop.ts';
import type { RubySyntaxError } from '../tree.ts';
import type { RawNode } from '../tree-sitter/raw.ts';
import type { Candidate, Guess } from './candidate.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnose, lineAt } from './diagnosis.ts';
import { guessBrackets, guessOpeners } from './guess-bracket.ts';
import { guessEnds } from './guess-end.ts';
import { guessNames } from './guess-name.ts';
import { guessHeredocs, guessStrings } from './guess-string.ts';
import { guessCharacters, guessTokens } from './guess-token.ts';
import { sentence } from './wording.ts';

/** A damaged text as it can be read. */
export interface Repair {
  readonly patch: Patch;
  /** One error for each root cause, by position in the original. */
  readonly errors: readonly RubySyntaxError[];
  /** True when nothing structural is left. */
  readonly complete: boolean;
}

const guesses: readonly Guess[] = [guessCharacters, guessHeredocs, guessEnds, guessStrings, guessBrackets, guessOpeners, guessTokens];

/** How many characters may be parsed for one file. */
const budget = 3_000_000;
const mostGuesses = 80;
const mostErrors = 6;
/** With more complaints than this the text is hardly Ruby. */
const mostComplaints = 100;

/** Finds what makes a text invalid Ruby by trying out what would make it valid; `raw` gives tree-sitter's tree of a text. */
export function repair(text: string, raw: (text: string) => RawNode): Repair {
  const template = /<%[=-]?[\s\S]*?%>/.exec(text);
  const cleaned = withoutConflicts(withoutStops(text));
  const start = diagnose(cleaned.patch.text);
  if (!start) return { ...cleaned, complete: false };
  const names = guessNames(start, () => raw(start.text));
  const named = names.length === 0 ? cleaned : {
    patch: applyEdits(cleaned.patch, names.flatMap((name) => name.edits)),
    errors: [...cleaned.errors, ...names.map((name) => toOriginal(cleaned.patch, name.error))],
  };
  const found = names.length === 0 ? start : (diagnose(named.patch.text) ?? start);
  const repaired = search(named.patch, found, raw);
  if (repaired) return { patch: repaired.patch, errors: inOrder([...named.errors, ...repaired.errors]), complete: true };
  const [first] = found.structural;
  const unresolved = template && cleaned.errors.length === 0
    ? [{ start: template.index, end: template.index + 2, message: 'The file is an ERB template, not Ruby code.' }]
    : first ? [toOriginal(named.patch, { ...first, message: sentence(named.patch.text, first) })] : [];
  return { patch: named.patch, errors: inOrder([...named.errors, ...unresolved]), complete: false };
}

/** Tries guesses until nothing structural is left; null when they run out. Of the guesses that only help, the one that helps most is taken. */
function search(from: Patch, start: Diagnosis, raw: (text: string) => RawNode): { patch: Patch; errors: RubySyntaxError[] } | null {
  if (start.structural.length > mostComplaints) return null;
  const errors: RubySyntaxError[] = [];
  let patch = from;
  let found = start;
  let left = Math.min(mostGuesses, Math.floor(budget / Math.max(1, from.text.length)));
  while (found.structural.length > 0) {
    let best: { candidate: Candidate; after: Diagnosis } | null = null;
    for (const candidate of guessAll(found, raw)) {
      if (left <= 0 || errors.length >= mostErrors) return null;
      left -= 1;
      const after = diagnose(applyEdits(patch, candidate.edits).text);
      if (after && after.structural.length < (best?.after ?? found).structural.length) best = { candidate, after };
      if (after?.structural.length === 0) break;
    }
    if (!best) return null;
    errors.push(toOriginal(patch, best.candidate.error));
    patch = applyEdits(patch, best.candidate.edits);
    found = best.after;
  }
  errors.push(...found.local.map((error) => toOriginal(patch, { ...error, message: sentence(patch.text, error) })));
  return { patch, errors };
}

/** By position; of several at one place the first. */
function inOrder(errors: readonly RubySyntaxError[]): RubySyntaxError[] {
  const sorted = [...errors].sort((a, b) => a.start - b.start);
  return sorted.filter((error, index) => index === 0 || sorted[index - 1]?.start !== error.start);
}

/** Guesses one by one, so that tree-sitter is asked only when the earlier ones fail. */
function* guessAll(diagnosis: Diagnosis, raw: (text: string) => RawNode): Generator<Candidate> {
  let root: RawNode | null = null;
  for (const guess of guesses) yield* guess(diagnosis, () => (root ??= raw(diagnosis.text)));
}

function toOriginal(patch: Patch, error: RubySyntaxError): RubySyntaxError {
  const start = patch.toOriginal(error.start);
  return { start, end: Math.max(start, patch.toOriginal(error.end)), message: error.message };
}

/** The text without conflict markers of git; both sides are read. One error for each conflict. */
function withoutConflicts(patch: Patch): { patch: Patch; errors: RubySyntaxError[] } {
  const { text } = patch;
  if (!/^(?:<{7}|>{7})(?: |\r?$)/m.test(text)) return { patch, errors: [] };
  const lines = [...text.matchAll(/^(?:<{7}(?: .*)?|>{7}(?: .*)?|\|{7}(?: .*)?|={7})\r?$/gm)].map((line) => lineAt(text, line.index));
  const opening = lines.filter((line, index) => index === 0 || text[line.start] === '<');
  return {
    patch: applyEdits(patch, lines.map((line) => blank(text, line))),
    errors: opening.map((line) => ({ ...line, message: 'A merge conflict is left here.' })),
  };
}

/** True when a good part of the text is no text. */
export function isBinary(text: string): boolean {
  const controls = text.slice(0, 8000).match(/[\0-\x08\x0e-\x1f\ufffd]/g)?.length ?? 0;
  return controls >= 10 && controls * 20 > Math.min(text.length, 8000);
}
