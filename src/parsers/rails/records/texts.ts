import type { AssignedText } from '../../../operations/index.ts';
import type { Invocation } from '../evaluator/invocation.ts';
import { literalText, type Value } from '../value.ts';
import { roughText } from '../values/inspect.ts';
import { assignments } from './conditions.ts';

/** The columns that `column: nil` pairs or `SET column = NULL` empty; told on Postgres only. */
export function assignedNulls(inv: Invocation, values: readonly Value[]): { readonly nulls?: readonly string[] } {
  if (inv.machine.environment.engine.name !== 'postgres') return {};
  const nulls = values.flatMap((value) => {
    if (value.type === 'hash') return value.entries.flatMap(([key, stored]) => (stored.type === 'nil' ? (roughText(key) ?? []) : []));
    return assignments(literalText(value) ?? '').filter(({ value: stored }) => /^null$/i.test(stored)).map(({ column }) => column);
  });
  return nulls.length > 0 ? { nulls } : {};
}

/** The short texts that `column: "text"` pairs, lists of them, or `SET` text store; told on Postgres only. */
export function assignedTexts(inv: Invocation, values: readonly Value[]): { readonly texts?: readonly AssignedText[] } {
  if (inv.machine.environment.engine.name !== 'postgres') return {};
  const found = new Map<string, AssignedText>();
  for (const { column, text } of values.flatMap((value) => pairsIn(value))) if (text.length <= 63) found.set(`${column} ${text}`, { column, text });
  return found.size > 0 ? { texts: [...found.values()] } : {};
}

function pairsIn(value: Value): { column: string; text: string }[] {
  if (value.type === 'array') return value.items.slice(0, 200).flatMap((item) => (item.type === 'hash' ? pairsIn(item) : []));
  if (value.type === 'hash') return value.entries.flatMap(([key, stored]) => pair(roughText(key), literalText(stored)));
  const text = literalText(value);
  return text === null ? [] : assignments(text).flatMap(({ column, value: stored }) => pair(column, /^'(?:[^']|'')*'$/.test(stored) ? stored.slice(1, -1).replaceAll("''", "'") : null));
}

function pair(column: string | null, text: string | null): { column: string; text: string }[] {
  return column === null || text === null || text === '' ? [] : [{ column, text }];
}
