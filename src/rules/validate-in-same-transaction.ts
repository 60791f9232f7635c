import { isBlocking } from '../engines/effect.ts';
import { validateLater } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { lockName } from './shared/lock-sentence.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'validate-in-same-transaction',
  summary: 'A constraint is validated in the transaction that still holds the strong lock of an earlier statement.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['strong_migrations/validate_foreign_key', 'strong_migrations/validate_check_constraint', 'online_migrations/validate_constraint', 'pgfence/not-valid-validate-same-tx', 'squawk/constraint-missing-not-valid'],
  docs: {
    why: 'Adding a constraint NOT VALID takes its strong lock for a moment, and VALIDATE CONSTRAINT alone lets reads and writes go on while it scans. '
      + 'In one transaction the first statement\'s lock stays until the commit, so the scan happens under it and NOT VALID has gained nothing.',
    exceptions: 'Not reported on new tables and on tables said to be small.',
  },
  check: {
    'validate-constraint': (operation, context) => {
      if (context.onNewTable || context.tablePolicy(operation.table) === 'small') return undefined;
      const held = context.held.find((lock) => isBlocking(lock) && lock.mode !== 'ROW EXCLUSIVE' && !context.isNew(lock.table) && context.tablePolicy(lock.table) !== 'small');
      if (!held) return undefined;
      const what = operation.name ? `constraint ${quoted(operation.name)}` : 'the constraint';
      return {
        message: `Validating ${what} of ${quoted(operation.table)} scans the table while ${quoted(held.by.verb)} before it still locks ${quoted(held.table)}.`,
        why: `Both run in one transaction, so ${lockName(held)} taken earlier is kept until the scan of every row has ended, and no other session can ${held.blocks.reads ? 'read or write' : 'write to'} ${quoted(held.table)} meanwhile.`,
        remedy: validateLater(operation, context),
        related: [relatedTo(held.by, `takes ${lockName(held)}`, context)],
      };
    },
  },
});
