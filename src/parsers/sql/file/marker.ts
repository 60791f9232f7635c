import type { Span } from '../../../source/span.ts';

/** A line of a file that a tool takes for an instruction. */
export interface Marker extends Span {
  readonly match: RegExpExecArray;
  /** Offset of the line after it. */
  readonly next: number;
}

/** The lines that match; `form` is tried on each line from its first character, without its line end. */
export function markersIn(text: string, form: RegExp): Marker[] {
  const found: Marker[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length + 1 : newline + 1;
    const end = newline < 0 ? text.length : newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
    // A marker is short; a line of a megabyte is none.
    const match = end - start <= 2_000 ? form.exec(text.slice(start, end)) : null;
    if (match) found.push({ start, end, match, next: Math.min(next, text.length) });
    start = next;
  }
  return found;
}
