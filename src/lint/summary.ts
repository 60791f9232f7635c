import type { FileResult, LintResult } from './result.ts';

/** Adds up a run. Assured findings are counted apart and never as errors or warnings. */
export function summarize(files: readonly FileResult[], notes: readonly string[]): LintResult {
  const counts = { migrations: files.filter((file) => !file.isBeside).length, error: 0, warn: 0, notice: 0, assured: 0, suppressed: 0 };
  for (const file of files) {
    counts.suppressed += file.suppressed.length;
    for (const diagnostic of file.diagnostics) counts[diagnostic.assured ? 'assured' : diagnostic.severity] += 1;
  }
  return { files, notes, counts };
}
