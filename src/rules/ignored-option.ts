import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'ignored-option',
  summary: 'An option or call that the framework does not know: it does nothing, or fails when it runs.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['rubocop-rails/AddColumnIndex', 'pg_ha_migrations/add_index'],
  docs: {
    why: 'Active Record takes options as a hash and drops many keys it does not know without a word: `add_column ..., index: true` builds no index, `unique:` on a column is no constraint. '
      + 'The review sees an index that production never gets. A misspelt method raises NoMethodError in the middle of the migration.',
    exceptions: 'A method of the application that looks like a misspelt statement: declare it in the migration or include its module where it can be found.',
  },
  problem: {
    'ignored-option': (problem) => ({
      message: `The option ${quoted(problem.option)} of ${quoted(problem.call)} has no effect.`,
      why: sentence(problem.effect),
      remedy: advise(problem.instead ? `Write ${problem.instead.replace(/\.$/, '')} instead.` : `Remove ${quoted(problem.option)}.`),
      ...(problem.mild ? { severity: 'warn' as const } : {}),
    }),
    'misspelled-call': (problem) => ({
      message: `${quoted(problem.call)} is no statement of a migration.`,
      why: `No such method is known, and its name is close to ${quoted(problem.suggestion)}: it raises NoMethodError when the migration runs.`,
      remedy: advise(`Write ${quoted(problem.suggestion)}.`),
    }),
  },
});

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}
