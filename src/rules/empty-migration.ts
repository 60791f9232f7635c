import type { Comment, Migration, Problem } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';

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
    exceptions: 'Accepted when a comment in the file or above the class says why it is empty, and for files that are for one server of several.',
  },
  migration({ migration, steps }) {
    if (migration.language === 'sql' && forOneServer.test(migration.source.path)) return undefined;
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

const noReason = /^\s*(frozen_string_literal|encoding|coding|warn_indent|shareable_constant_value|typed|rubocop|standard|anzen|this migration comes from|-\*-|!)/i;
const code = /^\s*([a-z]+(_[a-z]+)+\s*\(?\s*[:'"]|(def|class|end|do|module|execute|t\.)\b|[A-Z]\w*(\.\w+)+[\s(])/;

/** True for a comment in words: three of them, or four characters of a script that writes without spaces. Statements put out of use are no reason. */
function statesReason({ text }: Comment): boolean {
  if (noReason.test(text) || code.test(text)) return false;
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu) ?? [];
  return words.length >= 3 || dense.length >= 4;
}
