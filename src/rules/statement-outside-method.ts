import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'statement-outside-method',
  summary: 'A schema statement stands in the class body: it runs when the file is loaded, not when the migration is run.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Rails forwards unknown calls on the class to an instance, so a statement in the class body runs as soon as the file is loaded: outside the transaction, before the version is recorded, '
      + 'also when rolling back, and again on the next load. When the migration then fails for another reason, the statement has run all the same, and the next load fails on it.',
    exceptions: 'None.',
  },
  problem: {
    'statement-outside-method': (problem) => ({
      message: `${quoted(problem.call)} stands in the class body, outside "change", "up" and "down".`,
      why: 'It runs when the file is loaded, outside the migration\'s transaction and without being recorded: on every load, also on a rollback.',
      remedy: advise(`Move ${quoted(problem.call)} into "change" or "up".`),
    }),
  },
});
