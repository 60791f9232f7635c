import type { DeferrableCheck } from '../engines/effect.ts';
import type { Operation, QualifiedName } from '../operations/index.ts';
import { printName, sameName } from '../operations/index.ts';
import { checksBefore } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { createDeferrals } from './shared/deferrals.ts';
import type { Deferrals } from './shared/deferrals.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';
import { whoseTransaction } from './shared/runner.ts';

export default defineRule({
  id: 'pending-trigger-events',
  summary: 'A table is altered in the transaction that changed its rows, while a deferred constraint still has to check them.',
  hazard: 'fails',
  severity: 'error',
  engines: ['postgres'],
  replaces: [],
  docs: {
    why: 'A foreign key that is INITIALLY DEFERRED, or was put off with SET CONSTRAINTS, is checked when the transaction ends, and so is a deferred constraint trigger. Until then the changed rows wait, and Postgres refuses ALTER TABLE, CREATE INDEX, DROP TABLE, '
      + 'TRUNCATE and CLUSTER on their table with 55006 ("cannot ALTER TABLE because it has pending trigger events"; executed on Postgres 18, the same on 10 to 15). On an empty development database nothing waits, so that it is seen on the day of the deploy only. '
      + 'SET CONSTRAINTS ALL IMMEDIATE between the two makes the checks run at once.',
    exceptions: 'RENAME, DROP INDEX, triggers, policies and comments are accepted by Postgres and not reported, nor are columns set to NULL and foreign keys with CASCADE or SET NULL. One finding a table and transaction.',
  },
  migration(context) {
    const open = new Map<string, Deferrals>();
    return context.steps.flatMap((step): Finding[] => {
      const { operation, effect } = step;
      if (operation.transaction === null && operation.verb !== 'DO') return [];
      const key = operation.transaction === null ? `block ${operation.statement.start}` : `${operation.transaction}`;
      const deferrals = open.get(key) ?? createDeferrals();
      open.set(key, deferrals);
      const found = (effect.needsQuiet ?? []).flatMap((table) => describe(step, table, deferrals, context)).slice(0, 1);
      deferrals.follow(step);
      return found;
    });
  },
});

function describe({ operation }: Step, table: QualifiedName, deferrals: Deferrals, context: RuleContext): Finding[] {
  const waiting = deferrals.waitingOn(table);
  const first = waiting[0];
  if (!first || deferrals.told.has(printName(table))) return [];
  deferrals.told.add(printName(table));
  const { check, by } = first;
  return [{
    message: `${quoted(operation.verb)} on ${quoted(table)} fails as long as the rows changed by ${quoted(by.verb)} wait for their check.`,
    why: `${checkWords(check)} ${check.initially === 'deferred' ? `is ${check.what === 'trigger' ? 'called' : 'checked'} only when the transaction ends` : 'was put off to the end of the transaction by SET CONSTRAINTS'}. ${reason(operation, context)}, so the rows still wait here, `
      + 'and Postgres refuses the statement (error 55006, "pending trigger events") as soon as one row was changed.',
    remedy: checksBefore(context),
    at: operation.at,
    statement: operation.statement,
    operation,
    related: [relatedTo(by, `changes rows of ${quoted(check.table)}${sameName(check.table, table) ? '' : ', a part of it'}`, context)],
  }];
}

function checkWords({ what, name }: DeferrableCheck): string {
  if (what === 'trigger') return `The constraint trigger ${quoted(name ?? '')}`;
  return name === null ? 'A foreign key of the table' : `The foreign key ${quoted(name)}`;
}

function reason(operation: Operation, context: RuleContext): string {
  return operation.transaction === null ? 'The statements of one block are one transaction' : whoseTransaction(operation, context);
}
