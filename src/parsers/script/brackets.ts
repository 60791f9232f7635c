import type { Span } from '../../source/span.ts';

/** A JavaScript or TypeScript text with comments and the contents of strings blanked: every offset is as it was. Regular expressions are taken for text. */
export function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\/\/[^\n]*|\/\*[^]*?\*\//g, (match) => {
    const quote = match[0] === '/' ? ' ' : match[0];
    return quote + match.slice(1, -1).replace(/[^\n]/g, ' ') + (match.length > 1 ? (match[0] === '/' ? ' ' : quote) : '');
  });
}

/** Where the bracket at `open` of a text without strings is closed; the text's length when it is not. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const unit = text[at];
    if (unit === '(' || unit === '[' || unit === '{') depth++;
    else if (unit === ')' || unit === ']' || unit === '}') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** What stands between the commas of the bracket at `open` of a text without strings, blanks at the ends left out. */
export function itemsIn(plain: string, open: number): Span[] {
  const end = closing(plain, open);
  const items: Span[] = [];
  for (let at = open + 1; at < end;) {
    const next = nextItem(plain, at, end);
    const item = plain.slice(at, plain[next - 1] === ',' ? next - 1 : next);
    if (item.trim() !== '') items.push({ start: at + item.search(/\S/), end: at + item.trimEnd().length });
    at = next;
  }
  return items;
}

/** Past the next comma of this depth; `end` when there is none. */
export function nextItem(plain: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const unit = plain[at];
    if (unit === ',') return at + 1;
    if (unit === '(' || unit === '[' || unit === '{') at = closing(plain, at);
  }
  return end;
}
