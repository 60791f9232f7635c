import { isSchemaChange } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'irreversible-migration',
  summary: 'The migration cannot be rolled back, and does not say so.',
  hazard: 'history',
  severity: 'warn',
  engines: 'all',
  replaces: ['rubocop-rails/ReversibleMigration', 'rubocop-rails/ReversibleMigrationMethodDefinition'],
  docs: {
    why: 'Rails derives the way back of `change` from its statements and raises ActiveRecord::IrreversibleMigration at the first one it cannot invert, in the middle of a rollback under pressure. '
      + 'An `up` without `down` is worse: the rollback does nothing, and the version is removed all the same, so the next deploy runs the migration again on a database that has it already.',
    exceptions: 'A `down` that raises ActiveRecord::IrreversibleMigration says it openly and is accepted; so is an empty one.',
  },
  problem: {
    'irreversible': (problem) => ({
      message: `${quoted(problem.call)} cannot be reversed in "change".`,
      why: sentence(problem.message) + (/roll(s|ed)? ?back/i.test(problem.message) ? '' : ' A rollback raises ActiveRecord::IrreversibleMigration.'),
      remedy: advise(problem.instead ? `Write ${problem.instead.replace(/\.$/, '')}.` : 'Write "up" and "down", or wrap it in "reversible"; raise ActiveRecord::IrreversibleMigration in "down" when there is no way back.'),
    }),
  },
  migration(context) {
    const { migration } = context;
    if (migration.framework !== 'rails' || migration.down.kind !== 'missing') return undefined;
    if (!context.steps.some(({ operation }) => isSchemaChange(operation))) return undefined;
    return {
      message: 'The migration has an "up" and no "down".',
      why: 'A rollback does nothing and still removes the version, so the next run of the migration meets a schema that has been changed already.',
      remedy: advise('Write a "down" that takes the change back, or one that raises ActiveRecord::IrreversibleMigration.'),
    };
  },
});

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}
