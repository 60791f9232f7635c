import type { SqlTool } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';

/**
 * What can run outside a transaction in a file of a tool: `several` statements, each by itself; `one`, because the file is sent as one text, which Postgres
 * runs in one transaction when it holds more; `none`, because the tool wraps every file.
 */
export type Outside = 'several' | 'one' | 'none';

/** What a tool is to a remedy. */
export interface Trait {
  readonly outside: Outside;
  /** How a migration of its own asks for it, after "in a migration of its own"; empty when there is no way. */
  readonly how: string;
  /** The same for batches, where that differs. */
  readonly howBatches?: string;
  /** How such a migration comes into being when a file alone is not enough. `name` is the migration's name in words. */
  readonly made?: (name: string) => string;
}

/** What each tool does, and since when it does it: see `parsers/sql/file/`, which reads the same switches. */
const traits: Readonly<Record<SqlTool, Trait>> = {
  'flyway': { outside: 'several', how: ', alone in its file: Flyway then runs it without a transaction', howBatches: ' with "executeInTransaction=false" in a settings file beside it' },
  'golang-migrate': { outside: 'one', how: ', alone in its file: golang-migrate opens no transaction' },
  'goose': { outside: 'several', how: ' with "-- +goose NO TRANSACTION"' },
  'dbmate': { outside: 'one', how: ' with "transaction:false", alone in its file' },
  'sqlx': { outside: 'one', how: ' that begins with "-- no-transaction", alone in its file' },
  'refinery': { outside: 'none', how: '' },
  'diesel': { outside: 'one', how: ' with "run_in_transaction = false" in its metadata.toml, alone in its file' },
  'prisma': { outside: 'one', how: ', alone in its file: Prisma opens no transaction', made: (name) => `"prisma migrate dev --create-only --name ${name}" makes the file.` },
  'drizzle': { outside: 'none', how: '', made: (name) => `"drizzle-kit generate --custom --name=${name}" makes the file and enters it in the journal.` },
  'supabase': { outside: 'one', how: ', alone in its file' },
  'hasura': { outside: 'none', how: '' },
  'sqitch': { outside: 'several', how: ' without BEGIN and COMMIT', made: (name) => `"sqitch add ${name}" makes the files and enters them in the plan.` },
  'liquibase': { outside: 'several', how: ' with "runInTransaction:false" in its changeset' },
  'atlas': { outside: 'several', how: ' with "-- atlas:txmode none"', made: () => 'Then "atlas migrate hash" enters it in atlas.sum.' },
  'graphile-migrate': { outside: 'one', how: ' with "--! no-transaction", alone in it', made: () => 'Commit it with "graphile-migrate commit" before the next one.' },
  'node-pg-migrate': { outside: 'several', how: ' in JavaScript with "pgm.noTransaction()", because files of SQL have no such switch' },
  'db-migrate': { outside: 'none', how: '', made: (name) => `"db-migrate create ${name} --sql-file" makes the files, and the one in JavaScript that runs them.` },
  'pop': { outside: 'one', how: ' whose name ends in ".autocommit.up.sql", alone in its file' },
  'sql': { outside: 'several', how: ' outside a transaction' },
};

/** The tool that runs the migration, or null when it is no tool of SQL files. */
export function traitOf(c: Pick<RemedyContext, 'migration'>): Trait | null {
  const { framework, language } = c.migration;
  return language === 'ruby' || framework === 'rails' || framework === 'ridgepole' ? null : traits[framework];
}

/** What the tool can run outside a transaction. Supabase's command line lets statements run by themselves since 2.109; a file of an unknown tool may be said to be wrapped. */
export function outsideOf(c: RemedyContext): Outside {
  const { framework, transaction, frameworkVersion } = c.migration;
  if (framework === 'supabase') return olderRelease(frameworkVersion, 2, 109) ? 'none' : 'one';
  if (framework === 'sql' && transaction === 'wrapped') return 'none';
  // Switched off for all files, on the command line.
  if (framework === 'db-migrate' && transaction === 'none') return 'one';
  return traitOf(c)?.outside ?? 'several';
}

/** True when a migration can change rows in batches that commit one by one. Supabase sends what it notes about the migration in the same go. */
export function canBatch(c: RemedyContext): boolean {
  return c.migration.framework !== 'supabase' && outsideOf(c) !== 'none';
}

/** True for tools that run all pending migrations in one transaction: two that are deployed together hold their locks together. */
export function runsPendingTogether(c: RemedyContext): boolean {
  return c.engine.name === 'postgres' && (c.migration.framework === 'drizzle' || c.migration.framework === 'node-pg-migrate');
}

function olderRelease(version: string | null, major: number, minor: number): boolean {
  const [ours, ourMinor = 0] = (version ?? '').split('.').filter(Boolean).map(Number);
  return ours !== undefined && (ours < major || (ours === major && ourMinor < minor));
}
