import { tokenize } from '../../schema/expression.ts';
import type { Token } from '../../schema/expression.ts';
import { isDefaultBound } from '../../schema/store.ts';
import { splitList } from './comparison.ts';
import { unwrapped } from './condition.ts';
import type { Literal } from './literal.ts';
import { readLiteral } from './literal.ts';

/** How a table is partitioned. An expression among the keys is null. */
export interface PartitionKey {
  readonly method: 'range' | 'list' | 'hash';
  readonly columns: readonly (string | null)[];
}

/** The rows a partition takes. `unread` for several keys and values that are computed. */
export type Bounds =
  | { readonly kind: 'default' | 'unread' }
  /** From `from` on and below `to`; null where there is no limit. */
  | { readonly kind: 'range'; readonly from: Literal | null; readonly to: Literal | null }
  | { readonly kind: 'hash'; readonly modulus: string; readonly remainder: string }
  | { readonly kind: 'list'; readonly values: readonly Literal[]; readonly withNull: boolean };

/** Reads the clause after PARTITION BY: `RANGE (created_at)`. Null when it is not known. */
export function readPartitionKey(text: string | null): PartitionKey | null {
  const tokens = text === null ? [] : tokenize(text);
  const method = tokens[0]?.text;
  if (method !== 'range' && method !== 'list' && method !== 'hash') return null;
  // A column may be followed by a collation or an operator class; an expression stands in brackets or is a call.
  const columns = splitList(unwrapped(tokens.slice(1))).map(([first, second]) => (first === undefined || first.text === '(' || second?.text === '(' ? null : first.text));
  return { method, columns };
}

/** Reads `FOR VALUES ...` or `DEFAULT`. */
export function readBounds(text: string | null | undefined): Bounds {
  if (isDefaultBound(text)) return { kind: 'default' };
  const tokens = tokenize(text ?? '');
  const [first, second, kind] = tokens.map((token) => token.text);
  if (first !== 'for' || second !== 'values') return { kind: 'unread' };
  const rest = tokens.slice(3);
  if (kind === 'with') {
    const [modulus, remainder] = rest.filter((token) => token.kind === 'number').map((token) => token.text);
    return modulus !== undefined && remainder !== undefined ? { kind: 'hash', modulus, remainder } : { kind: 'unread' };
  }
  if (kind === 'in') return listBounds(unwrapped(rest));
  const to = rest.findIndex((token) => token.kind === 'word' && token.text === 'to');
  return kind === 'from' && to > 0 ? rangeBounds(unwrapped(rest.slice(0, to)), unwrapped(rest.slice(to + 1))) : { kind: 'unread' };
}

function listBounds(tokens: readonly Token[]): Bounds {
  const items = splitList(tokens);
  const isNull = (item: readonly Token[]) => item.length === 1 && item[0]?.kind === 'word' && item[0].text === 'null';
  const values = items.filter((item) => !isNull(item)).map(readLiteral);
  const read = values.filter((value) => value !== null);
  return read.length < values.length ? { kind: 'unread' } : { kind: 'list', values: read, withNull: items.some(isNull) };
}

function rangeBounds(from: readonly Token[], to: readonly Token[]): Bounds {
  const low = limit(from, 'minvalue');
  const high = limit(to, 'maxvalue');
  return low === undefined || high === undefined ? { kind: 'unread' } : { kind: 'range', from: low, to: high };
}

/** The limit, null for the word that means none, undefined when it is not read. */
function limit(tokens: readonly Token[], none: string): Literal | null | undefined {
  if (tokens.length === 1 && tokens[0]?.kind === 'word' && tokens[0].text === none) return null;
  return readLiteral(tokens) ?? undefined;
}
