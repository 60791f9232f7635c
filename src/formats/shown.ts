import type { Diagnostic } from '../lint/diagnostic.ts';
import type { FormatOptions } from './format.ts';

/** The diagnostics of a file that a report shows: assured ones only on request. */
export function shown(diagnostics: readonly Diagnostic[], options: FormatOptions): readonly Diagnostic[] {
  return options.showAssured ? diagnostics : diagnostics.filter((diagnostic) => !diagnostic.assured);
}

/** The severity as people read it. */
export function severityWord(diagnostic: Diagnostic): 'error' | 'warning' | 'notice' {
  if (diagnostic.assured) return 'notice';
  return diagnostic.severity === 'warn' ? 'warning' : diagnostic.severity;
}

/** What and, for an assured finding, who said that it is safe. */
export function messageOf(diagnostic: Diagnostic): string {
  if (!diagnostic.assured) return diagnostic.message;
  return `${diagnostic.message} (assured by ${diagnostic.assured.by}${diagnostic.assured.reason ? `: ${diagnostic.assured.reason}` : ''})`;
}

/** Text on one line, without control characters. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

/** A path that cannot break a line, steer a terminal, or begin a line like a workflow command. */
export function printablePath(path: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return path.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?').replace(/^(?=\s*(?:::|##))/, './');
}

/**
 * Text of several lines that cannot steer a terminal or a CI runner: control characters are dropped, and a line that begins like a workflow command
 * (`::error`, `##[`) gets a space in it. The runner trims lines before it looks, so indenting does not help.
 */
export function safeLines(text: string): string[] {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').replace(/^(\s*)(:|#)(?=[:#])/, '$1$2 '));
}
