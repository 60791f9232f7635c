import type { Migration, Problem } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { statesReason } from './shared/stated-reason.ts';

export default defineRule({
  id: 'empty-migration',
  summary: 'The migration does nothing, and does not say why.',
  hazard: 'history',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'An empty migration is recorded as run. When it stands in for a change that was made by hand (a blue/green switch, an online schema change tool), the schema of every other database differs from production until somebody notices; '
      + 'when statements are added to it later, they never run where it ran already.',
    exceptions: 'Accepted when a comment in the file or above the class says why it is empty, for files that are for one server of several, and for graphile-migrate\'s `current.sql`, which is empty between two migrations.',
  },
  migration({ migration, steps }) {
    if (migration.language === 'sql' && (forOneServer.test(migration.source.path) || isWorkspace(migration))) return undefined;
    if (steps.length > 0 || hasUpStatements(migration) || migration.problems.some(hidesStatements) || hasReason(migration)) return undefined;
    return {
      message: 'This migration does nothing.',
      why: 'It is recorded as run, so statements that are added to it later never run where it ran already; and a change that it stands in for is missing in every database where nobody made it by hand.',
      remedy: advise('Remove the file, or say in a comment why it is empty: which change it stands in for, and how the other databases get it.'),
    };
  },
});

/** A path that names a server: the step is empty there because only others need it. */
const forOneServer = /(?:^|[/._-])(?:postgres(?:ql)?|mysql|mariadb|sqlite3?|cockroach(?:db)?)(?:[/._-])/i;

/** graphile-migrate's `current.sql`: it is empty whenever nothing is being written. */
function isWorkspace({ framework, version }: Migration): boolean {
  return framework === 'graphile-migrate' && version === null;
}

/** True when something stands in the way up that came to no operation; what stands in the way back does not count. */
function hasUpStatements({ statements, down }: Migration): boolean {
  const back = down.kind === 'written' ? down.operations.map(({ statement }) => statement) : 'at' in down ? [down.at] : [];
  return statements.some((statement) => !back.some((span) => span.start < statement.end && statement.start < span.end));
}

/** True for what may keep statements from being seen. */
function hidesStatements(problem: Problem): boolean {
  return problem.kind === 'migration-class' ? problem.reason === 'no-class' || problem.reason === 'superclass' : problem.kind !== 'unexplained-assurance';
}

function hasReason({ comments }: Migration): boolean {
  return comments.some(statesReason);
}
