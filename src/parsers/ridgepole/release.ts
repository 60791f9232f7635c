/**
 * What Ridgepole's releases do differently (its change log and sources). A release that is not known is taken as a current one.
 */
export interface Release {
  /** `t.references` makes a bigint with an index, as Active Record does; before, an integer without one. */
  readonly railsReferences: boolean;
  /** `foreign_key:` of `t.references` is read; before, it has no effect. */
  readonly referencesForeignKey: boolean;
  /** The referenced table of `t.references :user, foreign_key: true` is `users`; in 0.8.11 it was `user`. */
  readonly pluralReferences: boolean;
  /** `index:` of a column is read. */
  readonly columnIndex: boolean;
  /** Foreign keys may have no name. */
  readonly unnamedForeignKeys: boolean;
  /** Foreign keys are removed before everything else; before, after the columns and indexes they need. */
  readonly foreignKeysFirst: boolean;
  /** A foreign key of an InnoDB table without an index on its column is refused. */
  readonly refusesKeyWithoutIndex: boolean;
  /** Tables without a definition stay unless `--drop-table` is given; before, they are dropped unless `--skip-drop-table` is. */
  readonly keepsTables: boolean;
  /** Check, unique and exclusion constraints are removed first and added last, as foreign keys are. */
  readonly constraintsFirst: boolean;
  /** A constraint that only becomes valid is validated, not made anew. */
  readonly validates: boolean;
  /** `column:` that says what holds anyway makes no difference; before, such a foreign key is made anew at every run. */
  readonly conventionalColumn: boolean;
  /** `algorithm:` of an index is no difference; before, such an index is made anew at every run. */
  readonly indexAlgorithm: boolean;
}

/** The properties of a release such as `[0, 8, 12]`; null when it is not known. */
export function releaseOf(version: readonly number[] | null): Release {
  const since = (...wanted: number[]) => version === null || !isBefore(version, wanted);
  return {
    railsReferences: since(0, 7, 1),
    referencesForeignKey: since(0, 8, 11),
    pluralReferences: since(0, 8, 12),
    columnIndex: since(0, 9, 2),
    unnamedForeignKeys: since(0, 7, 0),
    foreignKeysFirst: since(0, 7, 0),
    refusesKeyWithoutIndex: since(0, 8, 10),
    keepsTables: since(1, 0, 0),
    constraintsFirst: since(3, 2, 2),
    validates: since(3, 2, 3),
    conventionalColumn: since(3, 1, 2),
    indexAlgorithm: since(3, 0, 3),
  };
}

function isBefore(version: readonly number[], wanted: readonly number[]): boolean {
  for (let part = 0; part < wanted.length; part++) {
    const difference = (version[part] ?? 0) - (wanted[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
