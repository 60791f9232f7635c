import type { Framework } from './migration.ts';

const names: Readonly<Record<Framework, string>> = {
  'rails': 'Rails', 'ridgepole': 'Ridgepole', 'flyway': 'Flyway', 'golang-migrate': 'golang-migrate', 'goose': 'goose', 'dbmate': 'dbmate', 'sqlx': 'sqlx', 'refinery': 'refinery', 'diesel': 'Diesel',
  'prisma': 'Prisma', 'drizzle': 'Drizzle', 'supabase': 'Supabase', 'hasura': 'Hasura', 'sqitch': 'sqitch', 'liquibase': 'Liquibase', 'atlas': 'Atlas', 'graphile-migrate': 'graphile-migrate',
  'node-pg-migrate': 'node-pg-migrate', 'db-migrate': 'db-migrate', 'pop': 'pop', 'sql': 'the tool that runs it',
};

/** The name of what runs a migration, as its makers write it; in the middle of a sentence. */
export function printFramework(framework: Framework): string {
  return names[framework];
}
