import type { EngineName, QualifiedName } from '../../operations/index.ts';

/** What two schemas are compared by. A unique constraint is told from a unique index by `constraint`. */
export type Part = 'table' | 'column' | 'primary-key' | 'index' | 'foreign-key' | 'check' | 'exclusion';

/** In what two things of the same name differ. */
export type Aspect =
  | 'type' | 'null' | 'default' | 'generated' | 'identity' | 'collation' | 'comment' | 'columns' | 'name' | 'unique' | 'constraint' | 'where' | 'method' | 'include' | 'order' | 'operator-class' | 'nulls'
  | 'referenced-columns' | 'on-delete' | 'on-update' | 'deferrable' | 'validated' | 'expression' | 'unlogged';

/** One difference of two schemas, `here` and `there`. */
export interface Difference {
  readonly table: QualifiedName;
  readonly part: Part;
  /** Of the column, index or constraint; null for the table itself, its primary key, and what has no name on either side. */
  readonly name: string | null;
  readonly what: 'missing-here' | 'missing-there' | Aspect;
  /** Both sides as SQL would say them; null on the side where there is nothing. */
  readonly here: string | null;
  readonly there: string | null;
  /** False when they may well be the same: an expression in another spelling, or something of which a side says too little. */
  readonly certain: boolean;
}

/** What is not known of either side, so that nothing certain can be said of it. */
export interface Unknown {
  /** Something ran of which nothing is known. */
  readonly all: boolean;
  /** Printed names of tables that something half understood has touched. */
  readonly tables: ReadonlySet<string>;
}

/** What one of the sides has no words for: a `schema.rb` of an older release leaves it out. */
export type Omission =
  | 'check' | 'exclusion' | 'unique-constraint' | 'validity' | 'deferrable' | 'include' | 'generated' | 'unlogged' | 'comment' | 'time-zone'
  /** The type of a key that nothing is said of: what a `schema.rb` without a release means depends on who wrote it. */
  | 'key-type'
  /** `real` is written as `float`, `char` as `string`, a domain as its base, an identity as a serial or nothing, and an expression without a function as no default. */
  | 'exactness';

/** How two schemas are compared. */
export interface Comparison {
  readonly engine: EngineName;
  readonly unknown: Unknown;
  readonly omits: ReadonlySet<Omission>;
  /** Tables that one side does not list; left out of the comparison. */
  readonly leavesOut?: (table: QualifiedName) => boolean;
  /** One side leaves out tables that it is told to leave out: one that is missing on a side is not certain. */
  readonly leavesOutSome?: boolean;
}

/** Nothing is unknown. */
export const nothingUnknown: Unknown = { all: false, tables: new Set() };

/** Where a difference within a table goes. */
export type Tell = (difference: Omit<Difference, 'table'>) => void;
