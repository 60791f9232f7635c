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
import { guessCharacters, guessLines, guessTokens } from './guess-token.ts';
import { sentence } from './wording.ts';

/** A damaged text as it can be read. */
export interface Repair {
  readonly patch: Patch;
  /** One error for each root cause, by position in the original. */
  readonly errors: readonly RubySyntaxError[];
  /** True when nothing structural is left. */
  readonly complete: boolean;
}

const careful: readonly Guess[] = [guessCharacters, guessHeredocs, guessEnds, guessStrings, guessBrackets, guessOpeners, guessTokens];

/** How many characters may be parsed for one file: every guess is a parse. */
const budget = 1_500_000;
const mostGuesses = 120;
const mostErrors = 6;
/** Of the guesses that only help, so many are followed. */
const branches = 3;
/** Shorter texts get a second attempt that may leave out lines. */
const secondAttemptLimit = 100_000;
/** With more complaints than this the text is hardly Ruby. */
const mostComplaints = 100;

/** Finds what makes a text invalid Ruby by trying out what would make it valid; `raw` gives tree-sitter's tree of a text. */
export function repair(text: string, raw: (text: string) => RawNode): Repair {
  const cleaned = withoutConflicts(withoutStops(text));
  const start = diagnose(cleaned.patch.text);
  if (!start) return { ...cleaned, complete: false };
  const template = /^(?:[ \t]*class[ \t]+)?<%/m.exec(text);
  if (template) {
    const at = template.index + template[0].length - 2;
    return { patch: cleaned.patch, errors: [{ start: at, end: at + 2, message: 'The file is an ERB template, not Ruby code.' }], complete: false };
  }
  const names = guessNames(start, () => raw(start.text));
  const named = names.length === 0 ? cleaned : {
    patch: applyEdits(cleaned.patch, names.flatMap((name) => name.edits)),
    errors: [...cleaned.errors, ...names.map((name) => toOriginal(cleaned.patch, name.error))],
  };
  const found = names.length === 0 ? start : (diagnose(named.patch.text) ?? start);
  const attempt = (guesses: readonly Guess[]): Solution | null =>
    search(named.patch, found, { raw, guesses, left: Math.min(mostGuesses, Math.floor(budget / Math.max(1, text.length))) }, 0);
  const repaired = found.structural.length > mostComplaints ? null : (attempt(careful) ?? (text.length > secondAttemptLimit ? null : attempt([...careful, guessLines])));
  if (repaired) return { patch: repaired.patch, errors: inOrder([...named.errors, ...repaired.errors]), complete: true };
  const [first] = found.structural;
  const unresolved = first ? [toOriginal(named.patch, { ...first, message: sentence(named.patch.text, first) })] : [];
  return { patch: named.patch, errors: inOrder([...named.errors, ...unresolved]), complete: false };
}

interface Solution {
  readonly patch: Patch;
  readonly errors: readonly RubySyntaxError[];
}

interface Search {
  readonly raw: (text: string) => RawNode;
  readonly guesses: readonly Guess[];
  /** How many more guesses may be tried. */
  left: number;
}

/** Tries guesses until nothing structural is left; null when they run out. Of the guesses that only help, those that help most are followed first. */
function search(patch: Patch, found: Diagnosis, state: Search, depth: number): Solution | null {
  if (found.structural.length === 0) {
    return { patch, errors: found.local.map((error) => toOriginal(patch, { ...error, message: sentence(patch.text, error) })) };
  }
  if (depth >= mostErrors) return null;
  const helpful: { candidate: Candidate; after: Diagnosis }[] = [];
  for (const candidate of guessAll(found, state)) {
    if (state.left <= 0) break;
    state.left -= 1;
    const after = diagnose(applyEdits(patch, candidate.edits).text);
    if (after && after.structural.length < found.structural.length) helpful.push({ candidate, after });
    if (after?.structural.length === 0) break;
  }
  helpful.sort((a, b) => a.after.structural.length - b.after.structural.length);
  for (const { candidate, after } of helpful.slice(0, branches)) {
    const rest = search(applyEdits(patch, candidate.edits), after, state, depth + 1);
    if (rest) return { patch: rest.patch, errors: [toOriginal(patch, candidate.error), ...rest.errors] };
  }
  return null;
}

/** By position; of several at one place the first. */
function inOrder(errors: readonly RubySyntaxError[]): RubySyntaxError[] {
  const sorted = [...errors].sort((a, b) => a.start - b.start);
  return sorted.filter((error, index) => index === 0 || sorted[index - 1]?.start !== error.start);
}

/** Guesses one by one, so that tree-sitter is asked only when the earlier ones fail. */
function* guessAll(diagnosis: Diagnosis, { guesses, raw }: Search): Generator<Candidate> {
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
  const head = text.slice(0, 8000);
  let strange = 0;
  for (const character of head) if (character === '\ufffd' || (character < ' ' && !/\s/.test(character))) strange += 1;
  return strange >= 10 && strange * 20 > head.length;
}
