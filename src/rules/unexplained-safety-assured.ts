import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'unexplained-safety-assured',
  summary: 'Someone says that a statement is safe without saying why.',
  hazard: 'history',
  severity: 'warn',
  engines: 'all',
  replaces: ['online_migrations/require_safety_assured_reason'],
  docs: {
    why: '`safety_assured` switches every other checker off for what is inside. Copied from file to file it becomes a habit: in public repositories, 6 of 16 columns that were dropped too early were inside one. '
      + 'A reason gives the reviewer something to agree or disagree with.',
    exceptions: 'A comment on the line before or the same line, or a text given as an argument, is a reason.',
  },
  problem: {
    'unexplained-assurance': (problem) => ({
      message: `${quoted(problem.by)} gives no reason.`,
      why: 'It hides what is inside from other checks, and the next reader cannot tell whether it was considered or copied.',
      remedy: advise('Say in a comment above it why the statement is safe here: the size of the table, the code that no longer uses the column, the window in which it runs.'),
    }),
  },
});
