import { markersIn } from './marker.ts';
import type { FileParts, Part } from './part.ts';
import { sectionsOf } from './sections.ts';

/**
 * goose: `-- +goose Up`, `-- +goose Down`, `-- +goose NO TRANSACTION` (anywhere), in any case but without space before them. Each file runs in one transaction,
 * statement by statement, unless it says otherwise; what stands between `StatementBegin` and `StatementEnd` is sent as one text.
 */
export function readGoose(text: string): FileParts {
  const off = markersIn(text, /^--\s*\+goose\s+NO\s+TRANSACTION\s*$/i)[0];
  const sections = sectionsOf(text, markersIn(text, /^--\s*\+goose\s+(Up|Down)\s*$/i), ({ match }) => (/^u/i.test(match[1] ?? '') ? 'up' : 'down'), null);
  const blocks = off ? markersIn(text, /^--\s*\+goose\s+Statement(Begin|End)\s*$/i) : [];
  const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction).flatMap(({ start, end }): Part[] => {
    if (!off) return [{ start, end, sending: 'wrapped' }];
    const inside = blocks.filter((block) => block.start >= start && block.end <= end);
    const cuts = [start, ...inside.map((block) => block.next), end];
    return cuts.slice(0, -1).map((from, at) => ({ start: from, end: cuts[at + 1] ?? end, sending: /begin/i.test(inside[at - 1]?.match[1] ?? '') ? 'whole' : 'statements' }));
  });
  const down = parts('down');
  return { up: parts('up'), down: down.length > 0 ? down : null, transactionDisabledAt: off ? { start: off.start, end: off.end } : null, problems: [] };
}
