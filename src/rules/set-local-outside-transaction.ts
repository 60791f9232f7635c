import type { OperationOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext } from './rule.ts';
import { quoted } from './shared/names.ts';
import { mayBeWrapped, runnerName } from './shared/runner.ts';

export default defineRule({
  id: 'set-local-outside-transaction',
  summary: 'SET LOCAL, SET CONSTRAINTS or SET TRANSACTION outside a transaction does nothing.',
  hazard: 'fails',
  severity: 'warn',
  engines: ['postgres'],
  replaces: [],
  docs: {
    why: 'What SET LOCAL sets lasts to the end of the transaction. Outside of one that is the statement itself: Postgres gives a warning (25P01, "SET LOCAL can only be used in transaction blocks") and the setting is what it was '
      + '(measured on Postgres 10 to 18). A `lock_timeout` set that way protects nothing.',
    exceptions: 'Not reported in files of which it is not known who runs them, unless they say BEGIN and COMMIT themselves, and not inside DO blocks, whose statements share a transaction.',
  },
  check: {
    'set-setting'(operation, context) {
      const { migration } = context;
      if (!operation.local || operation.transaction !== null || operation.verb === 'DO' || mayBeWrapped(migration)) return undefined;
      return {
        message: `${quoted(statement(operation))} outside a transaction has no effect.`,
        why: `${reason(context)}, so ${subject(operation)} lasts for this one statement only: Postgres gives a warning (25P01) and goes on without it.`,
        remedy: advise(operation.name === 'constraints' || operation.name.startsWith('transaction')
          ? `Put it and the statements it is for between BEGIN and COMMIT.`
          : `Write "SET ${operation.name} = ..." without LOCAL${migration.language === 'sql' ? ', or put it and the statements it is for between BEGIN and COMMIT' : ''}.`),
      };
    },
  },
});

function statement({ name }: OperationOf<'set-setting'>): string {
  return name === 'constraints' ? 'SET CONSTRAINTS' : name.startsWith('transaction') ? 'SET TRANSACTION' : 'SET LOCAL';
}

function subject(operation: OperationOf<'set-setting'>): string {
  return operation.name === 'constraints' ? 'what it says about constraints' : quoted(operation.name);
}

function reason({ migration, steps }: RuleContext): string {
  if (steps.some(({ operation }) => operation.kind === 'commit' || operation.kind === 'rollback')) return 'The transaction before it has ended';
  if (migration.transactionDisabledAt) return 'The transaction of this migration is switched off';
  return migration.framework === 'sql' ? 'No transaction is open here' : `${runnerName(migration)} opens no transaction here`;
}
