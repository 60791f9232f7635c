import type { Diagnostic } from '../lint/diagnostic.ts';
import type { LintResult } from '../lint/result.ts';
import type { Format } from './format.ts';
import type { StatementGroup } from './merge.ts';
import { fullestRemedy, mergeByStatement } from './merge.ts';
import { messageOf, oneLine, printablePath, safeLines, severityWord, shown } from './shown.ts';

/** GitHub refuses a whole job summary of more than 1 MiB (bytes); some room is left for other steps' text. */
export const largestSummary = 1_000_000;

const marks = { error: '🛑', warning: '⚠️', notice: 'ℹ️' } as const;

/** A report in GitHub's Markdown: every finding with its remedy, cut at the size that a job summary may have. */
export const markdown: Format = (result, options) => {
  const head = `## anzen: ${verdict(result)}\n\n${result.notes.map((note) => `> ${escapeMarkdown(note)}\n`).join('')}\n`;
  let text = head;
  let bytes = Buffer.byteLength(text);
  const groups = result.files.flatMap((file) => mergeByStatement(shown(file.diagnostics, options)));
  let path: string | null = null;
  for (const [at, group] of groups.entries()) {
    const block = `${group.path === path ? '' : `### ${code(`${options.pathPrefix}${printablePath(group.path)}`)}\n\n`}${section(group)}`;
    const size = Buffer.byteLength(block);
    if (bytes + size > largestSummary - 200) {
      text += `\n**${groups.length - at} more statements with findings do not fit here; the log has them all.**\n`;
      break;
    }
    text += block;
    bytes += size;
    path = group.path;
  }
  return text;
};

function verdict({ counts }: LintResult): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (counts.migrations === 0 && counts.error === 0) return 'no migrations to lint';
  const assured = counts.assured ? `, ${counts.assured} assured` : '';
  return `${count(counts.error, 'error')}, ${count(counts.warn, 'warning')}${counts.notice ? `, ${count(counts.notice, 'notice')}` : ''}${assured} in ${count(counts.migrations, 'migration')}`;
}

function section(group: StatementGroup): string {
  const fullest = fullestRemedy(group.diagnostics);
  return group.diagnostics.map((diagnostic) => {
    const word = severityWord(diagnostic);
    const head = `${marks[word]} **line ${diagnostic.start.line}** ${escapeMarkdown(messageOf(diagnostic))} ${code(diagnostic.ruleId)}\n\n${escapeMarkdown(diagnostic.why)}\n\n`;
    return head + (diagnostic.assured ? '' : remedy(diagnostic, diagnostic === fullest));
  }).join('');
}

function remedy({ remedy: shownRemedy }: Diagnostic, full: boolean): string {
  if (!shownRemedy) return '';
  const advice = `**Instead:** ${escapeMarkdown(shownRemedy.advice)}\n\n`;
  if (!full || shownRemedy.steps.length === 0) return advice;
  const steps = shownRemedy.steps.map((step, at) => {
    const title = `${at + 1}. ${escapeMarkdown(step.title)}${step.fileName ? ` ${code(step.fileName)}` : ''}\n`;
    return step.code ? `${title}\n${fence(step.code, step.language)}\n` : title;
  });
  return `${advice}<details><summary>The safe migrations</summary>\n\n${steps.join('\n')}\n</details>\n\n`;
}

/** A fenced code block whose fence is longer than any run of backticks in it. */
function fence(text: string, language: string): string {
  const body = safeLines(text).join('\n').trimEnd();
  const ticks = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map((match) => match[0].length + 1)));
  return `${ticks}${language}\n${body}\n${ticks}\n`;
}

function code(text: string): string {
  const ticks = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map((match) => match[0].length + 1)));
  return ticks.length === 1 ? `\`${oneLine(text)}\`` : `${ticks} ${oneLine(text)} ${ticks}`;
}

function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|!~@&]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : character === '@' ? '@\u200b' : `\\${character}`));
}
