import type { Span } from '../../source/span.ts';
import { closing, nextItem, withoutStrings } from './brackets.ts';

/** A column of a Drizzle table. */
export interface DrizzleColumn extends Span {
  /** The key by which the code knows it. */
  readonly name: string;
  /** The names that it can have in the database: the one that is given, else the key and, for `casing: "snake_case"`, the key in snake case. */
  readonly columns: readonly string[];
}

/** A table that a file defines for Drizzle. */
export interface DrizzleTable extends Span {
  /** The variable by which the code knows it. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly DrizzleColumn[];
}

/** The tables that a file defines with `pgTable`, `mysqlTable`, `sqliteTable` or a function of its own that ends so. Never throws. */
export function parseDrizzleTables(text: string): DrizzleTable[] {
  if (!/[tT]able\(/.test(text)) return [];
  const plain = withoutStrings(text);
  return [...plain.matchAll(/(?:const|let|var)\s+(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:[\w.]*(?:[tT]able))\(\s*(["'`])/g)].flatMap((match): DrizzleTable[] => {
    const open = match.index + match[0].lastIndexOf('(');
    const quote = match.index + match[0].length - 1;
    const end = plain.indexOf(match[2] ?? '"', quote + 1);
    const object = plain.indexOf('{', end);
    const close = closing(plain, open);
    if (end < 0 || object < 0 || object > close) return [];
    return [{ start: match.index, end: close + 1, name: match[1] ?? '', table: text.slice(quote + 1, end), columns: columnsIn(text, plain, object) }];
  });
}

function columnsIn(text: string, plain: string, object: number): DrizzleColumn[] {
  const columns: DrizzleColumn[] = [];
  const end = closing(plain, object);
  for (let at = object + 1; at < end;) {
    const key = /^\s*(?:(\w+)|(["'])\s*\2)\s*:\s*[\w.]+(?:<[^>]*>)?\(\s*(["'`]?)/.exec(plain.slice(at, at + 300));
    if (key) {
      const start = at + key[0].search(/\S/);
      const quote = at + key[0].length - 1;
      const name = key[1] ?? /["'](\w+)["']/.exec(text.slice(start, start + 80))?.[1] ?? '';
      const given = key[3] ? text.slice(quote + 1, plain.indexOf(key[3], quote + 1)) : null;
      columns.push({ start, end: start + name.length, name, columns: given !== null ? [given] : [...new Set([name, name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()])] });
    }
    at = nextItem(plain, at, end);
  }
  return columns;
}
