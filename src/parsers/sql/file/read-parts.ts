import type { SqlTool } from '../../../operations/index.ts';
import { readDbmate } from './dbmate.ts';
import { readGoose } from './goose.ts';
import { readAtlas, readDiesel, readFlyway, readGraphile, readPlain, readPop, readPrisma, readSqlx, readSupabase, readWhole, readWrapped } from './header.ts';
import { readLiquibase } from './liquibase.ts';
import { readNodePgMigrate } from './node-pg-migrate.ts';
import type { ReadParts } from './part.ts';

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
  'drizzle': readWrapped,
  'supabase': readSupabase,
  'hasura': readWrapped,
  'sqitch': readPlain,
  'liquibase': readLiquibase,
  'atlas': readAtlas,
  'graphile-migrate': readGraphile,
  'node-pg-migrate': readNodePgMigrate,
  'db-migrate': readWrapped,
  'pop': readPop,
  'sql': readPlain,
};
