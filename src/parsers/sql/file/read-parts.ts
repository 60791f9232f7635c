import type { SqlTool } from '../../../operations/index.ts';
import { readDbmate } from './dbmate.ts';
import { readGoose } from './goose.ts';
import { readAtlas, readDbMigrate, readDiesel, readDrizzle, readFlyway, readGraphile, readPop, readPrisma, readPsql, readSqlx, readSupabase, readWhole, readWrapped } from './header.ts';
import { readLiquibase } from './liquibase.ts';
import { readNodePgMigrate } from './node-pg-migrate.ts';
import type { ReadParts } from './part.ts';
import { readPlain } from './plain.ts';

/** What each tool makes of a file. */
export const readParts: Readonly<Record<SqlTool, ReadParts>> = {
  'flyway': readFlyway,
  'golang-migrate': readWhole,
  'goose': readGoose,
  'dbmate': readDbmate,
  'sqlx': readSqlx,
  'refinery': readWrapped,
  'diesel': readDiesel,
  'prisma': readPrisma,
  'drizzle': readDrizzle,
  'supabase': readSupabase,
  'hasura': readWrapped,
  'sqitch': readPsql,
  'liquibase': readLiquibase,
  'atlas': readAtlas,
  'graphile-migrate': readGraphile,
  'node-pg-migrate': readNodePgMigrate,
  'db-migrate': readDbMigrate,
  'pop': readPop,
  'sql': readPlain,
};
