import type { Lexicon } from '../text/lexicon.ts';
import { tokenAt } from '../text/token.ts';

/**
 * The text with a tool's own statement delimiter replaced by a semicolon and spaces, outside of strings, names and comments; of the same length. A single slash
 * and a word count where they stand alone on a line.
 */
export function withSemicolons(text: string, delimiter: string, lexicon: Lexicon): string {
  if (delimiter.trim() === ';' || !text.includes(delimiter)) return text;
  const alone = /^(?:\/|\w+)$/.test(delimiter);
  // A line end in it stays, because it may end a comment.
  const semicolon = `${blanked(delimiter.slice(0, -1))};`;
  let result = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    const end = Math.max(token.end, at + 1);
    if (token.kind === 'string' || token.kind === 'dollar' || token.kind === 'name' || token.kind === 'comment') {
      at = end;
      continue;
    }
    // A delimiter may begin inside a word (`END$$`) and go beyond a symbol (`//`).
    const found = text.indexOf(delimiter, at);
    if (found < 0) break;
    if (found >= end) {
      at = end;
      continue;
    }
    if (!alone || standsAlone(text, found, found + delimiter.length)) {
      result += text.slice(copied, found) + semicolon;
      copied = found + delimiter.length;
    }
    at = Math.max(end, found + delimiter.length);
  }
  return result + text.slice(copied);
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const newline = text.indexOf('\n', end);
  return before.trim() === '' && text.slice(end, newline < 0 ? text.length : newline).trim() === '';
}

/** Spaces in place of a stretch of text; line ends stay. */
export function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
