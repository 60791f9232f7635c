import { isMysql } from '../operations/index.ts';
import type { ColumnType, Engine } from '../operations/index.ts';
import { mysqlTypeChange } from './mysql/type-change.ts';
import { postgresTypeChange } from './postgres/type-change.ts';

/** What changing a column's type does, before indexes, constraints and the session are looked at. */
export interface TypeChange {
  /**
   * `free`: only the catalog changes; `scan`: every row is read; `rewrite`: every row is written anew;
   * `unknown`: it cannot be told from the two types (one is not known, or it depends on the session), so take a rewrite for possible.
   */
  readonly cost: 'free' | 'scan' | 'rewrite' | 'unknown';
  /** What can fail or get lost, in one clause ("values longer than 10 characters do not fit"), or null when every value fits. */
  readonly narrows: string | null;
  /** Why, in one clause. */
  readonly why: string;
  /** The measurement or manual page the claim stands on. */
  readonly source: string;
  /** What an existing value that does not fit meets: SQLSTATE or MySQL error number; null when it is changed silently, or nothing narrows. */
  readonly error?: string | null;
  /** True when the database refuses the change unless it is told how to convert (Postgres: no cast of its own without USING). */
  readonly needsUsing?: boolean;
}

/** What is known about the column besides the two types. */
export interface TypeChangeOptions {
  /** MySQL: the column's character set; utf8mb4 when absent. */
  readonly charset?: string | undefined;
}

/**
 * What changing a column from one type to another does on the engine; `from` null means that the old type is not known.
 * Domains and enums are taken by their name here: `effectOf`, which knows the schema, looks through them.
 */
export function typeChange(from: ColumnType | null, to: ColumnType, engine: Engine, options: TypeChangeOptions = {}): TypeChange {
  if (from === null || from.dynamic || to.dynamic) {
    const why = from === null || from.dynamic ? 'the old type is not known' : 'the new type is computed while the migration runs';
    return { cost: 'unknown', narrows: null, why, source: 'none' };
  }
  if (isMysql(engine)) return mysqlTypeChange(from, to, engine, options.charset);
  if (engine.name === 'sqlite') {
    return { cost: 'rewrite', narrows: null, why: 'SQLite has no ALTER COLUMN: the table is copied into one with the new definition', source: 'https://www.sqlite.org/lang_altertable.html' };
  }
  return postgresTypeChange(from, to, engine);
}
