import type { OperationOf } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'disable-trigger-all',
  summary: 'All triggers of a table are switched off, those that check foreign keys among them.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres'],
  replaces: ['migrationpilot/MP064', 'pg-migration-lint/PGM020'],
  docs: {
    why: 'A foreign key is checked by triggers of the system. While `DISABLE TRIGGER ALL` or `session_replication_role = replica` holds, rows that refer to nothing go in, and switching the triggers on again does not look for them: the constraint still counts as valid, and nobody is told. '
      + 'DISABLE TRIGGER USER leaves the keys alone, but audit trails and copies kept by triggers miss what is written meanwhile, by every session.',
    exceptions: 'Loads of data that was checked before. DISABLE TRIGGER USER is not reported when the migration switches the triggers on again.',
  },
  check: {
    'set-trigger-state'(operation, context) {
      if (operation.enabled || (operation.name !== 'all' && operation.name !== 'user') || context.onNewTable) return undefined;
      if (operation.name === 'user' && isEnabledAgain(operation, context)) return undefined;
      return {
        message: `All ${operation.name === 'all' ? 'triggers' : 'user triggers'} of ${quoted(operation.table)} are switched off.`,
        why: operation.name === 'all'
          ? 'The checks of foreign keys are triggers, too: rows that refer to nothing are accepted, and no one looks for them later.'
          : 'What every session writes meanwhile is missed by audit trails and by copies that triggers keep, and the migration does not switch them on again.',
        remedy: advise('Switch off the one trigger that is in the way, by name, and switch it on again in the same transaction.'),
      };
    },
    'set-setting': ({ name, value }) => (name === 'session_replication_role' && value?.toLowerCase() === 'replica' ? {
      message: 'The session acts as a replica, so no trigger and no foreign key is checked.',
      why: 'Rows that refer to nothing are accepted from here on, and no one looks for them later.',
      remedy: advise('Switch off the one trigger that is in the way, by name, and leave the foreign keys on.'),
    } : undefined),
  },
});

function isEnabledAgain({ table, name }: OperationOf<'set-trigger-state'>, { migration }: StepContext): boolean {
  return migration.operations.some((later) => later.kind === 'set-trigger-state' && later.enabled && later.name === name && later.direction === 'up' && sameName(later.table, table));
}
