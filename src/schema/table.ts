import type { Check, ColumnDefinition, ForeignKey, IndexDefinition, QualifiedName } from '../operations/index.ts';

/** A unique constraint of a table (besides unique indexes, which are indexes). */
export interface UniqueConstraint {
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** A trigger of a table. */
export interface Trigger {
  readonly name: string;
  readonly function: QualifiedName | null;
  /** The columns of UPDATE OF, and the condition of WHEN. */
  readonly columns: readonly string[];
  readonly when: string | null;
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  /** Of a constraint trigger whose calls can wait for the end of the transaction: whether they do so by themselves. Null for all others. */
  readonly deferral: 'immediate' | 'deferred' | null;
}

/** A row security policy of a table, with its conditions and the other tables they read. */
export interface Policy {
  readonly name: string;
  readonly using: string | null;
  readonly check: string | null;
  readonly reads: readonly QualifiedName[];
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
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  /** The partitioning clause when it is a partitioned parent. */
  readonly partitionBy: string | null;
  readonly partitionOf: QualifiedName | null;
  /** The bounds of a partition as written (`DEFAULT`, `FOR VALUES ...`), where they are known. */
  readonly partitionBounds?: string;
  readonly unlogged: boolean;
  readonly comment: string | null;
  /** True for ROW_FORMAT=COMPRESSED (MySQL, MariaDB), where no column comes or goes instantly. */
  readonly compressed?: boolean;
  /** True when it was created in the change set that is being linted. */
  readonly isNew: boolean;
  /** True when rows were written to it since it was created (only told for new tables). */
  readonly written: boolean;
  /** Columns whose values a data change has filled or rewritten, in whatever migration was folded in; `*` for a change of columns that are not known. */
  readonly filled?: ReadonlySet<string>;
  /** True when every column is known. False when the table was only seen in passing (altered, never created). */
  readonly complete: boolean;
}
