import type { Span } from '../../source/span.ts';
import { itemsIn } from './brackets.ts';

/** A property of an object literal: where its key stands, and its value. */
export interface Property extends Span {
  readonly value: Span;
}

/** The properties of the object literal at `at`, by key; `...` stands for what is spread into it. Null when none begins there. */
export function propertiesAt(text: string, plain: string, at: number): ReadonlyMap<string, Property> | null {
  if (plain[at] !== '{') return null;
  const properties = new Map<string, Property>();
  for (const item of itemsIn(plain, at)) {
    const key = /^(?:(\w+)|(["'])[^"'\n]*\2)(\s*:\s*)?/.exec(plain.slice(item.start, item.end));
    if (!key) {
      properties.set('...', { ...item, value: item });
      continue;
    }
    const end = item.start + key[0].length - (key[3]?.length ?? 0);
    const start = key[3] === undefined ? item.start : item.start + key[0].length;
    properties.set(key[1] ?? text.slice(item.start + 1, end - 1), { start: item.start, end, value: { start, end: item.end } });
  }
  return properties;
}

/** The text that a literal, or a constant of the same file, stands for; null for anything else. */
export function textOf(text: string, { start, end }: Span): string | null {
  const written = text.slice(start, end).trim();
  const literal = /^(["'`])([^"'`\\]*)\1(?:\s+as\s+const)?$/.exec(written)?.[2];
  if (literal !== undefined) return literal.includes('${') ? null : literal;
  if (!/^\w+$/.test(written)) return null;
  return new RegExp(`\\bconst\\s+${written}\\s*(?::\\s*string\\s*)?=\\s*(["'\`])([^"'\`\\\\$]*)\\1`).exec(text)?.[2] ?? null;
}

/** True for a property that is there and whose text is not. */
export function isUnreadable(text: string, property: Property | undefined): boolean {
  return property !== undefined && textOf(text, property.value) === null;
}
