import type { QualifiedName } from '../../operations/index.ts';
import { printName } from '../../operations/index.ts';

/** A name in double quotes, for messages. */
export function quoted(name: QualifiedName | string): string {
  return `"${typeof name === 'string' ? name : printName(name)}"`;
}

/** A column with its table in double quotes, for messages: `"users"."email"`. */
export function quotedColumn(table: QualifiedName | string, column: string): string {
  return `${quoted(table)}.${quoted(column)}`;
}

/** Names in double quotes, joined as a sentence does: `"a", "b" and "c"`. */
export function listed(names: readonly (QualifiedName | string)[], joint: 'and' | 'or' = 'and'): string {
  return joined(names.map(quoted), joint);
}

/** Clauses joined as a sentence does: `the index, the key and the constraint`. */
export function joined(clauses: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = clauses.at(-1) ?? '';
  return clauses.length < 2 ? last : `${clauses.slice(0, -1).join(', ')} ${joint} ${last}`;
}

/** A clause as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first `length` characters of a text on one line, with an ellipsis when more follows. */
export function excerpt(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
