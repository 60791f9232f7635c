import type { Operation } from '../operations/index.ts';
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
      const mine = commits ? [] : (held.get(operation.transaction) ?? []);
      if (operation.kind !== 'commit' && operation.kind !== 'rollback' && !commits) mine.push(...locks.map((lock) => ({ ...lock, by: operation })));
      held.set(operation.transaction, operation.kind === 'commit' || operation.kind === 'rollback' ? [] : mine);
    },
  };
}
