import { tokenize } from '../../schema/expression.ts';
import type { Token } from '../../schema/expression.ts';
import type { Table } from '../../schema/table.ts';
import { splitAt, unwrapped } from './condition.ts';

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
  const branches = splitAt(inner, 'or');
  if (branches.length > 1) return branches.every((branch) => proves(branch, column, depth + 1));
  const conjuncts = splitAt(inner, 'and');
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
