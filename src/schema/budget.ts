/** Work that is counted for one object, however many places do it, against a most. */
export interface Budget<Owner extends object> {
  /** Counts work that was done for the object. */
  spend(owner: Owner, work: number): void;
  /** True once more than the most was done for it. */
  isSpent(owner: Owner): boolean;
}

/** A budget of which nothing is spent yet; what is counted for an object goes with it. */
export function createBudget<Owner extends object>(most: number): Budget<Owner> {
  const spent = new WeakMap<Owner, number>();
  return {
    spend: (owner, work) => void spent.set(owner, (spent.get(owner) ?? 0) + work),
    isSpent: (owner) => (spent.get(owner) ?? 0) > most,
  };
}
