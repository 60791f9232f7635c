import { tokenize } from '../../schema/expression.ts';
import type { Token } from '../../schema/expression.ts';
import type { Table } from '../../schema/table.ts';

/**
 * True when a validated check of the table proves that the column holds no NULL, so that Postgres 12 and later skip the scan of SET NOT NULL.
 * Its prover was measured (18, and `set-not-null-after-*` on 12 to 15): `col IS NOT NULL` as it stands, as one side of AND, in every branch of OR,
 * or as `NOT (col IS NULL)`; nothing else counts, not even `col > 0`.
 */
export function provesNotNull(table: Table, column: string): boolean {
  return table.checks.some((check) => check.validated && expressionProves(check.expression, column));
}

/** True when an expression that holds for every row leaves no NULL in the column, as far as Postgres itself sees it. */
export function expressionProves(expression: string, column: string): boolean {
  const tokens = tokenize(expression);
  return proves(tokens[0]?.text === 'check' && tokens[1]?.text === '(' ? tokens.slice(1) : tokens, column, 0);
}

const deepest = 50;

function proves(tokens: readonly Token[], column: string, depth: number): boolean {
  if (depth > deepest) return false;
  const inner = unwrapped(tokens);
  const branches = split(inner, 'or');
  if (branches.length > 1) return branches.every((branch) => proves(branch, column, depth + 1));
  const conjuncts = split(inner, 'and');
  if (conjuncts.length > 1) return conjuncts.some((conjunct) => proves(conjunct, column, depth + 1));
  if (isNullTest(inner, column, ['is', 'not', 'null']) || isNullTest(inner, column, ['notnull'])) return true;
  return inner[0]?.text === 'not' && inner[0].kind === 'word' && isNullTest(unwrapped(inner.slice(1)), column, ['is', 'null']);
}

function isNullTest(tokens: readonly Token[], column: string, test: readonly string[]): boolean {
  const at = tokens.length - test.length;
  if (at < 1 || !test.every((word, index) => tokens[at + index]?.kind === 'word' && tokens[at + index]?.text === word)) return false;
  const subject = unwrapped(tokens.slice(0, at));
  const last = subject.at(-1);
  if (last === undefined || (last.kind !== 'word' && last.kind !== 'name')) return false;
  if (!subject.slice(0, -1).every((token, index) => (index % 2 === 0 ? token.kind === 'word' || token.kind === 'name' : token.text === '.'))) return false;
  return subject.length % 2 === 1 && (last.kind === 'name' ? last.text === column : last.text === column.toLowerCase());
}

/** Takes off the parentheses that enclose all of it. */
function unwrapped(tokens: readonly Token[]): readonly Token[] {
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
function split(tokens: readonly Token[], word: 'and' | 'or'): (readonly Token[])[] {
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
