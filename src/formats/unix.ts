import type { Format } from './format.ts';
import { messageOf, oneLine, printablePath, severityWord, shown } from './shown.ts';

/** `path:line:col: severity: message [rule]`, one-based, one line a finding: for problem matchers, editors and scripts. */
export const unix: Format = (result, options) =>
  result.files.flatMap((file) => shown(file.diagnostics, options).map((diagnostic) =>
    `${options.pathPrefix}${printablePath(file.path)}:${diagnostic.start.line}:${diagnostic.start.column}: ${severityWord(diagnostic)}: ${oneLine(messageOf(diagnostic))} [${diagnostic.ruleId}]\n`)).join('');
