import type { Operation } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { activeRecordNames } from './shared/active-record-names.data.ts';
import { quoted } from './shared/names.ts';
import { newNames } from './shared/new-names.ts';

const judge = (operation: Operation, { migration }: StepContext): Finding[] => migration.framework !== 'rails' && migration.framework !== 'ridgepole' ? [] :
  newNames(operation).filter(({ what, name }) => what === 'column' && activeRecordNames.has(name)).map(({ name }) => ({
    message: `The column name ${quoted(name)} is a method of Active Record.`,
    why: 'Active Record refuses to define an attribute of that name: as soon as the column is there, loading any row of the table raises ActiveRecord::DangerousAttributeError.',
    remedy: advise('Choose another name.'),
  }));

export default defineRule({
  id: 'dangerous-column-name',
  summary: 'A column is called like a method of Active Record, so that its model raises as soon as the column is there.',
  hazard: 'advice',
  severity: 'off',
  engines: 'all',
  replaces: ['rubocop-rails/DangerousColumnNames'],
  docs: {
    why: 'Active Record defines a method for every column. For a name that it uses itself (`errors`, `changes`, `transaction`, `hash`) it raises `DangerousAttributeError` instead, not in the migration but when the model is first used: also in the processes that run the old code, once they read the columns anew.',
    exceptions: 'Tables without a model, and models that list the column in `ignored_columns`. Found in Rails migrations only.',
  },
  check: { 'create-table': judge, 'add-column': judge, 'rename-column': judge },
});
