import type { EngineName } from '../../operations/index.ts';
import type { SqlParser } from './statement.ts';

/** Loads the SQL parser of one engine (once per process). Rejects only when the Postgres grammar's file is missing. */
export async function loadSqlParser(engine: EngineName): Promise<SqlParser> {
  throw new Error(`The SQL parser for ${engine} is not there yet.`);
}
