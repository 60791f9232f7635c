import type { Token } from '../../schema/expression.ts';
import { tokenize } from '../../schema/expression.ts';
import type { Table } from '../../schema/table.ts';

/**
 * True for a condition that lets every row through although it names a column: `id IS NOT NULL`, `id > 0`, `id = id`, `name LIKE '%'`. They are written
 * to please a client that asks for a WHERE. What has no column in it (`1 = 1`) is told by the parsers.
 */
export function holdsForEveryRow(condition: string, table: Table | undefined): boolean {
  const tokens = unwrapped(tokenize(condition));
  const left = columnAt(tokens, 0);
  if (!left || isNullable(left.column, table)) return false;
  const rest = tokens.slice(left.next);
  const words = rest.map(({ text }) => text.toLowerCase()).join(' ');
  const right = columnAt(rest, 1);
  if (rest[0]?.text === '=' && right?.column === left.column && right.next === rest.length) return true;
  return words === 'is not null' || words === "like '%'" || (isKey(left.column, table) && /^(> 0|>= [01]|(<>|!=) 0|> - 1)$/.test(words));
}

function unwrapped(tokens: readonly Token[]): readonly Token[] {
  let inner = tokens;
  while (inner[0]?.text === '(' && inner.at(-1)?.text === ')' && !inner.slice(1, -1).some(({ text }) => text === '(' || text === ')')) inner = inner.slice(1, -1);
  return inner;
}

/** The column that a possibly qualified name at a token stands for, and the index after it. */
function columnAt(tokens: readonly Token[], at: number): { readonly column: string; readonly next: number } | null {
  const isName = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'name';
  let last = at;
  if (!isName(tokens[last])) return null;
  while (tokens[last + 1]?.text === '.' && isName(tokens[last + 2])) last += 2;
  return { column: tokens[last]?.text ?? '', next: last + 1 };
}

function isKey(column: string, table: Table | undefined): boolean {
  return table?.primaryKey.includes(column) ?? column === 'id';
}

function isNullable(column: string, table: Table | undefined): boolean {
  return !isKey(column, table) && table?.columns.get(column)?.nullable !== false;
}
