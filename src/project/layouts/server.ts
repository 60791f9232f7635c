import type { EngineName } from '../../operations/index.ts';

const dialects: Readonly<Record<string, EngineName | 'other'>> = {
  postgres: 'postgres', postgresql: 'postgres', pg: 'postgres', pgsql: 'postgres', psql: 'postgres', mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite', sqlite3: 'sqlite',
  cockroach: 'other', cockroachdb: 'other', crdb: 'other', yugabyte: 'other', yugabytedb: 'other', oracle: 'other', mssql: 'other', sqlserver: 'other', h2: 'other', hsqldb: 'other', db2: 'other', clickhouse: 'other', snowflake: 'other',
  cassandra: 'other', redshift: 'other', bigquery: 'other', spanner: 'other', duckdb: 'other', derby: 'other', firebird: 'other', tidb: 'other', vertica: 'other',
};

/** The server that a word of a path names: `mysql`, `sqlite3`; `other` for one that anzen does not know; null for any other word. */
export function dialectOf(word: string): EngineName | 'other' | null {
  return dialects[word.toLowerCase()] ?? null;
}

/** The server that the last directories of a path name, or null. `below` is the top: what stands above it does not count. */
export function dialectOfPath(path: string, below: string): EngineName | 'other' | null {
  const parts = path.slice(path.startsWith(below) ? below.length : 0).split(/[\\/]/).filter(Boolean);
  for (const part of parts.reverse()) {
    for (const word of part.split(/[-_.]/)) {
      const dialect = dialectOf(word);
      if (dialect) return dialect;
    }
  }
  return null;
}
