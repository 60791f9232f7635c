import type { Migration } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Span } from '../source/span.ts';
import { defineRule } from './rule.ts';
import { excerpt, quoted } from './shared/names.ts';
import { countBefore } from '../source/search.ts';

export default defineRule({
  id: 'not-judged',
  summary: 'A part of the migration could not be read, so nothing is said about it.',
  hazard: 'advice',
  severity: 'notice',
  engines: 'all',
  replaces: ['strong_migrations/execute', 'pgsafe/unchecked-do-block', 'migrationpilot/MP063', 'safemigrate-lint/analyzer_blind_on_dynamic_sql'],
  docs: {
    why: 'SQL that is put together while the migration runs, methods defined elsewhere and other dynamic code cannot be judged without running them. Such a part is named rather than passed over: review it by hand.',
    exceptions: 'A notice never fails a run. A file with more than 20,000 changes or 200,000 statements does: the rest of it would be merged unseen.',
  },
  check: {
    'opaque': (operation, { migration }) => (saidOtherwise(operation.at, migration) ? undefined : {
      message: `This was not judged: ${operation.reason.trim().replace(/\.$/, '')}.`,
      ...(operation.rest ? {
        severity: 'error' as const,
        why: `From ${quoted(excerpt(operation.text))} on nothing of the file is judged.`,
        remedy: advise('Split the file, or load rows with COPY.'),
      } : {
        why: `What ${quoted(excerpt(operation.text || operation.verb))} does is decided while the migration runs.`,
        remedy: advise('Review it by hand, or write it with constant names so that it can be judged.'),
      }),
    }),
  },
});

/** For each migration, the places of its problems by where they start, each with the furthest end of those up to it. */
const saidPlaces = new WeakMap<Migration, readonly Span[]>();

/** True when a problem at the same place says what is wrong already. */
function saidOtherwise(at: Span, migration: Migration): boolean {
  const places = saidPlaces.get(migration) ?? placesOf(migration);
  saidPlaces.set(migration, places);
  const before = countBefore(places.length, (place) => (places[place]?.start ?? 0) < at.end);
  return (places[before - 1]?.end ?? 0) > at.start;
}

function placesOf({ problems }: Migration): Span[] {
  const places = problems.flatMap((problem) => (problem.kind === 'misspelled-call' || problem.kind === 'syntax-error' ? [problem.at] : [])).sort((a, b) => a.start - b.start);
  let furthest = 0;
  return places.map(({ start, end }) => ({ start, end: (furthest = Math.max(furthest, end)) }));
}
