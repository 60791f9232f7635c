import type { MigrationFile, MigrationSet } from '../project/migration-file.ts';
import { naturally } from '../project/naturally.ts';

/**
 * Tells the files of a set that the setting `startAfter` leaves out: those up to and with that version, numbers by their value (`1.10` is after `1.9`). A version
 * that is written as no version of the set is, a timestamp where files count from 1, is about another set and leaves out nothing.
 */
export function leftOutBy(startAfter: string | null, set: MigrationSet): (file: MigrationFile) => boolean {
  if (startAfter === null || (set.framework !== 'rails' && !set.files.some(({ version }) => version !== null && isAlike(version, startAfter)))) return () => false;
  return ({ version }) => version !== null && isUpTo(version, startAfter);
}

/** True for a version that is another one or comes before it. */
export function isUpTo(version: string, last: string): boolean {
  return trimmed(version) === trimmed(last) || naturally(version, last) < 0;
}

function trimmed(version: string): string {
  return version.replace(/(?<!\d)0+(?=\d)/g, '');
}

/** Counted numbers have few digits; timestamps have as many as their form. */
function isAlike(a: string, b: string): boolean {
  const [left, right] = [digits(a), digits(b)];
  return left < 8 ? right < 8 : left === right;
}

function digits(version: string): number {
  return /^\d+/.exec(version)?.[0].length ?? 0;
}
