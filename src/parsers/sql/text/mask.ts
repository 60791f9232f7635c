import type { Span } from '../../../source/span.ts';
import type { Lexicon } from './lexicon.ts';
import { tokenAt } from './token.ts';

/**
 * A text whose computed parts (holes) are replaced, unit for unit, by names that are valid SQL. Each filler begins with a private-use character
 * that tells which hole it stands for, so that names made from holes can be told and shown as they were written.
 */
export interface Masked {
  /** The text as it was written. */
  readonly original: string;
  /** As long as `original`. */
  readonly text: string;
  readonly holes: readonly Span[];
  /** Offsets of NUL characters, which no server accepts. */
  readonly nuls: readonly number[];
}

/** What is needed to show a masked name as it was written. */
export type Holes = Pick<Masked, 'original' | 'holes'>;

const firstFiller = 0xe000;
/** Holes beyond this many share a filler. */
const mostFillers = 6000;

/** Masks the given holes and the placeholders that can never be SQL: `{{ }}`, `${ }`, `#{ }` outside strings and comments. */
export function mask(original: string, holes: readonly Span[], lexicon: Lexicon): Masked {
  const nuls: number[] = [];
  let text = original;
  if (text.includes('\0')) {
    for (let at = text.indexOf('\0'); at >= 0 && nuls.length < 100; at = text.indexOf('\0', at + 1)) nuls.push(at);
    text = text.replaceAll('\0', ' ');
  }
  if (text.startsWith('\ufeff')) text = ` ${text.slice(1)}`;
  const given = holes.filter((hole) => hole.start >= 0 && hole.start < hole.end && hole.end <= original.length).sort((a, b) => a.start - b.start);
  const first = fill(text, given, []);
  const second = /\{\{|[$#]\{/.test(first.text) ? fill(first.text, templates(first.text, lexicon), first.holes) : first;
  return { original, nuls, ...second };
}

/**
 * Replaces spans of a text by fillers; they join the holes. Spans must be sorted and lie outside the holes. `base` is the text's own offset
 * in the whole, to which the spans refer.
 */
export function fill(text: string, spans: readonly Span[], holes: readonly Span[], base = 0): { readonly text: string; readonly holes: readonly Span[] } {
  if (!spans.length) return { text, holes };
  const all = [...holes];
  const parts: string[] = [];
  let at = base;
  for (const span of spans) {
    if (span.start < at) continue;
    parts.push(text.slice(at - base, span.start - base), filler(all.length, span.end - span.start));
    if (all.length < mostFillers) all.push(span);
    at = span.end;
  }
  parts.push(text.slice(at - base));
  return { text: parts.join(''), holes: all };
}

/** True when the text holds a filler. */
export function hasHole(holes: Holes, text: string): boolean {
  return holes.holes.length > 0 && /[\ue000-\uf8fe]/.test(text);
}

/** A name of the masked text as it was written; `dynamic` when a hole is in it. */
export function unmask(holes: Holes, name: string): { readonly name: string; readonly dynamic: boolean } {
  if (!hasHole(holes, name)) return { name, dynamic: false };
  let dynamic = false;
  const shown = name.replace(/([\ue000-\uf8fe])(_*)/g, (whole, head: string, tail: string) => {
    const hole = holes.holes[head.charCodeAt(0) - firstFiller];
    if (!hole) return whole;
    dynamic = true;
    return holes.original.slice(hole.start, hole.end) + tail.slice(hole.end - hole.start - 1);
  });
  return { name: shown, dynamic };
}

/**
 * The placeholders of a statement's text that are SQL in some places only: `?`, `:name`, `%s`, `%(name)s`. To be filled when it does not parse.
 * `base` is the text's offset in the whole.
 */
export function placeholders(text: string, base: number, lexicon: Lexicon): Span[] {
  const found: Span[] = [];
  if (!/[?:%]/.test(text)) return found;
  const pattern = /\?|:[A-Za-z_]\w*|:(?=['"])|%(?:\(\w+\))?[sd](?!\w)|%\{\w+\}/y;
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, lexicon);
    if (token.kind === 'symbol' && token.end - token.start === 1) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match) {
        found.push({ start: base + at, end: base + at + match[0].length });
        at += match[0].length;
        continue;
      }
    }
    at = token.end;
  }
  return found;
}

function filler(index: number, length: number): string {
  return String.fromCharCode(firstFiller + Math.min(index, mostFillers - 1)) + '_'.repeat(length - 1);
}

function templates(text: string, lexicon: Lexicon): Span[] {
  const found: Span[] = [];
  let noBrace = false;
  for (let at = 0; at < text.length; ) {
    const opening: string | null = noBrace ? null : text.startsWith('{{', at) ? '{{' : text.startsWith('${', at) ? '${' : text.startsWith('#{', at) && !lexicon.hashComments ? '#{' : null;
    const close = opening ? text.indexOf(opening === '{{' ? '}}' : '}', at + 2) : -1;
    if (opening && close >= 0) {
      const end = close + (opening === '{{' ? 2 : 1);
      found.push({ start: at, end });
      at = end;
    } else {
      noBrace ||= opening !== null;
      at = tokenAt(text, at, lexicon).end;
    }
  }
  return found;
}
