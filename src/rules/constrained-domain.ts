import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'constrained-domain',
  summary: 'A domain is made with a constraint, which every later change of a column of that type pays for.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['squawk/ban-create-domain-with-constraint'],
  docs: {
    why: 'Adding a column of a domain with a CHECK or NOT NULL writes the table anew, even without a default (measured on Postgres 10 to 18; docs/locks.md), and so does changing a column to it. A constraint that is added to the domain later is checked in every table that uses it, all of them locked meanwhile. '
      + 'A check on the column can be added NOT VALID and validated without blocking anybody, table by table.',
    exceptions: 'Domains that only new tables use.',
  },
  check: {
    'create-domain': (operation) => (operation.constrained ? {
      message: `The domain ${quoted(operation.type)} has a constraint.`,
      why: 'A column of it that is added to a table rewrites the table under a lock that blocks reads and writes, and a later change of the constraint reads every table that uses the domain.',
      remedy: advise('Use the plain type, and put a check on each column.'),
    } : undefined),
  },
});
