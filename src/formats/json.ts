import { resolve } from 'node:path';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Format } from './format.ts';
import { shown } from './shown.ts';

/**
 * ESLint's result array: `filePath`, `messages[]` with `ruleId severity line column endLine endColumn message`, counts. Further keys say what
 * ESLint has no place for; notices have severity 1 and are told apart by `level`.
 */
export const json: Format = (result, options) => {
  const files = result.files.map((file) => {
    const diagnostics = shown(file.diagnostics, options);
    const count = (level: string) => diagnostics.filter((diagnostic) => !diagnostic.assured && diagnostic.severity === level).length;
    return {
      filePath: resolve(options.workspace, file.path),
      messages: diagnostics.map(message),
      suppressedMessages: file.suppressed.map((diagnostic) => ({ ...message(diagnostic), suppressions: [{ kind: 'directive' }] })),
      errorCount: count('error'),
      fatalErrorCount: 0,
      warningCount: count('warn') + count('notice'),
      fixableErrorCount: 0,
      fixableWarningCount: 0,
      usedDeprecatedRules: [],
    };
  });
  return `${JSON.stringify(files)}\n`;
};

function message(diagnostic: Diagnostic) {
  return {
    ruleId: diagnostic.ruleId,
    severity: diagnostic.severity === 'error' && !diagnostic.assured ? 2 : 1,
    message: diagnostic.message,
    line: diagnostic.start.line,
    column: diagnostic.start.column,
    endLine: diagnostic.end.line,
    endColumn: diagnostic.end.column,
    level: diagnostic.severity,
    hazard: diagnostic.hazard,
    why: diagnostic.why,
    remedy: diagnostic.remedy,
    related: diagnostic.related.map((place) => ({ path: place.path, line: place.start.line, column: place.start.column, text: place.text })),
    assured: diagnostic.assured,
    fingerprint: diagnostic.fingerprint,
  };
}
