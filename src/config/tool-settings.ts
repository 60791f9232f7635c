import type { LockTimeout } from '../operations/index.ts';
import type { TablePolicy } from '../rules/rule.ts';
import type { SettingsProblem } from './squawk-toml.ts';

/** What the settings of strong_migrations, online_migrations and safe-pg-migrations mean to anzen. */
export interface GemSettings {
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

/** What the settings of all other checkers mean to anzen. */
export interface ToolSettings extends GemSettings {
  /** Names of squawk's rules that its settings switch off, and of those that they ask for. */
  readonly squawk: { readonly excluded: ReadonlySet<string>; readonly included: ReadonlySet<string> };
  /** True for a file (workspace-relative) that is not to be checked. */
  readonly leavesOut: (path: string) => boolean;
  /** Settings files that are there and cannot be used. */
  readonly problems: readonly SettingsProblem[];
}

/** No such settings. */
export const noToolSettings: ToolSettings = {
  startAfter: null, engineVersion: [], disabled: [], rewrites: [], lockTimeout: null, tables: new Map(), squawk: { excluded: new Set(), included: new Set() }, leavesOut: () => false, problems: [], notes: [],
};
