import type { Comment } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';

/** A comment of the file: `# ...`, or a `=begin` block, whose text is the lines between its markers. A line end is not part of it. */
export function readComment(text: string, span: Span): Comment {
  let end = span.end;
  while (end > span.start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  const start = span.start;
  const written = text.slice(start, end);
  if (!written.startsWith('=begin')) return { start, end, text: written.slice(1), trailing: hasCodeBefore(text, start) };
  const first = written.indexOf('\n') + 1;
  const last = written.lastIndexOf('\n') + 1;
  return { start, end, text: first > 0 && last > first ? written.slice(first, last) : '', trailing: false };
}

function hasCodeBefore(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const unit = text[before];
    if (unit === '\n' || unit === '\r') return false;
    if (unit !== ' ' && unit !== '\t') return true;
  }
  return false;
}
