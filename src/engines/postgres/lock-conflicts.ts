import type { Blocks, LockMode } from '../effect.ts';

const modes = ['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'] as const satisfies readonly LockMode[];

/** The table lock modes of Postgres, weakest first. */
export const lockModes: readonly LockMode[] = modes;

/** The conflict table of the manual, chapter 13.3.1: a row for the mode that is held, a mark for each mode of `lockModes` that has to wait. */
const conflicts: Readonly<Record<(typeof modes)[number], string>> = {
  'ACCESS SHARE': '.......x',
  'ROW SHARE': '......xx',
  'ROW EXCLUSIVE': '....xxxx',
  'SHARE UPDATE EXCLUSIVE': '...xxxxx',
  'SHARE': '..xx.xxx',
  'SHARE ROW EXCLUSIVE': '..xxxxxx',
  'EXCLUSIVE': '.xxxxxxx',
  'ACCESS EXCLUSIVE': 'xxxxxxxx',
};

/** True when a session that holds the one mode makes one that asks for the other wait. */
export function conflict(held: LockMode, asked: LockMode): boolean {
  const row = conflicts[held as (typeof modes)[number]] as string | undefined;
  return row !== undefined && row[lockModes.indexOf(asked)] === 'x';
}

/**
 * What a lock on a table, and one on an index of it, keep others from. SELECT asks for ACCESS SHARE, SELECT FOR UPDATE for ROW SHARE, a change of rows for ROW EXCLUSIVE, CREATE INDEX
 * for SHARE, VACUUM and builds that are CONCURRENTLY for SHARE UPDATE EXCLUSIVE. Queries and VACUUM open the table's indexes as well, CREATE INDEX does not.
 */
export function blocksOf(mode: LockMode, onIndex?: LockMode): Blocks {
  const index = onIndex !== undefined && conflict(onIndex, 'ACCESS SHARE');
  return {
    reads: index || conflict(mode, 'ACCESS SHARE'), writes: index || conflict(mode, 'ROW EXCLUSIVE'), rowLocks: index || conflict(mode, 'ROW SHARE'),
    indexBuilds: conflict(mode, 'SHARE'), maintenance: index || conflict(mode, 'SHARE UPDATE EXCLUSIVE'),
  };
}
