import type { EscapeRules } from './escape.ts';
import { readEscape } from './escape.ts';
import type { RubyNode, StringPart } from './syntax.ts';

/** A stretch of a literal as written: plain text, or an interpolation that is already read. */
export type Piece =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'interpolation'; readonly start: number; readonly end: number; readonly body: readonly RubyNode[] };

/** The interpolations of a literal, in order, with the text around them. */
export function piecesBetween(start: number, end: number, interpolations: readonly Extract<Piece, { kind: 'interpolation' }>[]): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (const interpolation of interpolations) {
    if (interpolation.start > at) pieces.push({ kind: 'text', start: at, end: interpolation.start });
    pieces.push(interpolation);
    at = Math.max(at, interpolation.end);
  }
  if (at < end) pieces.push({ kind: 'text', start: at, end });
  return pieces;
}

/** The parts of a literal; one empty part at `start` when there is nothing in it. */
export function readParts(text: string, start: number, pieces: readonly Piece[], rules: EscapeRules): StringPart[] {
  const parts: StringPart[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'interpolation') parts.push({ kind: 'interpolation', start: piece.start, end: piece.end, body: piece.body });
    else readRuns(text, piece.start, piece.end, rules, parts);
  }
  return parts.length > 0 ? parts : [emptyPart(start)];
}

/** A literal part without text. */
export function emptyPart(at: number): StringPart {
  return { kind: 'literal', value: '', exact: true, start: at, end: at };
}

/** Adds the runs of a stretch of text: copied ones, and one for every escape. Carriage returns before line feeds are no part of the value. */
export function readRuns(text: string, start: number, end: number, rules: EscapeRules, parts: StringPart[]): void {
  let from = start;
  let at = start;
  const copy = (to: number): void => {
    if (to > from) parts.push({ kind: 'literal', value: text.slice(from, to), exact: true, start: from, end: to });
  };
  while (at < end) {
    const unit = text.charCodeAt(at);
    if (unit === 13 && text.charCodeAt(at + 1) === 10) {
      copy(at);
      at += 1;
      from = at;
    } else if (unit === 92) {
      const escape = readEscape(text, at, end, rules);
      if (!escape) {
        // A backslash that stays keeps the next one from starting an escape only when it is doubled, which `readEscape` handles.
        at += 1;
        continue;
      }
      copy(at);
      at = escape.bytes ? pushBytes(text, at, end, rules, parts) : pushEscape(at, escape.end, escape.value, parts);
      from = at;
    } else at += 1;
  }
  copy(end);
}

function pushEscape(start: number, end: number, value: string, parts: StringPart[]): number {
  if (value !== '') parts.push({ kind: 'literal', value, exact: false, start, end });
  return end;
}

/** Byte escapes in a row are the bytes of one text (`"\xE3\x81\x82"`). */
function pushBytes(text: string, start: number, end: number, rules: EscapeRules, parts: StringPart[]): number {
  const bytes: number[] = [];
  let at = start;
  while (at < end && text.charCodeAt(at) === 92) {
    const escape = readEscape(text, at, end, rules);
    if (!escape?.bytes) break;
    bytes.push(...escape.bytes);
    at = escape.end;
  }
  return pushEscape(start, at, new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)), parts);
}

/** The characters a backslash makes plain in a single-quoted literal that opens with `opening` (`'`, `%q(`, `%w[`). */
export function singleDelimiters(opening: string): string {
  const open = opening.at(-1) ?? "'";
  const close = { '(': ')', '[': ']', '{': '}', '<': '>' }[open] ?? open;
  return open + close;
}
