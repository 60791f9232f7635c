import type { Token } from '../../schema/expression.ts';

/** Takes off the parentheses that enclose all of it. */
export function unwrapped(tokens: readonly Token[]): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  const partner = partners(tokens);
  while (to - from >= 2 && partner.get(from) === to - 1) {
    from++;
    to--;
  }
  return tokens.slice(from, to);
}

function partners(tokens: readonly Token[]): Map<number, number> {
  const open: number[] = [];
  const found = new Map<number, number>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'symbol') return;
    if (token.text === '(') open.push(index);
    const start = token.text === ')' ? open.pop() : undefined;
    if (start !== undefined) found.set(start, index);
  });
  return found;
}

/** Cuts at the AND or OR that stands outside parentheses, CASE and BETWEEN. */
export function splitAt(tokens: readonly Token[], word: 'and' | 'or'): (readonly Token[])[] {
  const parts: (readonly Token[])[] = [];
  let depth = 0;
  let start = 0;
  let betweens = 0;
  tokens.forEach((token, index) => {
    if (token.text === '(' && token.kind === 'symbol') depth++;
    else if (token.text === ')' && token.kind === 'symbol') depth--;
    if (token.kind !== 'word') return;
    if (token.text === 'case') depth++;
    else if (token.text === 'end') depth--;
    else if (depth === 0 && token.text === 'between') betweens++;
    else if (depth === 0 && token.text === 'and' && betweens > 0) betweens--;
    else if (depth === 0 && token.text === word) {
      parts.push(tokens.slice(start, index));
      start = index + 1;
    }
  });
  return [...parts, tokens.slice(start)];
}
