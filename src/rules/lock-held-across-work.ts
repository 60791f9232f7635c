import type { HeldLock } from '../engines/ledger.ts';
import { isBlocking } from '../engines/effect.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { blockedWords, lockName } from './shared/lock-sentence.ts';
import { longWork, mixesDataAndSchema } from './shared/long-work.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'lock-held-across-work',
  summary: 'A statement locks a table, and long work follows in the same transaction while the lock is held.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['postgres'],
  replaces: ['eugene/E4', 'pgfence/statement-after-access-exclusive', 'zero_downtime_migrations/MixedMigration', 'django-migration-linter/CREATE_INDEX_EXCLUSIVE'],
  docs: {
    why: 'Postgres keeps every lock until the transaction ends. Adding a column takes a fraction of a millisecond, but its ACCESS EXCLUSIVE lock is still held while a following UPDATE works through the table '
      + '(33 s for 2 million rows of Postgres 15): nobody reads or writes the table for all that time.',
    exceptions: 'Small tables, tables created in the same pull request and locks that ROLLBACK TO SAVEPOINT has released are not reported. '
      + 'Rows of an existing table that are changed after its schema are reported by `data-and-schema-mixed`. One finding a transaction, at the first long work.',
  },
  migration(context) {
    const reported = new Set<number>();
    return context.steps.flatMap((step) => {
      const { transaction } = step.operation;
      if (transaction === null || reported.has(transaction)) return [];
      const work = longWork(step, context);
      const lock = work === null || mixesDataAndSchema(step, context) ? undefined : strongest(step, context);
      if (work === null || !lock) return [];
      reported.add(transaction);
      return [describe(step, lock, work, context)];
    });
  },
});

function strongest(step: Step, context: RuleContext): HeldLock | undefined {
  const held = step.held.filter((lock) => isBlocking(lock) && lock.role !== 'view' && lock.by.kind !== 'lock-table' && lock.by.kind !== 'drop-table' && context.tablePolicy(lock.table) !== 'small');
  return held.find((lock) => lock.blocks.reads) ?? held[0];
}

function describe({ operation }: Step, lock: HeldLock, work: string, context: RuleContext) {
  return {
    message: `${quoted(lock.table)} stays locked while ${work}.`,
    why: `${quoted(lock.by.verb)} takes ${lockName(lock)} on ${quoted(lock.table)} earlier in the same transaction, and Postgres keeps it to the end: `
      + `no other session can ${blockedWords(lock.blocks)} until the work is done and committed.`,
    remedy: advise(`Put the work into a migration of its own, without a transaction around it, so that ${quoted(lock.table)} is free again as soon as its structure has changed.`),
    tables: [lock.table],
    at: operation.at,
    statement: operation.statement,
    operation,
    related: [relatedTo(lock.by, `takes ${lockName(lock)} on ${quoted(lock.table)}`, context)],
  };
}
