import type { Operation } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { excerpt } from './shared/names.ts';

export default defineRule({
  id: 'drop-database',
  summary: 'A whole database is dropped.',
  hazard: 'loses-data',
  severity: 'error',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['squawk/ban-drop-database', 'atlas/DS101'],
  docs: {
    why: 'All tables and rows of the database go with it, and no rollback brings them back: Postgres refuses the statement in a transaction (25001), MySQL and MariaDB commit by themselves. On those DROP SCHEMA is the same statement, and the database may be the one that the migration runs in. '
      + 'What still connects to it fails from then on.',
    exceptions: 'A database that the same migration has created.',
  },
  check: {
    'drop-schema': (operation, context) => (isMysql(context.engine) && !isOwn(operation.schema, context) ? finding(operation, `the database "${excerpt(operation.schema)}"`) : undefined),
    'other': (operation) => (operation.verb === 'DROP DATABASE' ? finding(operation, 'a whole database') : undefined),
  },
});

function finding(operation: Operation, what: string): Finding {
  return {
    message: `"${operation.verb}" deletes ${what}, with all tables and rows.`,
    why: `They are lost, and no rollback brings them back.${operation.transaction !== null && operation.kind === 'other' ? ' In a transaction, as here, Postgres refuses it (25001).' : ''} Whatever still connects to the database fails.`,
    remedy: advise('Leave it out of the migration. A database that is no longer needed is backed up and dropped by hand, once nothing connects to it any more.'),
  };
}

function isOwn(schema: string, { steps }: StepContext): boolean {
  return steps.some(({ operation }) => operation.kind === 'create-schema' && operation.schema === schema);
}
