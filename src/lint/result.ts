import type { Diagnostic } from './diagnostic.ts';

/** What was found in one file. */
export interface FileResult {
  /** Workspace-relative path. */
  readonly path: string;
  /** Sorted by position, then severity, then rule. */
  readonly diagnostics: readonly Diagnostic[];
  /** Found, and silenced by a directive with a reason. */
  readonly suppressed: readonly Diagnostic[];
  /** Set for what stands beside the migrations that are linted: settings, a dump, a migration that is gone. */
  readonly isBeside?: true;
}

/** The outcome of one run. */
export interface LintResult {
  readonly files: readonly FileResult[];
  /** Things about the run that a person should know: how many older migrations were left out, what could not be judged and why. */
  readonly notes: readonly string[];
  readonly counts: { readonly migrations: number; readonly error: number; readonly warn: number; readonly notice: number; readonly assured: number; readonly suppressed: number };
}
