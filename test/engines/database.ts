import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { baseSql } from './base.ts';

/** A PostgreSQL that statements are tried on: the embedded one, or a server of some release. It holds the tables of the base. */
export interface Database {
  readonly major: number;
  /** Sends the text as it is and gives what the server says meanwhile. An error has its SQLSTATE as `code`. */
  run(sql: string): Promise<string[]>;
  rows<Row>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** The zone is one in which the same instant is not the same date as in UTC. */
export const settings = "set client_min_messages = error; set timezone = 'Europe/Berlin';";

/** Makes the base anew, whatever became of it. */
export async function resetBase(database: Pick<Database, 'run' | 'major'>): Promise<void> {
  await database.run(`drop schema public cascade; create schema public; drop schema if exists s9 cascade; drop extension if exists citext cascade; ${spoken(baseSql, database.major)}`);
}

/** The text as the release spells it. */
export function spoken(sql: string, major: number): string {
  return major < 11 ? sql.replaceAll('execute function', 'execute procedure') : sql;
}

/** The embedded PostgreSQL, release 18. */
export async function embeddedDatabase(): Promise<Database> {
  const database = await PGlite.create({ extensions: { citext } });
  await database.exec(`${settings} ${baseSql}`);
  return {
    major: 18,
    async run(sql) {
      const notices: string[] = [];
      await database.exec(sql, { onNotice: (notice) => notices.push(notice.message ?? '') });
      return notices;
    },
    rows: async <Row>(sql: string) => (await database.query<Row>(sql)).rows,
    close: () => database.close(),
  };
}
