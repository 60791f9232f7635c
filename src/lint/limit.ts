import type { EnabledRule, FindingPlace, JudgedFinding } from './judge.ts';

/** More findings of one rule in one file are read by nobody, and each may cost a look through the whole file. */
const mostOfARule = 1000;

/** Counts the findings of one migration by rule. */
export interface Limit {
  /** True when the rule has been cut short, so that its handlers need not be asked. */
  isReached(enabled: EnabledRule): boolean;
  /** Counts one: the finding itself, a word on what is left out in place of the first beyond the limit, then nothing. */
  count(enabled: EnabledRule, place: FindingPlace, finding: () => JudgedFinding): JudgedFinding | null;
}

/** A limit that nothing is counted for yet. */
export function createLimit(): Limit {
  const counts = new Map<EnabledRule, number>();
  return {
    isReached: (enabled) => (counts.get(enabled) ?? 0) > mostOfARule,
    count(enabled, place, finding) {
      const count = (counts.get(enabled) ?? 0) + 1;
      counts.set(enabled, count);
      return count <= mostOfARule ? finding() : count === mostOfARule + 1 ? cutShort(enabled, place) : null;
    },
  };
}

function cutShort({ rule }: EnabledRule, { at, statement }: FindingPlace): JudgedFinding {
  return {
    ruleId: 'not-judged', hazard: 'advice', severity: 'notice', at, statement, related: [], assured: null,
    message: `"${rule.id}" has more than ${mostOfARule} findings in this file; only the first ${mostOfARule} are told.`,
    why: `From here on the file is not judged by "${rule.id}".`,
    remedy: { advice: 'Mend the first ones, or split the file, and run the check again.', steps: [] },
  };
}
