import type { Span } from './span.ts';

/** One run of an embedded text and where it stands in the outer file. */
export interface EmbeddedSegment {
  /** UTF-16 offset in the embedded text where the run starts. */
  readonly at: number;
  /** Length of the run in the embedded text, UTF-16 units. */
  readonly length: number;
  /** The run's span in the outer file. */
  readonly outer: Span;
  /** True when the run is copied character by character; false for escapes, interpolated values and constants from elsewhere. */
  readonly exact: boolean;
}

/** A text taken out of another one (SQL inside a Ruby heredoc), with a map back to its true place. */
export interface Embedded {
  readonly text: string;
  /** Sorted by `at`; together they cover the text. */
  readonly segments: readonly EmbeddedSegment[];
}

/** An embedded text that is one exact slice of the outer file. */
export function wholeSlice(text: string, start: number): Embedded {
  return { text, segments: [{ at: 0, length: text.length, outer: { start, end: start + text.length }, exact: true }] };
}

/** Joins embedded texts (string concatenation). */
export function joinEmbedded(parts: readonly Embedded[]): Embedded {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const segments: EmbeddedSegment[] = [];
  let text = '';
  for (const part of parts) {
    for (const segment of part.segments) segments.push({ at: segment.at + text.length, length: segment.length, outer: segment.outer, exact: segment.exact });
    text += part.text;
  }
  return { text, segments };
}

/** The span in the outer file of a span of the embedded text. */
export function outerSpan(embedded: Embedded, inner: Span): Span {
  const start = outerOffset(embedded, inner.start, 'start');
  const end = outerOffset(embedded, Math.max(inner.start, inner.end - 1), 'end');
  return { start, end: Math.max(start, end) };
}

function outerOffset(embedded: Embedded, offset: number, edge: 'start' | 'end'): number {
  const segment = segmentAt(embedded.segments, offset);
  if (!segment) return 0;
  if (!segment.exact) return edge === 'start' ? segment.outer.start : segment.outer.end;
  const within = Math.min(offset - segment.at, segment.length - 1);
  return segment.outer.start + Math.max(0, within) + (edge === 'end' ? 1 : 0);
}

function segmentAt(segments: readonly EmbeddedSegment[], offset: number): EmbeddedSegment | undefined {
  let found = segments[0];
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (!segment) break;
    if (segment.at <= offset) {
      found = segment;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
