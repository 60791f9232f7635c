import type { Operation } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { RemedyContext } from '../context.ts';
import type { RemedyStep } from '../remedy.ts';
import { codeStep } from '../step.ts';

/**
 * The user's own file of SQL without some of its operations: whole statements, or single actions of an ALTER TABLE, and what takes them back in the same file.
 * Markers and comments stay, but for markers that would be left around nothing. Only the sentence where a statement does several things that cannot be told apart.
 */
export function sqlWithoutStatements(operations: readonly Operation[], text: string, c: RemedyContext, undoes: (down: Operation, up: Operation) => boolean): RemedyStep {
  const { source, down, operations: all } = c.migration;
  const undone = down.kind === 'written' ? down.operations.filter((one) => operations.some((up) => undoes(one, up))) : [];
  const spans = [...spansOf(operations, all, source.text), ...spansOf(undone, down.kind === 'written' ? down.operations : [], source.text)];
  const wayBack = down.kind === 'written' && down.operations.length === 0 ? ' Take it out of the way back, too.' : '';
  if (spans.includes(null)) return codeStep(`${text}${wayBack}`);
  let code = source.text;
  for (const cut of spans.flatMap((span) => span ?? []).sort((a, b) => b.start - a.start)) code = cut.whole ? withoutStatement(code, cut) : withoutAction(code, cut);
  return { kind: 'code', text: `${text}${wayBack}`, code: withoutEmptyMarkers(code), path: source.path };
}

interface Cut extends Span { readonly whole: boolean }

/** What to cut for each operation, each statement once; null for a part of a statement that cannot be cut out. */
function spansOf(operations: readonly Operation[], all: readonly Operation[], text: string): (Cut | null)[] {
  const cuts = new Map<number, Cut | null>();
  for (const { at, statement } of operations) {
    const together = all.filter((other) => other.statement.start === statement.start && other.statement.end === statement.end);
    if (together.every((other) => operations.includes(other))) cuts.set(statement.start, { ...statement, whole: true });
    else {
      const apart = /^alter\s+table\b/i.test(text.slice(statement.start)) && !together.some((other) => other.at !== at && !operations.includes(other) && other.at.start < at.end && at.start < other.at.end);
      cuts.set(at.start, apart ? { ...at, whole: false } : null);
    }
  }
  return [...cuts.values()];
}

/** Without a statement, its semicolon, Drizzle's marker or a comment behind it, and the lines and the blank line that would be left empty. */
function withoutStatement(text: string, { start, end }: Span): string {
  const tail = /^[ \t]*;?(?:[ \t]*(?:\r?\n[ \t]*)?--> statement-breakpoint[^\r\n]*|[ \t]*--(?!>)[^\r\n]*)?/.exec(text.slice(end))?.[0].length ?? 0;
  let [from, to] = [start, end + tail];
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', to);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  if (text.slice(lineStart, from).trim() === '' && text.slice(to, lineEnd).trim() === '') [from, to] = [lineStart, lineEnd];
  const [before, after] = [text.slice(0, from), text.slice(to)];
  return (/^[ \t]*(?:\r?\n|$)/.test(after) ? before.replace(/\n[ \t]*\r?\n$/, '\n') : before) + after;
}

/** Without one action of an ALTER TABLE and the comma that set it apart. */
function withoutAction(text: string, { start, end }: Span): string {
  const after = /^\s*,[ \t]*(?:--[^\r\n]*)?\s*/.exec(text.slice(end))?.[0].length ?? 0;
  if (after > 0) return text.slice(0, start) + text.slice(end + after);
  return text.slice(0, start).replace(/\s*,\s*$/, '') + text.slice(end);
}

/** Without pairs of markers around nothing, changesets without a statement, and a marker between statements behind the last one. */
function withoutEmptyMarkers(text: string): string {
  const bodies = text.replace(/^--\s*\+goose\s+StatementBegin[^\n]*\n(?:[ \t]*\r?\n)*--\s*\+goose\s+StatementEnd[^\n]*\n?/gim, '');
  const sections = bodies.split(/(?=^\s*--\s*changeset\b)/im);
  const changesets = sections.filter((section) => !/^\s*--\s*changeset\b/i.test(section) || section.replace(/^\s*--.*$/gm, '').trim() !== '').join('');
  return changesets.replace(/\s*--> statement-breakpoint\s*$/, '\n');
}
