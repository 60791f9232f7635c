import type { Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding } from './rule.ts';
import { madeForeignKeys } from './shared/made-foreign-keys.ts';
import { listed, quoted, quotedColumn } from './shared/names.ts';

const judge = (operation: Operation): Finding[] => madeForeignKeys(operation).filter(({ key }) => key.onDelete === null).map(({ table, key }) => ({
  message: `The foreign key from ${key.columns.length === 1 ? quotedColumn(table, key.columns[0] ?? '') : `${listed(key.columns)} of ${quoted(table)}`} to ${quoted(key.references)} does not say what a delete does.`,
  why: `Without ON DELETE the server refuses to delete a row of ${quoted(key.references)} while a row of ${quoted(table)} refers to it, also where code deletes without asking (jobs, consoles, other services).`,
  remedy: advise(`Say what is meant: RESTRICT or NO ACTION to refuse, CASCADE to delete the rows of ${quoted(table)} along, SET NULL to keep them.`),
}));

export default defineRule({
  id: 'foreign-key-on-delete',
  summary: 'A foreign key does not say what happens when the referenced row is deleted.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['migrationpilot/MP086'],
  docs: {
    why: 'The default, NO ACTION, makes the delete fail (Postgres 23503, MySQL 1451). That is often right, but it is also what one gets for not having thought of it, and it is found when the first account is to be deleted. Changing it later means dropping the key and adding and validating another one.',
    exceptions: 'Teams for which "refuse" is the rule leave this one off. CASCADE over big tables deletes in one statement and is better done in batches.',
  },
  check: { 'create-table': judge, 'add-column': judge, 'add-foreign-key': judge },
});
