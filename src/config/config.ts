import type { Engine } from '../operations/index.ts';
import type { Severity, TablePolicy } from '../rules/rule.ts';

/** What the user may set for one rule. */
export interface RuleSetting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The validated configuration of one run, whatever it was read from. */
export interface Config {
  /** Path of the file it comes from, or null for the defaults. */
  readonly path: string | null;
  /** By rule id: presets, then the file, then `--rule`, resolved. A rule that is not in here has its own default severity. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** From the flag, the file, the framework's own files, or the default; never null after resolution. */
  readonly engine: Engine;
  /** Globs of files to leave out, workspace-relative. */
  readonly ignorePatterns: readonly string[];
  /** Directories that hold migrations, workspace-relative; empty to detect. */
  readonly paths: readonly string[];
  /** Migrations up to and with this version are never reported. */
  readonly startAfter: string | null;
  readonly tables: ReadonlyMap<string, TablePolicy>;
}
