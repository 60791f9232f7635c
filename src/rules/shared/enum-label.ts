import { typeKey } from '../../schema/store.ts';
import { tokenize } from '../../schema/expression.ts';
import type { Token } from '../../schema/expression.ts';

/** A label of an enum type; `type` as `typeKey` gives it. */
export interface EnumLabel {
  readonly type: string;
  readonly value: string;
}

const comparisons = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);

/**
 * True when an SQL expression reads the text of the label as a value of its type: it is cast to the type, or compared with a column of the type. `typeOf` gives the
 * type of a column by its name. Text that is compared as text (`state::text = 'x'`) is no use of the label.
 */
export function usesLabel(expression: string, label: EnumLabel, typeOf: (column: string) => string | undefined): boolean {
  const literal = `'${label.value.replaceAll("'", "''")}'`;
  if (!expression.includes(literal)) return false;
  const tokens = tokenize(expression);
  return tokens.some((token, at) => {
    if (token.kind !== 'string' || token.text !== literal) return false;
    const cast = castAfter(tokens, at);
    const type = cast ?? comparedType(tokens, at, typeOf);
    return type !== undefined && typeKey(type) === label.type;
  });
}

/** The type that the operand ending at a token is cast to: `'x'::shop.mood`, `cast('x' as mood)`. */
function castAfter(tokens: readonly Token[], at: number): string | undefined {
  const next = tokens[at + 1]?.text;
  if (next === '::' || (next === 'as' && tokens[at - 1]?.text === '(' && tokens[at - 2]?.text === 'cast')) return typeAt(tokens, at + 2);
  return undefined;
}

function typeAt(tokens: readonly Token[], at: number): string | undefined {
  const first = tokens[at]?.text;
  return tokens[at + 1]?.text === '.' ? `${first}.${tokens[at + 2]?.text ?? ''}` : first;
}

/** The type of what a literal is compared with: `mood = 'x'`, `'x' <> mood`, `mood in ('x')`, `mood is distinct from 'x'`, `mood = any (array['x'])`. */
function comparedType(tokens: readonly Token[], at: number, typeOf: (column: string) => string | undefined): string | undefined {
  const before = tokens[at - 1]?.text ?? '';
  if (comparisons.has(before)) return typeBefore(tokens, at - 1, typeOf);
  if (before === 'from' && tokens[at - 2]?.text === 'distinct') return typeBefore(tokens, tokens[at - 3]?.text === 'not' ? at - 4 : at - 3, typeOf);
  if (comparisons.has(tokens[at + 1]?.text ?? '')) return typeFrom(tokens, at + 2, typeOf);
  return before === '(' || before === ',' || before === '[' ? typeBefore(tokens, listOwner(tokens, at), typeOf) : undefined;
}

/** The index of the operator whose right side is the list around a token. */
function listOwner(tokens: readonly Token[], at: number): number {
  let open = at - 1;
  for (let depth = 0; open >= 0; open--) {
    const { text } = tokens[open] ?? { text: '' };
    if (text === ')' || text === ']') depth += 1;
    else if (text === '(' || text === '[') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  let owner = open - 1;
  while (owner >= 0 && ['(', 'array', 'any', 'some', 'not'].includes(tokens[owner]?.text ?? '')) owner -= 1;
  if (tokens[owner]?.text === 'in') return tokens[owner - 1]?.text === 'not' ? owner - 1 : owner;
  return comparisons.has(tokens[owner]?.text ?? '') ? owner : -1;
}

/** The type of the operand that ends before a token. */
function typeBefore(tokens: readonly Token[], end: number, typeOf: (column: string) => string | undefined): string | undefined {
  const last = tokens[end - 1];
  if (end < 1 || (last?.kind !== 'word' && last?.kind !== 'name')) return undefined;
  if (tokens[end - 2]?.text === '::') return last.text;
  if (tokens[end - 2]?.text === '.' && tokens[end - 4]?.text === '::') return `${tokens[end - 3]?.text ?? ''}.${last.text}`;
  return typeOf(last.text);
}

/** The type of the operand that begins at a token. */
function typeFrom(tokens: readonly Token[], at: number, typeOf: (column: string) => string | undefined): string | undefined {
  let end = at;
  while (tokens[end + 1]?.text === '.') end += 2;
  const last = tokens[end];
  if (last?.kind !== 'word' && last?.kind !== 'name') return undefined;
  return tokens[end + 1]?.text === '::' ? typeAt(tokens, end + 2) : typeOf(last.text);
}
