import type { Omission } from '../schema/compare/difference.ts';

/** Since which release of Rails `schema.rb` has words for what; those that no release has are `Infinity`. */
const since: readonly (readonly [Omission, number])[] = [
  ['check', 6.1], ['deferrable', 7], ['generated', 7], ['key-type', 7], ['time-zone', 7], ['exclusion', 7.1], ['unique-constraint', 7.1], ['include', 7.1], ['validity', 7.1], ['unlogged', Infinity], ['exactness', Infinity],
];

/**
 * What one of two `schema.rb` leaves out, by the release that their first line names. One that names none is of 6.1 or older, of which it is only known what stands in it. What a release says for the
 * first time is no change of the schema: of two releases the older one counts.
 */
export function dumpOmissions(texts: readonly string[]): ReadonlySet<Omission> {
  const releases = texts.map((text) => Number(/^\s*ActiveRecord::Schema\[(\d+\.\d+)\]/m.exec(text)?.[1] ?? (text.includes('t.check_constraint') ? 6.1 : 6)));
  const oldest = Math.min(...releases);
  return new Set(since.filter(([, release]) => release > oldest).map(([omission]) => omission));
}

/** Tables that a `schema.rb` says it could not write down. */
export function undumpedTables(text: string): string[] {
  return [...text.matchAll(/^# Could not dump table "([^"]+)"/gm)].map((match) => match[1] ?? '');
}
