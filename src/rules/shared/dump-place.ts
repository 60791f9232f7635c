import { printName } from '../../operations/index.ts';
import type { Difference } from '../../schema/compare/difference.ts';
import type { Span } from '../../source/span.ts';
import type { DumpHistory } from './change-set.ts';

/** Where a difference stands in the dump: the line of the column or index, else the head of its table, else the version. */
export function placeOf({ table, part, name, what }: Difference, dump: DumpHistory): Span {
  const creation = dump.operations.find((operation) => operation.kind === 'create-table' && printName(operation.table) === printName(table));
  if (!creation) return headOf(dump);
  const head = firstLine(dump.source.text, creation.at);
  if (name === null || what === 'missing-there') return head;
  const { text } = dump.source;
  if (part === 'column') return lineWith(text, creation.at, name) ?? head;
  return lineWith(text, creation.at, name) ?? lineWith(text, { start: creation.at.end, end: text.length }, name) ?? head;
}

/** The place of the version, else the dump's first line. */
export function headOf({ versions, source }: DumpHistory): Span {
  const [first] = versions.here;
  return first ? { start: first.start, end: first.end } : firstLine(source.text, { start: 0, end: source.text.length });
}

function firstLine(text: string, { start, end }: Span): Span {
  const stop = text.indexOf('\n', start);
  return { start, end: stop < 0 || stop > end ? end : stop };
}

/** The line of a stretch that has the name as a word of its own. */
function lineWith(text: string, { start, end }: Span, name: string): Span | null {
  const isWord = (at: number) => /[\w$]/.test(text[at] ?? ' ');
  for (let at = text.indexOf(name, start); at >= 0 && at < end; at = text.indexOf(name, at + 1)) {
    if (isWord(at - 1) || isWord(at + name.length)) continue;
    const from = text.lastIndexOf('\n', at) + 1;
    const line = firstLine(text, { start: from, end });
    const indent = /^\s*/.exec(text.slice(from, line.end))?.[0].length ?? 0;
    // The table may have the column's name.
    if (from >= start) return { start: from + indent, end: line.end };
  }
  return null;
}
