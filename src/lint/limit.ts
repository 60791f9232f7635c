import type { Migration, Operation } from '../operations/index.ts';
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

function cutShort({ rule }: EnabledRule, place: FindingPlace): JudgedFinding {
  return notJudged(place, {
    severity: 'notice',
    message: `"${rule.id}" has more than ${mostOfARule} findings in this file; only the first ${mostOfARule} are told.`,
    why: `From here on the file is not judged by "${rule.id}".`,
    advice: 'Mend the first ones, or split the file, and run the check again.',
  });
}

/** What the rule `not-judged` says of a limit that is no operation's, so that its handlers never see it. */
function notJudged(place: Pick<FindingPlace, 'at' | 'statement'>, { advice, ...said }: Pick<JudgedFinding, 'severity' | 'message' | 'why'> & { readonly advice: string }): JudgedFinding {
  return { ruleId: 'not-judged', hazard: 'advice', at: place.at, statement: place.statement, ...said, remedy: { advice, steps: [] }, related: [], assured: null };
}

/** More operations are in no migration that a person wrote; rules may compare each with every other. */
const mostOperations = 20_000;

/** What is judged of a migration. */
export interface JudgedPart {
  readonly migration: Migration;
  /** What comes after it. */
  readonly rest: readonly Operation[];
}

/** The part of a migration that is judged: all of it, unless it has very many operations. Plain rows of seed files do not count. */
export function judgedPart(migration: Migration): JudgedPart {
  const { operations } = migration;
  if (operations.length <= mostOperations) return { migration, rest: [] };
  let count = 0;
  const end = operations.findIndex(({ kind }) => kind !== 'insert-rows' && kind !== 'other' && ++count > mostOperations);
  return end < 0 ? { migration, rest: [] } : { migration: { ...migration, operations: operations.slice(0, end) }, rest: operations.slice(end) };
}

/** Says from where on a migration is not judged, as an error: nothing may be merged by hiding behind a long file. Nothing when all of it is judged. */
export function restNotJudged(rest: readonly Operation[]): JudgedFinding[] {
  const [first] = rest;
  if (!first) return [];
  return [notJudged(first, {
    severity: 'error',
    message: `The file does more than ${mostOperations} things; this one and the ${rest.length - 1} after it were not judged.`,
    why: 'A migration of this length takes more time to judge than a check before a merge should.',
    advice: 'Split the file, or review the rest by hand.',
  })];
}
