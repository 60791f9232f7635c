import { markersIn } from './marker.ts';
import type { FileParts, FileSituation, Part, Sending } from './part.ts';
import { sectionsOf } from './sections.ts';

interface Marks {
  readonly form: RegExp;
  readonly isUp: (match: RegExpExecArray) => boolean;
  /** How the tool that has these marks sends what stands after one; null for marks of no tool. */
  readonly sending: ((text: string, match: RegExpExecArray | null) => Sending) | null;
  /** What stands before the first mark: part of the way up, or nothing that runs. */
  readonly before: 'up' | null;
}

/** How tools that are not told by their layout mark the way back in a file: sql-migrate, tern, Play; and words that people write by themselves. */
const marks: readonly Marks[] = [
  { form: /^--\s*\+migrate\s+(Up|Down)\b(.*)$/i, isUp: ([, way = '']) => /up/i.test(way), sending: (_, match) => (/\bnotransaction\b/.test(match?.[2] ?? '') ? 'statements' : 'wrapped'), before: null },
  { form: /^---- create above \/ drop below ----/, isUp: () => false, sending: (text) => (/^---- tern: disable-tx ----/m.test(text) ? 'statements' : 'wrapped'), before: 'up' },
  { form: /^(?:#|--)\s*-*\s*!(Ups|Downs)\b/, isUp: ([, way = '']) => way === 'Ups', sending: () => 'statements', before: null },
  { form: /^-{2,}\s*(?:\/\/)?[@!]?(?:down|undo|rollback)(?:\s+(?:migration|script))?\s*:?\s*-*\s*$/i, isUp: () => false, sending: null, before: 'up' },
];

/** Files of which nobody knows who runs them: statement by statement, as psql does, up to a line that says that the way back follows. */
export function readPlain(text: string, { sending, assumed }: FileSituation): FileParts {
  const unknown = assumed ?? 'statements';
  for (const { form, isUp, sending: sendingOf, before } of marks) {
    const ofTool = sendingOf ?? (() => unknown);
    const markers = markersIn(text, form);
    if (markers.length === 0) continue;
    const sections = sectionsOf(text, markers, ({ match }) => (isUp(match) ? 'up' : 'down'), before);
    const parts = (direction: 'up' | 'down') => sections.filter((section) => section.direction === direction).map(({ start, end, marker }): Part => ({ start, end, sending: sending ?? ofTool(text, marker?.match ?? null) }));
    const disabled = sections.find(({ direction, marker }) => direction === 'up' && marker && ofTool(text, marker.match) === 'statements' && /\bnotransaction\b/.test(marker.match[2] ?? ''))?.marker;
    return { up: parts('up'), down: parts('down'), transactionDisabledAt: disabled ? { start: disabled.start, end: disabled.end } : null, problems: [] };
  }
  return { up: [{ start: 0, end: text.length, sending: sending ?? unknown }], down: null, transactionDisabledAt: null, problems: [] };
}
