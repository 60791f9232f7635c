import { markersIn } from './marker.ts';
import type { Marker } from './marker.ts';
import { ineffective } from './part.ts';
import type { FileParts, Part } from './part.ts';
import { sectionsOf } from './sections.ts';

/** dbmate: `-- migrate:up [transaction:false]`, `-- migrate:down`. A section runs in one transaction; without it its text is sent as a whole. */
export function readDbmate(text: string): FileParts {
  const markers = markersIn(text, /^--\s*migrate:(up|down)(?:\s(.*))?$/);
  const sections = sectionsOf(text, markers, ({ match }) => (match[1] === 'up' ? 'up' : 'down'), null);
  const switchedOff = sections.find(({ direction, marker }) => direction === 'up' && isOff(marker))?.marker;
  const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction).map(({ start, end, marker }): Part => ({ start, end, sending: isOff(marker) ? 'whole' : 'wrapped' }));
  const down = parts('down');
  return {
    up: parts('up'), down: down.length > 0 ? down : null, transactionDisabledAt: switchedOff ? { start: switchedOff.start, end: switchedOff.end } : null,
    problems: markers.filter((marker) => marker.match[1] === 'up' && !isOff(marker) && misspelt.test(marker.match[2] ?? ''))
      .map((marker) => ineffective(marker, misspelt.exec(marker.match[2] ?? '')?.[0] ?? 'transaction', 'dbmate knows the word "transaction:false" only, in lower case and without a space', 'Write "-- migrate:up transaction:false"')),
  };
}

const misspelt = /transaction\s*[:=]\s*["']?(?:false|off|no)\b/i;

function isOff(marker: Marker | null): boolean {
  return (marker?.match[2] ?? '').split(/\s+/).includes('transaction:false');
}
