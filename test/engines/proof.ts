import type { Effect } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Claim } from '../../src/engines/postgres/claim.ts';
import * as tables from '../../src/engines/postgres/claims.ts';
import type { Operation } from '../../src/operations/index.ts';
import { baseSchema } from './base.ts';
import { claimCases } from './claims.ts';
import { canPrepare, engineOf } from './observe.ts';

/** The releases that the claims are tried on. */
export const majors = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

/** Every claim row by the name of its table and its own: `index.create`. */
export const claimRows: ReadonlyMap<string, Claim> = new Map(Object.entries(tables).flatMap(([table, rows]) =>
  Object.entries(rows as Record<string, Claim>).map(([row, claim]) => [`${table.replace(/Claims$/, '')}.${row}`, claim] as const)));

/** By row, the releases on which a case reaches it, so that a server executes it. */
export function executedOn(): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const major of majors) {
    const seen = claimCases.filter((claim) => canPrepare(claim, major))
      .map(({ operation, before }) => ({ operation, effect: effectOf(operation, baseSchema(before?.operations), engineOf(major)) })).filter(({ effect }) => effect.refused === undefined);
    for (const [row, claim] of claimRows) if (seen.some(({ operation, effect }) => isOfOption(row, operation) && stems(effect, claim))) found.set(row, [...(found.get(row) ?? []), major]);
  }
  return found;
}

/** Rows of options share a page of the manual and what they say: the option tells them apart. */
function isOfOption(row: string, operation: Operation): boolean {
  const [, option] = /^(?:column|table)Option\.(.*)$/.exec(row) ?? [];
  if (option === undefined || option === 'on-partitioned' || option === 'already-so') return true;
  return (operation.kind === 'set-column-option' || operation.kind === 'set-table-option') && operation.option === option;
}

/** True when the effect is what the row says, as far as an effect shows it. */
function stems(effect: Effect, claim: Claim): boolean {
  const [first] = effect.locks;
  return effect.source === claim.source && effect.rewrites === (claim.rewrites ?? false) && (effect.inTransaction === 'forbidden') === (claim.transaction === 'forbidden')
    && (claim.lock === null || (first?.mode === claim.lock && first.onIndex === claim.onIndex));
}

/** The releases as they are told: `10-18`, `12-14 18`. */
export function printReleases(releases: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const release of releases) {
    const last = runs.at(-1);
    if (last && last[1] === release - 1) last[1] = release;
    else runs.push([release, release]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(' ');
}
