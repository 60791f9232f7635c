import type { Operation } from '../operations/index.ts';
import { sameName } from '../operations/index.ts';
import type { Lock } from './effect.ts';

/** A lock that an earlier operation of the same transaction took and that is still held. */
export interface HeldLock extends Lock {
  readonly by: Operation;
}

/** The locks held by a migration as it goes: what each transaction took and has not released. */
export interface Ledger {
  /** Locks held when the operation starts, by earlier operations of its transaction. */
  heldBefore(operation: Operation): readonly HeldLock[];
  /** Books the operation's locks; a commit (also MySQL's implicit one) or the end of the transaction releases them. */
  book(operation: Operation, locks: readonly Lock[], commits: boolean): void;
}

/** A ledger for one migration. */
export function createLedger(): Ledger {
  const held = new Map<number, HeldLock[]>();
  return {
    heldBefore: (operation) => (operation.transaction === null ? [] : (held.get(operation.transaction) ?? [])),
    book(operation, locks, commits) {
      if (operation.transaction === null) return;
      const ends = operation.kind === 'commit' || operation.kind === 'rollback';
      const mine = commits || ends ? [] : (held.get(operation.transaction) ?? []);
      // A new list each time: steps keep the one they were given. A lock that is held already keeps its first taker.
      const more = ends || commits ? [] : locks.filter((lock) => !mine.some((one) => one.mode === lock.mode && sameName(one.table, lock.table)));
      held.set(operation.transaction, more.length > 0 ? [...mine, ...more.map((lock) => ({ ...lock, by: operation }))] : mine);
    },
  };
}
