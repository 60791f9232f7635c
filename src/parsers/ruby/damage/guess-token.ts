import type { Span } from '../../../source/span.ts';
import { blank } from '../patch.ts';
import type { Candidate, Guess } from './candidate.ts';
import { lineAt, lineStart } from './diagnosis.ts';
import { characterName, sentence, unexpected } from './wording.ts';

/** Spaces of other scripts, which Ruby takes for letters. */
const strangeSpace = /[\u00a0\u2000-\u200b\u3000\ufeff]/;

/** Full-width spaces and typographic quotes that an editor or a web page left behind. */
export const guessCharacters: Guess = ({ text, structural }) => {
  const candidates: Candidate[] = [];
  const spaces = [...text.matchAll(new RegExp(strangeSpace.source, 'g'))];
  const first = spaces.find(({ index }) => !/["'#]/.test(text.slice(lineStart(text, index), index)));
  if (first) {
    const message = `A special space (${characterName(first[0])}) stands here; Ruby takes it for part of a name. Write a plain space.`;
    candidates.push({ edits: spaces.map(({ index }) => ({ start: index, end: index + 1, insert: ' ' })), error: { start: first.index, end: first.index + 1, message } });
  }
  const line = lineAt(text, structural[0]?.start ?? 0);
  const quotes = [...text.slice(line.start, line.end).matchAll(/[“”„‟‘’]/g)].map((quote) => ({ at: line.start + quote.index, sign: quote[0] }));
  const [quote] = quotes;
  if (quote) {
    const edits = quotes.map(({ at, sign }) => ({ start: at, end: at + 1, insert: /[‘’]/.test(sign) ? "'" : '"' }));
    candidates.push({ edits, error: { start: quote.at, end: quote.at + 1, message: `The typographic quotation mark ${quote.sign} does not open a string: write " or '.` } });
  }
  return candidates;
};

const dangling = 'Nothing follows this comma.';

/** A missing or surplus comma, a surplus word. */
export const guessTokens: Guess = ({ text, structural }) => {
  const [error] = structural;
  if (!error) return [];
  const token = text.slice(error.start, error.end);
  const line = lineAt(text, error.start);
  const before = text.slice(line.start, error.start);
  const candidates: Candidate[] = structural.filter(({ start, end }) => text.slice(start, end) === 'elsif').map(elsifOfUnless);
  const comma = commaBefore(text, line.start) ?? commaBefore(text, error.start);
  if (comma !== null) candidates.push({ edits: [{ start: comma, end: comma + 1, insert: ' ' }], error: { start: comma, end: comma + 1, message: dangling } });
  if (/[\w\]})"':]\s*$/.test(before) && /^[\p{L}\p{N}_:"'[{]/u.test(token)) {
    candidates.push({ edits: [{ start: error.start, end: error.start, insert: ', ' }], error: { start: error.start, end: error.end, message: `A comma is missing before "${token}".` } });
  }
  if (token.trim() !== '') candidates.push({ edits: [blank(text, error)], error: { start: error.start, end: error.end, message: token === ',' ? dangling : unexpected(token) } });
  return candidates;
};

/** As a last resort, a line that is left out. */
export const guessLines: Guess = ({ text, structural }) => {
  const [error] = structural;
  if (!error) return [];
  const line = lineAt(text, error.start);
  const report = { start: error.start, end: error.end, message: sentence(text, error) };
  const previous = line.start > 0 ? lineAt(text, line.start - 1) : line;
  const candidates: Candidate[] = [{ edits: [blank(text, line)], error: report }];
  if (previous.start < line.start) {
    candidates.push({ edits: [blank(text, previous)], error: report }, { edits: [blank(text, previous), blank(text, line)], error: report });
  }
  return candidates;
};

function elsifOfUnless({ start, end }: Span): Candidate {
  return { edits: [{ start, end, insert: 'else ' }], error: { start, end, message: '"elsif" cannot stand in an "unless".' } };
}

/** The comma that ends the code before an offset, or null. */
function commaBefore(text: string, offset: number): number | null {
  const start = Math.max(0, offset - 400);
  const before = /,[ \t]*(?:#[^\n]*)?[\s]*$/.exec(text.slice(start, offset));
  return before ? start + before.index : null;
}
