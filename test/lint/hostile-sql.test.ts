import { describe, expect, it } from 'vitest';
import { createLimit, judgedPart, restNotJudged } from '../../src/lint/limit.ts';
import type { EnabledRule, JudgedFinding } from '../../src/lint/judge.ts';
import type { Migration, Operation } from '../../src/operations/index.ts';

const at = { start: 0, end: 1 };
const enabled = { rule: { id: 'drop-table' } } as EnabledRule;
const operationsOf = (kind: string, count: number) => Array.from({ length: count }, () => ({ kind, at, statement: at }) as unknown as Operation);
const migrationOf = (...operations: readonly Operation[]) => ({ operations }) as unknown as Migration;

describe('what is told of a file without end', () => {
  it('is a thousand findings of a rule and a word on the rest', () => {
    const limit = createLimit();
    const told = Array.from({ length: 1500 }, () => limit.count(enabled, { at, statement: at, assured: null }, () => ({ ruleId: 'drop-table' }) as JudgedFinding)).filter((one) => one !== null);
    expect(told).toHaveLength(1001);
    expect(told.at(-1)).toMatchObject({ ruleId: 'not-judged', message: '"drop-table" has more than 1000 findings in this file; only the first 1000 are told.' });
    expect(limit.isReached(enabled)).toBe(true);
  });

  it('is where it is no longer judged', () => {
    const { migration, rest } = judgedPart(migrationOf(...operationsOf('drop-table', 25_000)));
    expect([migration.operations.length, rest.length]).toEqual([20_000, 5000]);
    expect(restNotJudged(rest)).toMatchObject([{ ruleId: 'not-judged', severity: 'error' }]);
  });

  it('is everything when most of it is rows of a seed file', () => {
    const { migration, rest } = judgedPart(migrationOf(...operationsOf('insert-rows', 100_000), ...operationsOf('drop-table', 1)));
    expect([migration.operations.length, restNotJudged(rest)]).toEqual([100_001, []]);
  });
});
