import type { Framework, Migration, Operation } from '../../operations/index.ts';
import { printFramework } from '../../operations/index.ts';
import type { RuleContext } from '../rule.ts';
import { capital } from './names.ts';

/** What each tool takes for one run: the words after `runs`. All others run a file. */
const runs: Partial<Record<Framework, string>> = {
  'rails': 'the whole migration', 'liquibase': 'the changeset', 'drizzle': 'all pending migrations', 'node-pg-migrate': 'all pending migrations', 'dbmate': 'the section',
};

/** The tool that runs the migration, at the beginning of a sentence: `goose`, `The tool that runs it`. */
export function runnerName({ framework }: Pick<Migration, 'framework'>): string {
  const name = printFramework(framework);
  return framework === 'sql' ? capital(name) : name;
}

/** The clause that says who opened the transaction that an operation runs in: `goose runs the file in one transaction`. */
export function whoseTransaction({ transaction }: Operation, { migration }: Pick<RuleContext, 'migration'>): string {
  switch (transaction === null ? undefined : migration.transactions.get(transaction)) {
    case 'text':
      return sentAsOne(migration);
    case 'begin':
      return 'BEGIN before it opens a transaction';
    case 'block':
      return 'A block around it opens a transaction';
    default:
      return migration.framework === 'supabase' ? sentAsOne(migration) : `${runnerName(migration)} runs ${runs[migration.framework] ?? 'the file'} in one transaction`;
  }
}

/** Several statements that reach Postgres at once are one transaction (its manual, chapter 55.2.2.1). */
function sentAsOne(migration: Migration): string {
  const one = 'and Postgres makes one transaction of them';
  switch (migration.framework) {
    case 'rails':
      return `The statements are sent as one text, ${one}`;
    case 'supabase':
      return `Supabase sends the statements of a file together, ${one}`;
    case 'goose':
      return `goose sends what stands between "StatementBegin" and "StatementEnd" as one text, ${one}`;
    case 'liquibase':
      return `With "splitStatements:false" Liquibase sends a changeset as one text, ${one}`;
    case 'dbmate':
      return `dbmate sends the statements of a section as one text even without its own transaction, ${one}`;
    default:
      return `${runnerName(migration)} sends the statements of a file as one text, ${one}`;
  }
}

/** True for a file of which it is not known who runs it, and that does not speak of transactions itself: whoever runs it may well wrap it. */
export function mayBeWrapped({ framework, operations }: Migration): boolean {
  return framework === 'sql' && !operations.some(({ kind }) => kind === 'begin');
}
