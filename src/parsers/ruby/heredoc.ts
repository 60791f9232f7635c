import type { Span } from '../../source/span.ts';
import type { EscapeRules } from './escape.ts';
import type { Piece } from './literal.ts';
import { emptyPart, readRuns } from './literal.ts';
import type { StringPart } from './syntax.ts';

const tabWidth = 8;

/** What a heredoc's marker says: `<<~'SQL'` is dedented and raw. */
export interface HeredocMarker {
  readonly dedent: boolean;
  readonly raw: boolean;
  readonly shell: boolean;
}

/** Reads a marker's source text (`<<~SQL`, `<<-'RAW'`, `` <<`CMD` ``). */
export function readMarker(marker: string): HeredocMarker {
  const quote = /^<<[~-]?(["'`]?)/.exec(marker)?.[1] ?? '';
  return { dedent: marker.startsWith('<<~'), raw: quote === "'", shell: quote === '`' };
}

/** The parts of a heredoc's body. `pieces` cover `body`, which ends where the terminator's line starts. */
export function readHeredoc(text: string, body: Span, pieces: readonly Piece[], marker: HeredocMarker): StringPart[] {
  const rules: EscapeRules = { kind: marker.raw ? 'raw' : 'double' };
  const lines = marker.dedent ? findLines(text, body, pieces) : [];
  const width = lines.reduce((least, line) => (line.blank ? least : Math.min(least, line.width)), Infinity);
  const parts: StringPart[] = [];
  let next = 0;
  for (const piece of pieces) {
    if (piece.kind === 'interpolation') {
      parts.push({ kind: 'interpolation', start: piece.start, end: piece.end, body: piece.body });
      continue;
    }
    let from = piece.start;
    for (; next < lines.length; next++) {
      const line = lines[next];
      if (!line || line.start >= piece.end) break;
      const kept = skipIndentation(text, line.start, line.end, width);
      if (kept === line.start) continue;
      readRuns(text, from, line.start, rules, parts);
      from = kept;
    }
    readRuns(text, from, piece.end, rules, parts);
  }
  return parts.length > 0 ? parts : [emptyPart(body.start)];
}

interface Line {
  readonly start: number;
  /** Where its indentation ends. */
  readonly end: number;
  readonly width: number;
  /** Nothing but white space: it does not count for the common indentation. */
  readonly blank: boolean;
}

/** The lines that begin in the heredoc's own text: not inside an interpolation. */
function findLines(text: string, body: Span, pieces: readonly Piece[]): Line[] {
  const lines: Line[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'interpolation') continue;
    let start = piece.start === body.start ? piece.start : lineAfter(text, piece.start, piece.end);
    while (start < piece.end) {
      lines.push(readLine(text, start, piece.end));
      start = lineAfter(text, start, piece.end);
    }
  }
  return lines;
}

function readLine(text: string, start: number, limit: number): Line {
  let end = start;
  let width = 0;
  for (; end < limit; end++) {
    if (text[end] === ' ') width += 1;
    else if (text[end] === '\t') width = (Math.floor(width / tabWidth) + 1) * tabWidth;
    else break;
  }
  const blank = end < limit && (text[end] === '\n' || (text[end] === '\r' && text[end + 1] === '\n'));
  return { start, end, width, blank };
}

/** Where a line's text starts once `width` columns of indentation are taken away; a tab that reaches further stays. */
function skipIndentation(text: string, start: number, end: number, width: number): number {
  let at = start;
  let column = 0;
  for (; at < end && column < width; at++) {
    const next = text[at] === '\t' ? (Math.floor(column / tabWidth) + 1) * tabWidth : column + 1;
    if (next > width) break;
    column = next;
  }
  return at;
}

function lineAfter(text: string, from: number, limit: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 || newline >= limit ? limit : newline + 1;
}
