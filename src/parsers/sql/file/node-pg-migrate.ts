import { markersIn } from './marker.ts';
import type { FileParts, Part } from './part.ts';
import { sectionsOf } from './sections.ts';

/** node-pg-migrate: `-- Up Migration`, `-- Down Migration`; without them the whole file goes up. All pending files run in one transaction. */
export function readNodePgMigrate(text: string): FileParts {
  const markers = markersIn(text, /^\s*--[\s-]*(up|down)\s+migration\b/i);
  const sections = sectionsOf(text, markers, ({ match }) => (/^u/i.test(match[1] ?? '') ? 'up' : 'down'), markers.some(({ match }) => /^u/i.test(match[1] ?? '')) ? null : 'up');
  const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction).map(({ start, end }): Part => ({ start, end, sending: 'wrapped' }));
  const down = parts('down');
  return { up: parts('up'), down: down.length > 0 ? down : null, transactionDisabledAt: null, problems: [] };
}
