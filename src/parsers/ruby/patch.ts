import type { Span } from '../../source/span.ts';

/** A change of a text: the span goes, `insert` comes in its place. */
export interface Edit extends Span {
  readonly insert: string;
}

/** A text as a parser is to see it, with the way back to the file. */
export interface Patch {
  /** What the parser reads. */
  readonly text: string;
  /** The file's own text; values and names are taken from it. */
  readonly original: string;
  /** The offset in the original of an offset in `text`; what was inserted lies where it was put. */
  toOriginal(offset: number): number;
}

/** A text as it is. */
export function unpatched(text: string): Patch {
  return { text, original: text, toOriginal: (offset) => offset };
}

/** The patch with further edits, whose spans are offsets in `patch.text` and do not overlap. */
export function applyEdits(patch: Patch, edits: readonly Edit[]): Patch {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const pieces: { from: number; to: number; start: number; end: number }[] = [];
  let text = '';
  let at = 0;
  const add = (start: number, end: number, content: string): void => {
    pieces.push({ from: text.length, to: text.length + content.length, start, end });
    text += content;
  };
  for (const edit of sorted) {
    add(at, edit.start, patch.text.slice(at, edit.start));
    add(edit.start, edit.end, edit.insert);
    at = edit.end;
  }
  add(at, patch.text.length, patch.text.slice(at));
  const back = (offset: number): number => {
    // The last piece that begins at or before the offset, so that a node after an insertion starts after it.
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle]?.from ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    return piece ? Math.min(piece.start + (offset - piece.from), piece.end) : offset;
  };
  return { text, original: patch.original, toOriginal: (offset) => patch.toOriginal(back(offset)) };
}

/** The edit that puts spaces in place of a span, line ends kept. */
export function blank(text: string, span: Span): Edit {
  return { ...span, insert: text.slice(span.start, span.end).replaceAll(/[^\r\n]/g, ' ') };
}
