import type { ColumnDefinition, Deed, ForeignKey, IndexDefinition, Operation } from '../../operations/index.ts';
import type { Span } from '../../source/span.ts';
import type { Option } from '../rails/call.ts';
import type { Value } from '../rails/value.ts';

/** Where a definition is written: in which file, which call, and the statement around it. */
export interface WrittenAt {
  /** Workspace-relative. */
  readonly path: string;
  readonly at: Span;
  readonly statement: Span;
}

/** What the options of a definition say, by name. */
export type DefinedOptions = ReadonlyMap<string, Option>;

/** A new name with the old one beside it. */
export interface RenamedFrom {
  readonly name: string;
  readonly at: Span;
}

/** One column of a table. */
export interface DefinedColumn {
  readonly name: string;
  readonly type: Value;
  /** Without those that are Ridgepole's own. */
  readonly options: DefinedOptions;
  readonly column: ColumnDefinition;
  readonly renamedFrom: RenamedFrom | null;
  readonly ignored: boolean;
  /** True for the column of a `t.references` that says no type. */
  readonly untypedReference: boolean;
  readonly written: WrittenAt;
}

/** One index of a table. `named` is false when Active Record makes the name up. */
export interface DefinedIndex {
  readonly columns: Value;
  readonly options: DefinedOptions;
  readonly index: IndexDefinition;
  readonly named: boolean;
  readonly ignored: boolean;
  readonly written: WrittenAt;
}

/** One foreign key of a table. */
export interface DefinedForeignKey {
  readonly to: Value;
  readonly options: DefinedOptions;
  readonly foreignKey: ForeignKey;
  readonly named: boolean;
  /** True when `column:` says what would hold without it. */
  readonly spellsOutColumn: boolean;
  readonly ignored: boolean;
  readonly written: WrittenAt;
}

/** A check, unique or exclusion constraint of a table. */
export interface DefinedConstraint {
  readonly kind: 'check' | 'unique' | 'exclusion';
  readonly subject: Value;
  readonly options: DefinedOptions;
  /** The written or the made-up name, and all that is compared besides. */
  readonly name: string;
  readonly named: boolean;
  readonly text: string;
  readonly validated: boolean;
  readonly written: WrittenAt;
}

/** One table with everything that is defined of it, wherever that stands. */
export interface DefinedTable {
  readonly name: string;
  readonly table: Value;
  readonly options: DefinedOptions;
  readonly renamedFrom: RenamedFrom | null;
  readonly columns: Map<string, DefinedColumn>;
  readonly indexes: DefinedIndex[];
  readonly foreignKeys: DefinedForeignKey[];
  readonly constraints: DefinedConstraint[];
  /** The table without its parts, as `create_table` makes it: the primary key, and what is said of the table as a whole. */
  readonly bare: Deed<'create-table'> | null;
  /** False when it is defined only under some condition, or with parts that are not known. */
  readonly known: boolean;
  /** The call of `create_table`; `head` is its beginning up to the name. */
  readonly written: WrittenAt;
  readonly head: Span;
}

/** SQL that `execute` runs after everything else. */
export interface DefinedExecute {
  readonly sql: string;
  readonly conditional: boolean;
  readonly operations: readonly Operation[];
  readonly written: WrittenAt;
}

/** Something that could not be read. */
export interface Unread {
  readonly reason: string;
  readonly text: string;
  readonly written: WrittenAt;
}

/** What Ridgepole refuses while it reads the files: nothing is applied then. */
export interface Refused {
  readonly what: 'twice' | 'orphan';
  readonly message: string;
  readonly written: WrittenAt;
}

/** A Schemafile and everything that it requires, evaluated. Tables stand in the order of their definition. */
export interface Definitions {
  readonly tables: Map<string, DefinedTable>;
  readonly executes: DefinedExecute[];
  readonly unread: Unread[];
  readonly refused: Refused[];
}
