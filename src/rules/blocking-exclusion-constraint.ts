import { exclusionConstraint } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { whileBlocked } from './shared/lock-sentence.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'blocking-exclusion-constraint',
  summary: 'An exclusion constraint builds its index and checks all rows while the table is locked.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: [
    'strong_migrations/add_exclusion_constraint', 'online_migrations/add_exclusion_constraint', 'squawk/constraint-missing-not-valid', 'eugene/E8', 'atlas/PG109',
    'pgfence/add-constraint-exclude', 'migrationpilot/MP031', 'pg-migration-lint/PGM019', 'pgsafe/add-exclusion-constraint',
  ],
  docs: {
    why: 'An exclusion constraint has no NOT VALID form and cannot take over an existing index: Postgres builds its index under an ACCESS EXCLUSIVE lock and compares every row with it. '
      + 'That is the slowest of all constraints: 224 s for a range overlap on 2 million rows of Postgres 15, with reads and writes blocked.',
    exceptions: 'Small tables, and a maintenance window that was agreed on.',
  },
  check: {
    'add-exclusion'(operation, context) {
      const lock = longLock(context);
      const what = operation.name ? `exclusion constraint ${quoted(operation.name)}` : 'an exclusion constraint';
      return lock && {
        message: `Adding ${what} to ${quoted(operation.table)} compares all rows ${whileBlocked(lock)}.`,
        why: lockReason(context, lock),
        remedy: exclusionConstraint(operation, context),
        ...softened(context.effect),
      };
    },
  },
});
