import { markersIn } from './marker.ts';
import type { FileParts, Part } from './part.ts';
import { sectionsOf } from './sections.ts';

/** dbmate: `-- migrate:up [transaction:false]`, `-- migrate:down`. A section runs in one transaction; without it its text is sent as a whole. */
export function readDbmate(text: string): FileParts {
  const sections = sectionsOf(text, markersIn(text, /^--\s*migrate:(up|down)\b(.*)$/), ({ match }) => (match[1] === 'up' ? 'up' : 'down'), null);
  const switchedOff = sections.find(({ direction, marker }) => direction === 'up' && /\btransaction:false\b/.test(marker?.match[2] ?? ''))?.marker;
  const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction)
    .map(({ start, end, marker }): Part => ({ start, end, sending: /\btransaction:false\b/.test(marker?.match[2] ?? '') ? 'whole' : 'wrapped' }));
  const down = parts('down');
  return { up: parts('up'), down: down.length > 0 ? down : null, transactionDisabledAt: switchedOff ? { start: switchedOff.start, end: switchedOff.end } : null, problems: [] };
}
