import { printEngine } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { RuleContext, Step } from './rule.ts';
import { listed, quoted } from './shared/names.ts';
import { blockingLocks, oneATable } from './shared/locked-tables.ts';
import { handsBack, openTransactions } from './shared/open-transaction.ts';

export default defineRule({
  id: 'unclosed-transaction',
  summary: 'A transaction is opened and never committed, so that nothing in it is kept.',
  hazard: 'fails',
  severity: 'error',
  engines: 'all',
  replaces: ['squawk/ban-uncommitted-transaction', 'pgfence/unclosed-transaction', 'migrationpilot/MP053', 'safemigrate-lint/uncommitted_tx'],
  docs: {
    why: 'The transaction stays open when the file ends. The server rolls all of it back when the connection closes, while the tool may have counted the migration as run; '
      + 'and as long as the connection lives it keeps every lock, which stops everybody who needs the tables. An `ALTER TABLE` after a `BEGIN` without its `COMMIT` has caused outages that way.',
    exceptions: 'A BEGIN inside a transaction that the tool opens is ended by the tool; `nested-transaction` speaks of it. So is the last BEGIN of a file that committed the tool\'s transaction before (`COMMIT; CREATE INDEX CONCURRENTLY ...; BEGIN;`). On MySQL and MariaDB a schema statement commits by itself.',
  },
  migration(context) {
    const opened = openTransactions(context);
    const last = opened.at(-1);
    if (!last || handsBack(context, opened) || last.nested || last.end || !last.begin.certain) return undefined;
    const { begin } = last;
    const inside = context.steps.filter(({ operation }) => operation.transaction === begin.transaction && operation !== begin);
    return {
      message: `The transaction that ${quoted(begin.verb)} opens here is not committed to the end of the file.`,
      why: `${printEngine({ ...context.engine, version: [] })} rolls back ${inside.length === 0 ? 'what runs in it' : 'everything after it'} when the connection closes, even if the migration counts as run.${lockWords(inside, context)}`,
      remedy: advise('Write COMMIT after the last statement of the transaction.'),
      at: begin.at,
      statement: begin.statement,
      operation: begin,
    };
  },
});

function lockWords(inside: readonly Step[], context: RuleContext): string {
  const locks = oneATable(inside.flatMap((step) => blockingLocks(step, context)));
  if (locks.length === 0) return ' Until then the transaction keeps its locks.';
  const tables = locks.slice(0, 3).map((lock) => lock.table);
  return ` Until then it keeps its locks on ${listed(tables)}${locks.length > 3 ? ` and ${locks.length - 3} more` : ''}, and nobody else can ${locks.some((lock) => lock.blocks.reads) ? 'read or write' : 'write'} there.`;
}
