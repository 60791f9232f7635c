import type { EngineName } from '../../operations/index.ts';

/** Things of two sides that are one, and what is left on each. */
export interface Pairs<T> {
  readonly pairs: readonly (readonly [here: T, there: T])[];
  readonly onlyHere: readonly T[];
  readonly onlyThere: readonly T[];
}

/** Pairs each thing of one side with at most one of the other; what the first test does not pair the next one may. */
export function pairUp<T>(here: readonly T[], there: readonly T[], tests: readonly ((here: T, there: T) => boolean)[]): Pairs<T> {
  const pairs: (readonly [T, T])[] = [];
  let onlyHere = [...here];
  const onlyThere = [...there];
  for (const test of tests) {
    onlyHere = onlyHere.filter((one) => {
      const at = onlyThere.findIndex((other) => test(one, other));
      if (at < 0) return true;
      pairs.push([one, ...onlyThere.splice(at, 1)] as unknown as readonly [T, T]);
      return false;
    });
  }
  return { pairs, onlyHere, onlyThere };
}

/** True when the server takes both names for one: Postgres cuts names after 63 bytes. */
export function sameIdentifier(here: string | null, there: string | null, engine: EngineName): boolean {
  if (here === null || there === null) return false;
  return here === there || (engine === 'postgres' && (here.length > 63 || there.length > 63 || isLong(here) || isLong(there)) && cut(here) === cut(there));
}

function isLong(name: string): boolean {
  return name.length > 20 && new TextEncoder().encode(name).length > 63;
}

function cut(name: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(name).subarray(0, 63)).replace(/\ufffd$/, '');
}
