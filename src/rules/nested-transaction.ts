import type { Operation } from '../operations/index.ts';
import { isDataChange, isMysql, isSchemaChange, printEngine, printFramework } from '../operations/index.ts';
import { advise, leaveTransaction } from '../remedies/index.ts';
import type { Remedy } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext } from './rule.ts';
import { quoted } from './shared/names.ts';
import { handsBack, openTransactions } from './shared/open-transaction.ts';
import { relatedTo } from './shared/related.ts';
import { runnerName, whoseTransaction } from './shared/runner.ts';

export default defineRule({
  id: 'nested-transaction',
  summary: 'BEGIN or COMMIT stands inside a transaction that is open already: it opens none, and ends the one of the tool.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: ['squawk/transaction-nesting', 'atlas/TX201', 'safemigrate-lint/transaction_nesting'],
  docs: {
    why: 'There are no transactions inside transactions. Postgres answers a second `BEGIN` with a warning (25001, "there is already a transaction in progress") and goes on in the first; MySQL and MariaDB commit the first; SQLite stops with an error. '
      + 'The `COMMIT` that belongs to it then ends the transaction of the tool: what stands after it in the file runs statement by statement and stays when a later one fails, and the tool notes the migration as run outside of it.',
    exceptions: 'Files of tools that open no transaction (golang-migrate, sqitch, psql, and any file that switches it off) are expected to say BEGIN and COMMIT themselves and are not reported. Nor is a file that commits the tool\'s transaction and begins another at its end, for a statement that must run outside of one.',
  },
  migration(context) {
    const opened = openTransactions(context);
    return [...opened.filter(({ nested, begin }) => nested && begin.verb !== 'DO').map(({ begin, end }) => nestedBegin(begin, end?.operation ?? null, context)), ...(handsBack(context, opened) ? [] : strayCommits(context))];
  },
});

function nestedBegin(begin: Operation, end: Operation | null, context: RuleContext): Finding {
  const { engine, migration } = context;
  const byTool = migration.transactions.get(begin.transaction ?? 0) === 'framework';
  const name = printEngine({ ...engine, version: [] });
  const stops = engine.name === 'sqlite';
  const what = isMysql(engine) ? `${name} commits the transaction that is open and begins another` : stops ? 'SQLite refuses a transaction within a transaction' : `${name} gives a warning (25001) and opens none`;
  return {
    message: `${quoted(begin.verb)} stands inside a transaction that is open already.`,
    why: `${isMysql(engine) ? 'The transaction before it is not committed yet' : whoseTransaction(begin, context)}: ${what}.${byTool && !stops ? endWords(end, context) : ''}`,
    remedy: withoutBegin(context, byTool),
    ...(stops ? { severity: 'error' as const } : {}),
    at: begin.at,
    statement: begin.statement,
    operation: begin,
    related: byTool && !stops && end ? [relatedTo(end, `ends the transaction of ${printFramework(migration.framework)}`, context)] : [],
  };
}

/** A COMMIT or ROLLBACK that no BEGIN stands before and that ends the tool's transaction. */
function strayCommits(context: RuleContext): Finding[] {
  const { migration, steps } = context;
  const begun = new Set(steps.flatMap(({ operation }) => (operation.kind === 'begin' ? [operation.transaction] : [])));
  return steps.flatMap(({ operation }) => {
    if ((operation.kind !== 'commit' && operation.kind !== 'rollback') || operation.verb === 'DO' || operation.transaction === null) return [];
    if (begun.has(operation.transaction) || migration.transactions.get(operation.transaction) !== 'framework') return [];
    return [{
      message: `${quoted(operation.verb)} ends the transaction that ${printFramework(migration.framework)} has opened.`,
      why: `${whoseTransaction(operation, context)}.${afterWords(operation, context)}`,
      remedy: withoutBegin(context, true),
      at: operation.at,
      statement: operation.statement,
      operation,
    }];
  });
}

function endWords(end: Operation | null, context: RuleContext): string {
  return end ? ` The ${quoted(end.verb)} that follows then ends the transaction of ${printFramework(context.migration.framework)}.${afterWords(end, context)}` : '';
}

function afterWords(end: Operation, { steps, migration }: RuleContext): string {
  const later = steps.slice(steps.findIndex(({ operation }) => operation === end) + 1).map(({ operation }) => operation).filter((operation) => isSchemaChange(operation) || isDataChange(operation));
  const [first] = later;
  if (!first) return ` ${runnerName(migration)} notes the migration as run outside of it.`;
  return first.transaction === null
    ? ` ${quoted(first.verb)} and what else comes after it runs without one: what is done stays when a later statement fails, and the migration does not count as run.`
    : ' What comes after it is committed apart from what comes before: when it fails, the first part stays, and the migration does not count as run.';
}

function withoutBegin(context: RuleContext, byTool: boolean): Remedy {
  return byTool ? leaveTransaction(context) : advise('Commit the first transaction before the next one begins, or take the second BEGIN out.');
}
