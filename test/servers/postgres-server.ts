import pg from 'pg';
import { baseSql } from '../engines/base.ts';
import { settings, spoken } from '../engines/database.ts';
import type { Database } from '../engines/database.ts';

/** A server that is up. */
export interface Server {
  readonly major: number;
  /** The folder of its socket. */
  readonly socket: string;
}

/** The servers that `.ci/servers` started. */
export const servers: readonly Server[] = (process.env['ANZEN_POSTGRES'] ?? '').split(' ').filter(Boolean).map((one) => {
  const [major = '', socket = ''] = one.split('=');
  return { major: Number(major), socket };
});

/** A session of the database on a server. */
export async function connect(server: Server, database: string): Promise<Database> {
  const client = new pg.Client({ host: server.socket, user: 'postgres', database });
  const notices: string[] = [];
  client.on('notice', (notice) => notices.push(notice.message ?? ''));
  await client.connect();
  await client.query(settings);
  return {
    major: server.major,
    async run(sql) {
      notices.length = 0;
      await client.query(sql);
      return [...notices];
    },
    rows: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
    close: () => client.end(),
  };
}

/** A session of a new database that holds the tables of the base. */
export async function connectToBase(server: Server, name: string): Promise<Database> {
  const admin = await connect(server, 'postgres');
  await admin.run(`drop database if exists ${name}`);
  await admin.run(`create database ${name}`);
  await admin.close();
  const database = await connect(server, name);
  await database.run(spoken(baseSql, server.major));
  return database;
}
