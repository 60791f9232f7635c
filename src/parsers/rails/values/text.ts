import { joinEmbedded, type Embedded, type EmbeddedSegment } from '../../../source/embedded.ts';
import type { Span } from '../../../source/span.ts';

/** The text of a part that is not known: its source in `#{ }`. */
export function hole(source: string, at: Span): Embedded {
  const text = `#{${source}}`;
  return { text, segments: [{ at: 0, length: text.length, outer: at, exact: false }] };
}

/** Ends a text that goes on beyond what is followed. */
export const beyond = '#{and more than can be followed}';

/** A text of known beginning that is too long to be followed to its end: the pieces, each no longer than what is left of `most` characters, and a mark. */
export function tooLong(pieces: readonly Embedded[], most: number, whole: Span): Embedded {
  const kept: Embedded[] = [];
  let left = most;
  for (const piece of pieces) {
    if (left <= 0) break;
    kept.push(piece.text.length <= left ? piece : slice(piece, 0, left));
    left -= piece.text.length;
  }
  return joinEmbedded([...kept, hole(beyond.slice(2, -1), whole)]);
}

/** The spans of the parts that are not known. */
export function holesOf(embedded: Embedded): Span[] {
  return embedded.segments.filter((segment) => isHole(embedded, segment)).map((segment) => ({ start: segment.at, end: segment.at + segment.length }));
}

/** A text known by value that stands at `outer` in another form. */
export function inexact(text: string, outer: Span): Embedded {
  return { text, segments: text === '' ? [] : [{ at: 0, length: text.length, outer, exact: false }] };
}

/** `text.slice(start, end)` with the map kept. */
export function slice(embedded: Embedded, start: number, end: number): Embedded {
  const segments: EmbeddedSegment[] = [];
  for (let index = firstAt(embedded.segments, start); index < embedded.segments.length; index++) {
    const segment = embedded.segments[index];
    if (!segment || segment.at >= end) break;
    const from = Math.max(start, segment.at);
    const to = Math.min(end, segment.at + segment.length);
    if (from >= to) continue;
    const offset = from - segment.at;
    const outer = segment.exact ? { start: segment.outer.start + offset, end: segment.outer.start + offset + (to - from) } : segment.outer;
    segments.push({ at: from - start, length: to - from, outer, exact: segment.exact });
  }
  return { text: embedded.text.slice(start, end), segments };
}

/** `String#strip`, `#lstrip`, `#rstrip`. */
export function strip(embedded: Embedded, left = true, right = true): Embedded {
  const { text } = embedded;
  let start = 0;
  let end = text.length;
  if (left) while (start < end && /[\s\0]/.test(text.charAt(start))) start += 1;
  if (right) while (end > start && /[\s\0]/.test(text.charAt(end - 1))) end -= 1;
  return slice(embedded, start, end);
}

/** `String#squish`: runs of white space become one space; parts that are not known stay as they are. */
export function squish(embedded: Embedded): Embedded {
  const trimmed = strip(embedded);
  const pieces: Embedded[] = [];
  for (const segment of trimmed.segments) {
    const piece = slice(trimmed, segment.at, segment.at + segment.length);
    if (isHole(trimmed, segment)) {
      pieces.push(piece);
      continue;
    }
    let from = 0;
    for (const run of piece.text.matchAll(/\s+/g)) {
      pieces.push(slice(piece, from, run.index));
      const before = pieces.findLast((other) => other.text !== '');
      const outer = slice(piece, run.index, run.index + 1).segments[0]?.outer ?? segment.outer;
      if (!before?.text.endsWith(' ')) pieces.push(inexact(' ', outer));
      from = run.index + run[0].length;
    }
    pieces.push(slice(piece, from, piece.text.length));
  }
  return joinEmbedded(pieces);
}

/** `String#strip_heredoc`: takes the smallest indentation off every line. */
export function stripHeredoc(embedded: Embedded): Embedded {
  const indents = [...embedded.text.matchAll(/^[ \t]*(?=\S)/gm)].map((match) => match[0].length);
  const width = indents.length > 0 ? Math.min(...indents) : 0;
  if (width === 0) return embedded;
  return joinEmbedded(lines(embedded).map((line) => slice(line, Math.min(width, /^[ \t]*/.exec(line.text)?.[0].length ?? 0), line.text.length)));
}

/** `String#lines`: each with its line end. */
export function lines(embedded: Embedded): Embedded[] {
  const all: Embedded[] = [];
  let from = 0;
  while (from < embedded.text.length) {
    const newline = embedded.text.indexOf('\n', from);
    const to = newline < 0 ? embedded.text.length : newline + 1;
    all.push(slice(embedded, from, to));
    from = to;
  }
  return all;
}

/** Replaces matches by a fixed text. */
export function replace(embedded: Embedded, pattern: RegExp, replacement: (match: string) => string, all: boolean): Embedded {
  const pieces: Embedded[] = [];
  let from = 0;
  const flags = pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`;
  for (const match of embedded.text.matchAll(new RegExp(pattern.source, flags))) {
    pieces.push(slice(embedded, from, match.index));
    const place = slice(embedded, match.index, Math.max(match.index + match[0].length, match.index + 1)).segments[0]?.outer;
    pieces.push(inexact(replacement(match[0]), place ?? { start: 0, end: 0 }));
    from = match.index + match[0].length;
    if (!all) break;
  }
  pieces.push(slice(embedded, from, embedded.text.length));
  return joinEmbedded(pieces);
}

/** Splits at every match. */
export function split(embedded: Embedded, separator: string): Embedded[] {
  const all: Embedded[] = [];
  let from = 0;
  for (;;) {
    const at = embedded.text.indexOf(separator, from);
    if (at < 0 || separator === '') break;
    all.push(slice(embedded, from, at));
    from = at + separator.length;
  }
  all.push(slice(embedded, from, embedded.text.length));
  return all;
}

/** Every part of the text stands at `at`: for text that comes from another file. */
export function moveTo(embedded: Embedded, at: Span): Embedded {
  return { text: embedded.text, segments: embedded.segments.map((segment) => ({ ...segment, outer: at, exact: false })) };
}

function isHole(embedded: Embedded, segment: EmbeddedSegment): boolean {
  return !segment.exact && embedded.text.startsWith('#{', segment.at) && embedded.text.charAt(segment.at + segment.length - 1) === '}';
}

/** The place of the segment that holds an offset. */
function firstAt(segments: readonly EmbeddedSegment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
