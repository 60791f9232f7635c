import type { QualifiedName } from './name.ts';

/** One key of an index: a column, or an expression. */
export interface IndexKey {
  readonly column: string | null;
  readonly expression: string | null;
  readonly order?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
  readonly opclass?: string;
  readonly collation?: string;
  /** MySQL prefix length, in characters. */
  readonly length?: number;
}

/** An index as a statement defines it. */
export interface IndexDefinition {
  /** Null when neither the statement nor the framework gives one. */
  readonly name: string | null;
  /** True when the framework made the name up (Rails `index_users_on_email`). */
  readonly generatedName?: boolean;
  readonly table: QualifiedName;
  readonly keys: readonly IndexKey[];
  readonly unique: boolean;
  /** `btree`, `hash`, `gin`, `gist`, `brin`, `spgist`, `fulltext`, `spatial`, or an extension's own. */
  readonly method: string;
  readonly include?: readonly string[];
  /** The predicate of a partial index. */
  readonly where?: string;
  readonly nullsNotDistinct?: boolean;
  readonly comment?: string;
}

/** The plain column names of the keys; expressions are left out. */
export function indexColumns(index: IndexDefinition): string[] {
  return index.keys.flatMap((key) => (key.column === null ? [] : [key.column]));
}
