import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'ineffective-transaction-flag',
  summary: 'A switch for the transaction stands where the tool that runs the migration does not look for it.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'The migration runs in a transaction although its text says otherwise: CONCURRENTLY is refused there (25001), and locks that should be short are kept to the end.',
    exceptions: 'None: the switch has no effect.',
  },
  problem: {
    'ineffective-transaction-flag': (problem) => ({
      message: `The switch ${quoted(problem.flag)} has no effect here.`,
      why: `${problem.reason}; the migration runs in a transaction all the same.`,
      remedy: advise(`${problem.instead}.`),
    }),
  },
});
