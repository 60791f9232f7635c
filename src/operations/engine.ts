/** The database servers anzen knows. */
export type EngineName = 'postgres' | 'mysql' | 'mariadb' | 'sqlite';

/** A server and its release; `version` is major, or major and minor: `[15]`, `[8, 0, 36]`. Empty when unknown. */
export interface Engine {
  readonly name: EngineName;
  readonly version: readonly number[];
  /** Where the knowledge comes from, for messages: `config/database.yml`, `--engine`, `default`. */
  readonly from: string;
}

/** True when the version is known and at least the given one. */
export function atLeast(engine: Engine, ...wanted: number[]): boolean {
  return engine.version.length > 0 && compareVersions(engine.version, wanted) >= 0;
}

/** True when the version is known and older than the given one. An unknown version is taken as a current one. */
export function olderThan(engine: Engine, ...wanted: number[]): boolean {
  return engine.version.length > 0 && compareVersions(engine.version, wanted) < 0;
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let part = 0; part < b.length; part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True for MySQL and its kin. */
export function isMysql(engine: Engine): boolean {
  return engine.name === 'mysql' || engine.name === 'mariadb';
}

/** `Postgres 15`, `MySQL 8.0`: for messages. */
export function printEngine(engine: Engine): string {
  const names = { postgres: 'Postgres', mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite' };
  return [names[engine.name], engine.version.join('.')].filter(Boolean).join(' ');
}
