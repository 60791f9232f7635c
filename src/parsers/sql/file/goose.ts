import { markersIn } from './marker.ts';
import type { FileParts } from './part.ts';
import { sectionsOf } from './sections.ts';

/**
 * goose: `-- +goose Up`, `-- +goose Down`, `-- +goose NO TRANSACTION` (anywhere), `StatementBegin` and `StatementEnd` (comments to the reader of SQL).
 * Each file runs in one transaction, statement by statement, unless it says otherwise.
 */
export function readGoose(text: string): FileParts {
  const off = markersIn(text, /^--\s*\+goose\s+NO\s+TRANSACTION\b/i)[0];
  const sections = sectionsOf(text, markersIn(text, /^--\s*\+goose\s+(Up|Down)\b/i), ({ match }) => (/^u/i.test(match[1] ?? '') ? 'up' : 'down'), null);
  const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction).map(({ start, end }) => ({ start, end, sending: off ? 'statements' as const : 'wrapped' as const }));
  const down = parts('down');
  return { up: parts('up'), down: down.length > 0 ? down : null, transactionDisabledAt: off ? { start: off.start, end: off.end } : null, problems: [] };
}
