import type { Span } from '../../../source/span.ts';
import type { Marker } from './marker.ts';

/** A stretch of a file from one marker to the next. */
export interface Section extends Span {
  readonly direction: 'up' | 'down';
  /** The marker that opens it; null for what stands before the first one. */
  readonly marker: Marker | null;
}

/** Cuts a file at markers that say which way the text after them goes. What stands before the first one goes `before`, or nowhere. */
export function sectionsOf(text: string, markers: readonly Marker[], directionOf: (marker: Marker) => 'up' | 'down', before: 'up' | null): Section[] {
  const sections: Section[] = [];
  const first = markers[0];
  if (before && (first?.start ?? text.length) > 0) sections.push({ start: 0, end: first?.start ?? text.length, direction: before, marker: null });
  markers.forEach((marker, at) => sections.push({ start: marker.next, end: markers[at + 1]?.start ?? text.length, direction: directionOf(marker), marker }));
  return sections;
}
