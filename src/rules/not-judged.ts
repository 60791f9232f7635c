import type { Migration } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Span } from '../source/span.ts';
import { defineRule } from './rule.ts';
import { excerpt, quoted } from './shared/names.ts';

export default defineRule({
  id: 'not-judged',
  summary: 'A part of the migration could not be read, so nothing is said about it.',
  hazard: 'advice',
  severity: 'notice',
  engines: 'all',
  replaces: ['strong_migrations/execute', 'pgsafe/unchecked-do-block', 'migrationpilot/MP063', 'safemigrate-lint/analyzer_blind_on_dynamic_sql'],
  docs: {
    why: 'SQL that is put together while the migration runs, methods defined elsewhere and other dynamic code cannot be judged without running them. Such a part is named rather than passed over: review it by hand.',
    exceptions: 'A notice never fails a run.',
  },
  check: {
    'opaque': (operation, { migration }) => (saidOtherwise(operation.at, migration) ? undefined : {
      message: `This was not judged: ${operation.reason.trim().replace(/\.$/, '')}.`,
      why: `What ${quoted(excerpt(operation.text || operation.verb))} does is decided while the migration runs.`,
      remedy: advise('Review it by hand, or write it with constant names so that it can be judged.'),
    }),
  },
});

/** True when a problem at the same place says what is wrong already. */
function saidOtherwise(at: Span, migration: Migration): boolean {
  return migration.problems.some((problem) => (problem.kind === 'misspelled-call' || problem.kind === 'syntax-error') && problem.at.start < at.end && at.start < problem.at.end);
}
