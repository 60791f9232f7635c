import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Format, FormatOptions } from './format.ts';
import type { StatementGroup } from './merge.ts';
import { mergeByStatement } from './merge.ts';
import { messageOf, severityWord, shown } from './shown.ts';

/** GitHub shows ten annotations of a severity a step; the tenth says how many more there are. */
const perSeverity = 10;
/** The runner cuts a message here (UTF-16 units; the runner counts .NET characters, which are the same). */
const longestMessage = 4_096;

/**
 * GitHub workflow commands, one a statement, the worst first. Paths must be relative to the workspace. Text from the repository is escaped, so that it
 * cannot form a command of its own. Source of the rules: actions/toolkit's command escaping, actions/runner's issue command.
 */
export const github: Format = (result, options) => {
  const groups = result.files.flatMap((file) => mergeByStatement(shown(file.diagnostics, options)));
  const lines: string[] = [];
  for (const level of ['error', 'warning', 'notice'] as const) {
    const mine = groups.filter((group) => severityWord(group.diagnostics[0]) === level);
    const room = mine.length > perSeverity ? perSeverity - 1 : mine.length;
    for (const group of mine.slice(0, room)) lines.push(command(level, group, options));
    if (mine.length > room) lines.push(`::${level} title=anzen::${escapeData(`${mine.length - room} more statements with ${level}s: see the job summary or the log.`)}`);
  }
  return lines.map((text) => `${text}\n`).join('');
};

function command(level: string, group: StatementGroup, options: FormatOptions): string {
  const [first] = group.diagnostics;
  const file = `${options.pathPrefix}${first.path}`;
  const oneLine = first.start.line === first.end.line;
  const properties = [
    `file=${escapeProperty(file)}`,
    `line=${first.start.line}`,
    `endLine=${first.end.line}`,
    ...(oneLine && first.end.column > first.start.column ? [`col=${first.start.column}`, `endColumn=${first.end.column}`] : []),
    `title=${escapeProperty(`anzen: ${[...new Set(group.diagnostics.map((diagnostic) => diagnostic.ruleId))].join(', ')}`)}`,
  ];
  return `::${level} ${properties.join(',')}::${escapeData(cut(text(group.diagnostics, file)))}`;
}

function text(diagnostics: readonly Diagnostic[], file: string): string {
  return diagnostics.map((diagnostic) => [
    `${messageOf(diagnostic)} [${diagnostic.ruleId}]`,
    diagnostic.why,
    ...(diagnostic.remedy ? [diagnostic.remedy.advice] : []),
    `(${file}:${diagnostic.start.line}:${diagnostic.start.column})`,
  ].join('\n')).join('\n\n');
}

function cut(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage - 2).replace(/[\ud800-\udbff]$/, '')}\u2026`;
}

/** Escapes the message of a workflow command. */
export function escapeData(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes a property of a workflow command. */
export function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
