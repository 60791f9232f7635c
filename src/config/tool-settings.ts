import type { LockTimeout } from '../operations/index.ts';
import type { TablePolicy } from '../rules/rule.ts';

/** What the settings of strong_migrations, online_migrations and safe-pg-migrations mean to anzen. */
export interface ToolSettings {
  /** Migrations up to this version are not checked. */
  readonly startAfter: string | null;
  /** The server release to assume (`target_version`), or empty. */
  readonly engineVersion: readonly number[];
  /** Checks switched off there, as `tool/check`. */
  readonly disabled: readonly string[];
  /** Kinds of statement that a gem makes safe by itself. */
  readonly rewrites: readonly ('index' | 'index-removal' | 'foreign-key' | 'check' | 'not-null' | 'invalid-index')[];
  /** The bound on waiting for locks that a gem sets before every migration, or null. */
  readonly lockTimeout: LockTimeout | null;
  readonly tables: ReadonlyMap<string, TablePolicy>;
  /** One sentence a setting that changes verdicts, for the notes of a run. */
  readonly notes: readonly string[];
}

/** No such settings. */
export const noToolSettings: ToolSettings = { startAfter: null, engineVersion: [], disabled: [], rewrites: [], lockTimeout: null, tables: new Map(), notes: [] };
