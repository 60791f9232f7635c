import { closing, withoutStrings } from '../parsers/script/brackets.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import type { Use } from './application.ts';
import { escapeRegExp } from '../source/regexp.ts';

/** What is known of a table when its uses are looked for in JavaScript or TypeScript. */
export interface ScriptOwner {
  readonly table: string;
  /** What the code calls its models: the Prisma model, the variable of the Drizzle table. */
  readonly names: readonly string[];
  /** The names by which the code knows the column; none when a table is looked for. */
  readonly attributes: readonly string[];
  readonly column: string;
}

interface Found extends Span { readonly certainty: Use['certainty'] }

/** Keys of a query around the fields of its own model; below other keys, fields are those of a relation. */
const ofQuery = new Set(['select', 'omit', 'where', 'data', 'orderBy', 'create', 'update', 'AND', 'OR', 'NOT', 'distinct', 'by', 'having', '_count', '_sum', '_avg', '_min', '_max', 'cursor', 'set', 'values']);

/** The word with its first letter small: the property by which Prisma's client knows a model. */
export function delegateOf(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The places in one file that name the column, or with no attributes the table. `isShared`: other tables have a column of that name. */
export function scriptUses({ text, path }: Source, owner: ScriptOwner, isShared: boolean): Found[] {
  if (path.endsWith('.prisma')) return [];
  const plain = withoutStrings(text);
  const found = new Map<number, Found>();
  const add = (start: number, length: number, certainty: Use['certainty']) => {
    if (!found.has(start)) found.set(start, { start, end: start + length, certainty });
  };
  sqlUses(text, owner, add);
  const delegates = owner.names.map((name) => escapeRegExp(delegateOf(name))).join('|');
  const names = owner.names.map(escapeRegExp).join('|');
  if (names !== '') {
    const calls = new RegExp(`${callsOf(owner.names, delegates)}|\\b(?:insert|update|from|delete)\\(\\s*(?:\\w+\\.)?(?:${names})\\s*\\)(?:\\s*\\.\\s*\\w+\\((?=[^()]*$))?`, 'g');
    for (const call of plain.matchAll(calls)) {
      if (owner.attributes.length === 0) add(call.index, call[0].length, 'certain');
      // A query of Prisma is one call; one of Drizzle is a chain.
      else for (const [open, close] of chain(plain, call.index + (/[()]$/.test(call[0]) ? call[0].length - 1 : call[0].lastIndexOf('(')))) for (const [start, name] of keysIn(plain, open, close, owner.attributes)) add(start, name.length, 'certain');
    }
    if (owner.attributes.length === 0) for (const match of plain.matchAll(new RegExp(`\\b(?:get|Inject)Repository\\s*\\(\\s*(?:${names})\\s*[,)]`, 'g'))) add(match.index, match[0].length, 'certain');
    if (owner.attributes.length === 0) for (const match of plain.matchAll(new RegExp(`(?<![\\w.$])(?:${names})\\s*\\.\\s*\\$?[a-z]`, 'g'))) if (!/^[A-Z]/.test(match[0])) add(match.index, match[0].length, 'certain');
  }
  for (const attribute of owner.attributes) {
    const isDistinctive = !isShared && (/[a-z][A-Z]|_/.test(attribute) || attribute.length >= 9);
    for (const match of plain.matchAll(new RegExp(`(?<![\\w$])${escapeRegExp(attribute)}(?![\\w$])`, 'g'))) {
      const receiver = /([A-Za-z_$][\w$]*)\s*[?!]?\.\s*$/.exec(plain.slice(Math.max(0, match.index - 80), match.index))?.[1] ?? null;
      if (receiver !== null && owner.names.includes(receiver)) add(match.index, attribute.length, 'certain');
      else if (receiver !== null && owner.names.some((name) => isInstance(receiver, name))) add(match.index, attribute.length, 'likely');
      else if (isDistinctive && (receiver !== null || /^\s*\??:/.test(plain.slice(match.index + attribute.length, match.index + attribute.length + 4)))) add(match.index, attribute.length, 'possible');
    }
  }
  return [...found.values()];
}

/** Calls of clients that know a table by its model: Prisma's delegates, classes with static methods, repositories and entity managers. */
function callsOf(names: readonly string[], delegates: string): string {
  const methods = '(?:find\\w*|create\\w*|update\\w*|upsert|insert|save|bulkCreate|count\\w*|exist\\w*|destroy|delete\\w*|remove|aggregate|groupBy)\\s*\\(';
  // A variable in lower case can be a list of anything.
  const classes = names.filter((name) => /^[A-Z]/.test(name)).map(escapeRegExp).join('|');
  return `\\.\\s*(?:${delegates})\\s*\\.\\s*(?:find\\w*|create\\w*|update\\w*|upsert|delete\\w*|count|aggregate|groupBy)\\s*\\(|(?<![\\w$])(?:${delegates})s?Repo(?:sitory)?\\s*\\.\\s*${methods}`
    + (classes === '' ? '' : `|(?<![\\w.$])(?:${classes})s?\\s*\\.\\s*${methods}|\\bgetRepository\\s*\\(\\s*(?:${classes})\\s*\\)\\s*\\.\\s*${methods}|[mM]anager\\s*\\.\\s*\\w+\\s*\\(\\s*(?:${classes})\\s*(?=[,)])`);
}

/** SQL in strings: `"User"."email"`, `users.email`, `FROM "User"`. */
function sqlUses(text: string, { table, attributes, column }: ScriptOwner, add: (start: number, length: number, certainty: Use['certainty']) => void): void {
  const name = escapeRegExp(table);
  const form = attributes.length > 0
    ? new RegExp(`(?<![\\w$.])(?:"${name}"\\."${escapeRegExp(column)}"|${name}\\.${escapeRegExp(column)}(?![\\w(]))`, 'g')
    : new RegExp(`\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+(?:ONLY\\s+)?(?:"?\\w+"?\\.)?(?:"${name}"|\`${name}\`|${name}(?!\\w))`, 'g');
  // Unquoted, it is only SQL inside of a text.
  for (const match of text.matchAll(form)) if (attributes.length === 0 || match[0].startsWith('"') || /\b(?:SELECT|WHERE|AND|ON|SET|BY|FROM|JOIN)\b[^;]*$/.test(text.slice(Math.max(0, match.index - 400), match.index))) add(match.index, match[0].length, 'certain');
}

/** The brackets of a chain of calls, from its first one. */
function* chain(plain: string, open: number): Generator<readonly [number, number]> {
  for (let at = open; ;) {
    if (plain[at] === '(') {
      const close = closing(plain, at);
      yield [at, close];
      at = close + 1;
    } else if (plain[at] === ')') at++;
    else return;
    const next = /^\s*\.\s*\w+\s*\(/.exec(plain.slice(at, at + 60));
    if (!next) return;
    at += next[0].length - 1;
  }
}

/** Keys of the objects between two brackets that are of the query's own model. */
function keysIn(plain: string, open: number, close: number, names: readonly string[]): [number, string][] {
  const keys: [number, string][] = [];
  const above: (string | null)[] = [];
  let key: string | null = null;
  for (const token of plain.slice(open, close).matchAll(/([A-Za-z_$][\w$]*)\s*(\??:(?!:)|(?=\s*[,}]))|[{}[\](),;]/g)) {
    const [text, word, colon] = token;
    if (word !== undefined) {
      if (names.includes(word) && above.length > 1 && above.every((one) => one === null || ofQuery.has(one)) && plain[open + token.index - 1] !== '.') keys.push([open + token.index, word]);
      key = colon ? word : null;
    } else if (/[{[(]/.test(text)) {
      above.push(key);
      key = null;
    } else if (/[}\])]/.test(text)) above.pop();
    else key = null;
  }
  return keys;
}

/** `user`, `currentUser`, `dbUser` for the model `User` or the table `users`. */
function isInstance(receiver: string, name: string): boolean {
  const one = delegateOf(name);
  const singular = one.replace(/ies$/, 'y').replace(/s$/, '');
  return receiver === one || receiver === singular || receiver.endsWith(singular.charAt(0).toUpperCase() + singular.slice(1));
}
