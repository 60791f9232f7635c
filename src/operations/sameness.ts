import type { Migration } from './migration.ts';
import type { Operation } from './operation.ts';

/** Where something stands and how it is spelled, at any depth. */
const places: ReadonlySet<string> = new Set(['at', 'statement', 'via', 'verb', 'language']);

/** What says how or when an operation runs, and nothing of what it leaves behind. */
const manners: ReadonlySet<string> = new Set([
  ...places, 'transaction', 'guards', 'certain', 'assured', 'combined', 'lockWait', 'concurrently', 'algorithm', 'lock', 'alter', 'ifExists', 'ifNotExists', 'force', 'mode', 'nowait', 'isolation',
]);

/** Operations that leave nothing behind. */
const traceless: ReadonlySet<Operation['kind']> = new Set(['begin', 'commit', 'savepoint', 'release-savepoint', 'lock-table', 'set-setting', 'vacuum', 'analyze', 'reset-column-information', 'read-rows', 'other', 'use-model']);

/** True when two readings of a migration do the same, in the same order and in the same way: only comments, spelling, places or the way back differ. */
export function doTheSame(a: Migration, b: Migration): boolean {
  return a.transaction === b.transaction && a.problems.length === b.problems.length && a.operations.length === b.operations.length
    && a.operations.every((operation, at) => print(operation, places) === print(b.operations[at], places));
}

/** The operations of one migration that the other has not, by what they leave behind: whether they wait, are guarded or run in a transaction does not count. */
export function differences(a: Migration, b: Migration): { readonly onlyInFirst: readonly Operation[]; readonly onlyInSecond: readonly Operation[] } {
  return { onlyInFirst: without(a, b), onlyInSecond: without(b, a) };
}

function without(a: Migration, b: Migration): readonly Operation[] {
  const left = new Map<string, number>();
  for (const operation of b.operations) {
    const key = print(operation, manners);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return a.operations.filter((operation) => {
    if (traceless.has(operation.kind)) return false;
    const key = print(operation, manners);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function print(operation: Operation | undefined, left: ReadonlySet<string>): string {
  return JSON.stringify(operation, (key, value: unknown) => (left.has(key) ? undefined : value));
}
