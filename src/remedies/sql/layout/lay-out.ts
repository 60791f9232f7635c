import type { SqlTool } from '../../../operations/index.ts';
import { layOutDiesel, layOutHasura, layOutPrisma } from './folder.ts';
import type { LayOut } from './layout.ts';
import { layOutDbmate, layOutGoose, layOutLiquibase, layOutNodePgMigrate } from './marked.ts';
import { layOutDbMigrate, layOutGolangMigrate, layOutPlain, layOutPop, layOutSqitch, layOutSqlx } from './paired.ts';
import { layOutAtlas, layOutBare, layOutDrizzle, layOutFlyway, layOutGraphile } from './single.ts';

/** How each tool wants a migration on disk; `parsers/sql/file/` and `project/layouts/` read the same. */
export const layouts: Readonly<Record<SqlTool, LayOut>> = {
  'flyway': layOutFlyway,
  'golang-migrate': layOutGolangMigrate,
  'goose': layOutGoose,
  'dbmate': layOutDbmate,
  'sqlx': layOutSqlx,
  'refinery': layOutBare,
  'diesel': layOutDiesel,
  'prisma': layOutPrisma,
  'drizzle': layOutDrizzle,
  'supabase': layOutBare,
  'hasura': layOutHasura,
  'sqitch': layOutSqitch,
  'liquibase': layOutLiquibase,
  'atlas': layOutAtlas,
  'graphile-migrate': layOutGraphile,
  'node-pg-migrate': layOutNodePgMigrate,
  'db-migrate': layOutDbMigrate,
  'pop': layOutPop,
  'sql': layOutPlain,
};
