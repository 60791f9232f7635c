import type { Check, ColumnDefinition, ForeignKey, IndexDefinition, QualifiedName } from '../operations/index.ts';

/** A unique constraint of a table (besides unique indexes, which are indexes). */
export interface UniqueConstraint {
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** A table at one moment. Immutable: a change makes a new one. */
export interface Table {
  readonly name: QualifiedName;
  readonly columns: ReadonlyMap<string, ColumnDefinition>;
  /** Columns added by the change set that is being linted. */
  readonly newColumns: ReadonlySet<string>;
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexDefinition[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly uniques: readonly UniqueConstraint[];
  readonly exclusions: readonly (string | null)[];
  /** Names of triggers on it. */
  readonly triggers: readonly string[];
  /** The partitioning clause when it is a partitioned parent. */
  readonly partitionBy: string | null;
  readonly partitionOf: QualifiedName | null;
  /** The bounds of a partition as written (`DEFAULT`, `FOR VALUES ...`), where they are known. */
  readonly partitionBounds?: string;
  readonly unlogged: boolean;
  readonly comment: string | null;
  /** True when it was created in the change set that is being linted. */
  readonly isNew: boolean;
  /** True when rows were written to it since it was created (only told for new tables). */
  readonly written: boolean;
  /** Columns whose values a data change has filled or rewritten, in whatever migration was folded in; `*` for a change of columns that are not known. */
  readonly filled?: ReadonlySet<string>;
  /** True when every column is known. False when the table was only seen in passing (altered, never created). */
  readonly complete: boolean;
}
