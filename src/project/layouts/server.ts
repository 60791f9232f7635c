import type { EngineName } from '../../operations/index.ts';
import type { Directory } from '../directory.ts';
import type { Server } from '../layout.ts';

const known: Readonly<Record<string, EngineName>> = {
  postgres: 'postgres', postgresql: 'postgres', pg: 'postgres', pgsql: 'postgres', psql: 'postgres', timescaledb: 'postgres', mysql: 'mysql', mariadb: 'mariadb',
  sqlite: 'sqlite', sqlite3: 'sqlite', libsql: 'sqlite', turso: 'sqlite',
};

const unknown: ReadonlySet<string> = new Set([
  'cockroach', 'cockroachdb', 'crdb', 'yugabyte', 'yugabytedb', 'oracle', 'mssql', 'sqlserver', 'h2', 'hsqldb', 'db2', 'clickhouse', 'snowflake', 'cassandra', 'redshift', 'bigquery', 'spanner', 'duckdb', 'derby', 'firebird',
  'tidb', 'vertica', 'singlestore',
]);

/** Names that projects and directories bear for other reasons. */
const everyday: ReadonlySet<string> = new Set(['oracle', 'h2', 'snowflake', 'spanner', 'derby', 'firebird', 'cassandra', 'vertica']);

/** The server that a word names: `mysql`, `sqlite3`, `oracle`; null for any other word. */
export function serverNamed(word: string): Server | null {
  const name = word.toLowerCase();
  if (Object.hasOwn(known, name)) return { engine: known[name] ?? null, name };
  return unknown.has(name) ? { engine: null, name } : null;
}

/** The server that a settings file names, which is one whether or not it is known here. */
export function serverSet(name: string): Server {
  return serverNamed(name) ?? { engine: null, name };
}

/** Postgres first: a file that is for all servers is reported with the first of them. */
export function rankOf(server: Server | null): number {
  return ['postgres', 'mysql', 'mariadb', 'sqlite', null].indexOf(server?.engine ?? null);
}

/**
 * The server that a directory or one above it is named after, or null. Some names of unknown servers are everyday words, too (`oracle`, `snowflake`): they count
 * where the directory itself bears one, or stands beside one that is named after another server.
 */
export function serverAround(directory: Directory): Server | null {
  for (let at: Directory | null = directory; at; at = at.parent) {
    // The top is named by whoever checked it out.
    if (at.parent === null) return null;
    const server = serverInName(at.name);
    if (server && (server.engine !== null || at === directory || !everyday.has(server.name) || hasSibling(at))) return server;
  }
  return null;
}

function serverInName(name: string): Server | null {
  for (const word of name.split(/[-_.]/)) {
    const server = serverNamed(word);
    if (server) return server;
  }
  return null;
}

function hasSibling({ name, parent }: Directory): boolean {
  return parent?.directories.some((other) => other !== name && serverInName(other) !== null) ?? false;
}
