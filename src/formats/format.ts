import type { LintResult } from '../lint/result.ts';

/** What a format may know besides the result. */
export interface FormatOptions {
  /** Emit ANSI colours. */
  readonly color: boolean;
  /** Show what a human assured, too. */
  readonly showAssured: boolean;
  /** Absolute path of the workspace, for formats whose readers want absolute paths. */
  readonly workspace: string;
  /** What stands before every path, so that it is relative to what the reader takes as root (`app/` when anzen runs in a subdirectory). */
  readonly pathPrefix: string;
}

/** A report: pure text from a result. */
export type Format = (result: LintResult, options: FormatOptions) => string;
