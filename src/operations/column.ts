import type { QualifiedName } from './name.ts';
import type { ColumnType } from './type.ts';

/** How often a function may give another result; the words are Postgres's own (pg_proc.provolatile). */
export type Volatility = 'immutable' | 'stable' | 'volatile' | 'unknown';

/** A column's default. */
export type Default =
  | { readonly kind: 'none' }
  /** A literal; `value` null means an explicit DEFAULT NULL. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  /** An expression the database evaluates. `functions` are the names it calls, lower case; parsers do not judge volatility, `engines/` does. */
  | { readonly kind: 'expression'; readonly sql: string; readonly functions: readonly string[] }
  /** Computed in the migration's own language, so its value is not known here. */
  | { readonly kind: 'unknown'; readonly text: string };

/** A generated column. */
export interface Generated {
  readonly expression: string;
  readonly stored: boolean;
}

/** What a foreign key does when the referenced row goes or changes. */
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

/** A foreign key, inline or on its own. */
export interface ForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly references: QualifiedName;
  /** Empty when the referenced table's primary key is meant. */
  readonly referencedColumns: readonly string[];
  readonly onDelete: ReferentialAction | null;
  readonly onUpdate: ReferentialAction | null;
  readonly deferrable?: boolean;
  /** Its checks wait for the end of the transaction unless SET CONSTRAINTS says otherwise. */
  readonly initiallyDeferred?: boolean;
  /** False for NOT VALID. */
  readonly validated: boolean;
}

/** A check constraint. */
export interface Check {
  readonly name: string | null;
  readonly expression: string;
  readonly validated: boolean;
  /** It stands for a NOT NULL constraint that is not valid yet. */
  readonly notNull?: true;
}

/** A column as a statement defines it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default: Default;
  readonly generated?: Generated;
  readonly identity?: 'always' | 'by default';
  /** MySQL AUTO_INCREMENT; Postgres serial types are told by the type's name. */
  readonly autoIncrement?: boolean;
  readonly primaryKey?: boolean;
  /** An inline UNIQUE. */
  readonly unique?: boolean;
  readonly references?: ForeignKey;
  readonly check?: Check;
  readonly collation?: string;
  readonly charset?: string;
  readonly comment?: string;
  /** NULL is written out, as in `MODIFY note TEXT NULL`. */
  readonly writtenNull?: true;
  /** MySQL: `first`, or the column it is placed after. */
  readonly position?: 'first' | { readonly after: string };
}

/** The default that is no default. */
export const noDefault: Default = { kind: 'none' };

/** True when rows that exist or are inserted without the column get a value other than NULL. */
export function fillsRows(column: ColumnDefinition): boolean {
  if (column.generated || column.identity || column.autoIncrement) return true;
  if (/^(small|big)?serial$/.test(column.type.name)) return true;
  return column.default.kind !== 'none' && !(column.default.kind === 'constant' && column.default.value === null);
}
