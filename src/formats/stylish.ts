import type { Diagnostic, RenderedStep } from '../lint/diagnostic.ts';
import type { LintResult } from '../lint/result.ts';
import type { Paint } from './color.ts';
import { paint } from './color.ts';
import type { Format } from './format.ts';
import { fullestRemedy, mergeByStatement } from './merge.ts';
import { messageOf, oneLine, printablePath, safeLines, severityWord, shown } from './shown.ts';

/** Up to this many findings every statement shows its whole remedy; beyond, only the first of a rule does. */
const fullRemedies = 12;

/** For people: a file, its findings, and under each why it matters and what to write instead. */
export const stylish: Format = (result, options) => {
  const style = paint(options.color);
  const total = result.files.reduce((sum, file) => sum + shown(file.diagnostics, options).length, 0);
  const explained = new Set<string>();
  const blocks = result.files.flatMap((file) => {
    const diagnostics = shown(file.diagnostics, options);
    if (diagnostics.length === 0) return [];
    const findings = mergeByStatement(diagnostics).flatMap((group) => {
      const fullest = fullestRemedy(group.diagnostics);
      return group.diagnostics.map((diagnostic) => {
        const full = diagnostic === fullest && (total <= fullRemedies || !explained.has(diagnostic.ruleId));
        if (diagnostic === fullest) explained.add(diagnostic.ruleId);
        return finding(diagnostic, style, full);
      });
    });
    return [`${style.underline(`${options.pathPrefix}${printablePath(file.path)}`)}\n${findings.join('\n')}`];
  });
  return `${[...blocks, closing(result, style, options.showAssured)].join('\n')}`;
};

function finding(diagnostic: Diagnostic, style: Paint, full: boolean): string {
  const word = severityWord(diagnostic);
  const colored = word === 'error' ? style.red(word) : word === 'warning' ? style.yellow(word) : style.cyan(word);
  const head = `  ${diagnostic.start.line}:${diagnostic.start.column}  ${colored}  ${oneLine(messageOf(diagnostic))}  ${style.dim(diagnostic.ruleId)}`;
  const lines = [head, ...indent(diagnostic.why, 4).map(style.dim)];
  for (const place of diagnostic.related) lines.push(style.dim(`    ${printablePath(place.path)}:${place.start.line}:${place.start.column} ${oneLine(place.text)}`));
  if (diagnostic.remedy && !diagnostic.assured) {
    const [first = '', ...rest] = indent(diagnostic.remedy.advice, 6);
    lines.push(`    ${style.green('→')} ${first.trimStart()}`, ...rest);
    if (full) lines.push(...diagnostic.remedy.steps.flatMap((step, at, steps) => stepLines(step, steps.length > 1 ? `${at + 1}. ` : '', style)));
  }
  return `${lines.join('\n')}\n`;
}

function stepLines(step: RenderedStep, number: string, style: Paint): string[] {
  const title = `      ${style.bold(`${number}${oneLine(step.title)}`)}${step.fileName ? style.dim(`  ${oneLine(step.fileName)}`) : ''}`;
  return [title, ...(step.code ? indent(step.code.trimEnd(), 10) : [])];
}

function indent(text: string, width: number): string[] {
  const pad = ' '.repeat(width);
  return safeLines(text).map((line) => (line ? pad + line : line));
}

function closing({ counts, notes }: LintResult, style: Paint, showAssured: boolean): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const parts = [count(counts.error, 'error'), count(counts.warn, 'warning'), ...(counts.notice ? [count(counts.notice, 'notice')] : [])].join(', ');
  const asides = [
    ...(counts.assured && !showAssured ? [`${counts.assured} assured (--show-assured)`] : []),
    ...(counts.suppressed ? [`${counts.suppressed} suppressed`] : []),
  ];
  const fine = counts.error + counts.warn === 0;
  const summary = `${fine ? style.green('✓') : style.red('✖')} ${parts} in ${count(counts.migrations, 'migration')}${asides.length ? ` (${asides.join(', ')})` : ''}`;
  return `${[...notes.map((note) => style.dim(note)), style.bold(summary)].join('\n')}\n`;
}
