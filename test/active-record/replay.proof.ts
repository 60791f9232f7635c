import { describe, expect, it } from 'vitest';
import { fixtureBase, fixtureCases } from './fixtures.ts';
import { generatedFor } from './generated.ts';
import { compareCase, installed, printDifference, runCases } from './rails.ts';
import type { Case, Outcome } from './rails.ts';

/** Each of them takes a database; `ANZEN_EVERY=1` runs them all. */
const every = Number(process.env['ANZEN_EVERY'] ?? 4);

const release = Number(installed.join('.'));

/** Releases of `Migration[x.y]` whose defaults differ. */
const releases = [4.2, 5.0, 5.1, 5.2, 6.0, 6.1, 7.0, 7.1, 7.2, 8.0, 8.1].filter((one) => one <= release);

/** What cannot be told to be the same, and why. */
const reasons: readonly (readonly [difference: RegExp, why: string])[] = [
  [/ column \w+ default: .*P1D/, 'the server prints an interval in its own way'],
  [/^\(perhaps\) defaults column n default/, 'the json adapter of Rails 5.2 and later stores a text as a JSON string, older ones as it is; the release that ran is not known from the migration'],
  [/ computed_defaults column g default: replay 1 \+ 1 /, 'schema.rb has no word for an expression without a function'],
  [/ check \w+ expression:/, 'the server prints an expression in its own way'],
  [/^\(perhaps\) (copied|archived_sessions) column/, 'the columns of a query are not worked out: the table is not complete'],
  [/^\(perhaps\) (liked|order_import) /, 'what LIKE copies depends on its INCLUDING words, which are not read'],
];

const used = new Set<RegExp>();

/** The differences that have no reason. */
function unexplained(one: Case, outcome: Outcome, base: string | null, dump: 'schema.rb' | 'structure.sql'): string[] {
  return compareCase(one, outcome, base, dump).differences.map(printDifference).filter((difference) => {
    const reason = difference.startsWith('(perhaps)') ? reasons.find(([pattern]) => pattern.test(difference)) : undefined;
    if (reason) used.add(reason[0]);
    return reason === undefined;
  });
}

describe('schema statements, run by Active Record and replayed', () => {
  const cases = releases.map((one) => ({ id: `release ${one.toFixed(1)}`, migrations: generatedFor(one) }));
  const outcomes = runCases(cases, null);
  for (const one of cases) {
    const outcome = outcomes.get(one.id);
    if (!outcome) throw new Error(`${one.id} did not run`);
    it(`${one.id}: every migration runs`, () => { expect(outcome.failed).toEqual({}); });
    it(`${one.id}: schema.rb`, () => { expect(unexplained(one, outcome, null, 'schema.rb')).toEqual([]); });
    it(`${one.id}: structure.sql`, () => { expect(unexplained(one, outcome, null, 'structure.sql')).toEqual([]); });
  }
  it('has a use for each reason', () => { expect(reasons.filter(([pattern]) => !used.has(pattern)).map(([, why]) => why)).toEqual([]); });
});

describe('fixtures of the rules, run by Active Record and replayed', () => {
  const cases = fixtureCases(release).filter((_, at) => at % every === 0);
  const outcomes = runCases(cases, fixtureBase);
  // A statement in the body of the class runs when the file is read; what it does is not followed, but told.
  const ran = cases.filter((one) => !/^statement-outside-method/.test(one.id)).filter((one) => Object.keys(outcomes.get(one.id)?.failed ?? { none: '' }).length === 0);
  it('are enough', () => {
    console.log(`${ran.length} of ${cases.length} fixtures run on Active Record ${installed.join('.')}`);
    expect(ran.length).toBeGreaterThan(cases.length / 2);
  });
  for (const dump of ['schema.rb', 'structure.sql'] as const) {
    it(dump, () => {
      const found = ran.flatMap((one) => {
        const outcome = outcomes.get(one.id);
        return outcome ? unexplained(one, outcome, fixtureBase, dump).map((difference) => `${one.id}: ${difference}`) : [];
      });
      expect(found).toEqual([]);
    });
  }
});
