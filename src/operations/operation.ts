import type { Check, ColumnDefinition, Default, ForeignKey } from './column.ts';
import type { OperationContext } from './context.ts';
import type { IndexDefinition } from './index-definition.ts';
import type { QualifiedName } from './name.ts';
import type { AssignedText, BatchMode, RowScope } from './rows.ts';
import type { ColumnType } from './type.ts';

/**
 * What a migration does, one entry a kind, in SQL's own terms. Source languages are lowered to these and nothing after the parsers sees
 * anything else. Data only.
 */
export interface OperationKinds {
  // Tables
  'create-table': {
    table: QualifiedName;
    columns: readonly ColumnDefinition[];
    primaryKey: readonly string[];
    indexes: readonly IndexDefinition[];
    foreignKeys: readonly ForeignKey[];
    checks: readonly Check[];
    /** Named or unnamed UNIQUE and EXCLUDE constraints of the definition. */
    constraints: readonly TableConstraint[];
    ifNotExists: boolean;
    /** The framework drops an existing table of this name first (Rails `force:`); `cascade` drops what depends on it too. */
    force: false | true | 'cascade';
    temporary: boolean;
    unlogged: boolean;
    /** `CREATE TABLE ... AS SELECT`, `SELECT INTO`: the new table holds rows. */
    fromQuery: boolean;
    /** The tables that the query reads, where they are told. */
    reads?: readonly QualifiedName[];
    /** `LIKE other` or `INHERITS`. */
    like: QualifiedName | null;
    inherits: readonly QualifiedName[];
    partitionBy: string | null;
    partitionOf: QualifiedName | null;
    /** The bounds of a partition as written: `DEFAULT`, `FOR VALUES FROM (1) TO (2)`. */
    partitionBounds?: string;
    /** MySQL engine, charset and so on, as written. */
    options: string | null;
    comment: string | null;
  };
  'drop-table': { table: QualifiedName; ifExists: boolean; cascade: boolean };
  'rename-table': { table: QualifiedName; to: QualifiedName };
  'set-table-schema': { table: QualifiedName; schema: string };
  /** Everything that changes a table as a whole and has no kind of its own. */
  'set-table-option': {
    table: QualifiedName;
    option: 'comment' | 'storage' | 'logged' | 'unlogged' | 'tablespace' | 'access-method' | 'owner' | 'replica-identity' | 'inherit'
      | 'no-inherit' | 'engine' | 'charset' | 'convert-charset' | 'row-format' | 'auto-increment' | 'order' | 'force-rebuild' | 'cluster-on' | 'other';
    value: string | null;
  };
  // Columns
  'add-column': { table: QualifiedName; column: ColumnDefinition; ifNotExists: boolean };
  'drop-column': { table: QualifiedName; column: string; ifExists: boolean; cascade: boolean };
  'rename-column': { table: QualifiedName; column: string; to: string };
  /**
   * A new type, length or collation. `restated` is set when the engine replaces the whole definition (MySQL MODIFY and CHANGE,
   * Rails `change_column` on MySQL): what it leaves out is lost.
   */
  'alter-column-type': {
    table: QualifiedName;
    column: string;
    type: ColumnType;
    collation: string | null;
    using: string | null;
    restated: ColumnDefinition | null;
    /**
     * With `restated`: what the framework reads from the present column and repeats by itself, so that it is not lost although the call leaves it out
     * (Rails `change_column` on MySQL). `constant-default` keeps a literal default and loses a computed one.
     */
    keeps?: readonly ('not-null' | 'default' | 'constant-default' | 'comment' | 'collation' | 'auto-increment')[];
  };
  'set-not-null': {
    table: QualifiedName;
    column: string;
    /** The framework updates NULL rows to this value first, in one statement (fourth argument of Rails `change_column_null`). */
    fill: Default;
  };
  'drop-not-null': { table: QualifiedName; column: string };
  'set-default': { table: QualifiedName; column: string; default: Default; from: Default | null };
  'set-column-option': { table: QualifiedName; column: string; option: 'comment' | 'statistics' | 'storage' | 'compression' | 'identity' | 'drop-identity' | 'drop-expression' | 'set-expression' | 'visibility' | 'other'; value: string | null };
  // Indexes
  'create-index': { index: IndexDefinition; concurrently: boolean; ifNotExists: boolean; only: boolean; algorithm: string | null; lock: string | null };
  'drop-index': { table: QualifiedName | null; name: QualifiedName | null; columns: readonly string[]; concurrently: boolean; ifExists: boolean; cascade: boolean; algorithm: string | null; lock: string | null };
  'rename-index': { table: QualifiedName | null; name: string; to: string };
  'reindex': { target: 'index' | 'table' | 'schema' | 'database' | 'system'; name: QualifiedName | null; concurrently: boolean };
  'attach-index-partition': { index: QualifiedName; partition: QualifiedName };
  // Constraints
  'add-foreign-key': { table: QualifiedName; foreignKey: ForeignKey; ifNotExists: boolean };
  'add-check': { table: QualifiedName; check: Check; ifNotExists: boolean };
  'add-unique': { table: QualifiedName; name: string | null; columns: readonly string[]; usingIndex: string | null; deferrable: boolean; nullsNotDistinct: boolean };
  /** `name` where the statement gives the constraint one. */
  'add-primary-key': { table: QualifiedName; columns: readonly string[]; usingIndex: string | null; name?: string };
  'add-exclusion': { table: QualifiedName; name: string | null; expression: string };
  /** Postgres 18's named NOT NULL constraint; older spellings are `set-not-null`. */
  'add-not-null': { table: QualifiedName; name: string | null; column: string; validated: boolean };
  'validate-constraint': { table: QualifiedName; name: string | null; constraint: 'foreign-key' | 'check' | 'not-null' | 'unknown'; columns: readonly string[]; references: QualifiedName | null };
  'drop-constraint': { table: QualifiedName; name: string | null; constraint: 'foreign-key' | 'check' | 'unique' | 'primary-key' | 'exclusion' | 'not-null' | 'unknown'; columns: readonly string[]; references: QualifiedName | null; ifExists: boolean; cascade: boolean };
  'rename-constraint': { table: QualifiedName; name: string; to: string };
  /** `deferral`: when a foreign key is checked from now on; left out where the statement does not say. */
  'alter-constraint': { table: QualifiedName; name: string; deferral?: 'never' | 'immediate' | 'deferred' };
  // Types
  'create-enum': { type: QualifiedName; values: readonly string[] };
  'add-enum-value': { type: QualifiedName; value: string; ifNotExists: boolean; before: string | null; after: string | null };
  'rename-enum-value': { type: QualifiedName; value: string; to: string };
  'rename-type': { type: QualifiedName; to: string };
  'drop-type': { type: QualifiedName; ifExists: boolean; cascade: boolean };
  'create-domain': { type: QualifiedName; base: ColumnType; constrained: boolean };
  'alter-domain': { type: QualifiedName; action: 'add-constraint' | 'set-not-null' | 'validate' | 'other'; validated: boolean };
  // Views, functions, triggers, sequences, schemas, extensions
  /** `columns` are the names that stand in brackets after the view's. */
  'create-view': { view: QualifiedName; materialized: boolean; replace: boolean; columns?: readonly string[]; query: string | null; reads: readonly QualifiedName[] };
  'drop-view': { view: QualifiedName; materialized: boolean; ifExists: boolean; cascade: boolean };
  'rename-view': { view: QualifiedName; to: string };
  /** `withNoData`: it is emptied, and queries of it fail until it is refreshed again. */
  'refresh-materialized-view': { view: QualifiedName; concurrently: boolean; withNoData?: boolean };
  /** `definer`: it runs with its owner's rights (Postgres's SECURITY DEFINER), and the search path that it sets for itself, if any. */
  'create-function': { function: QualifiedName; replace: boolean; volatility: 'immutable' | 'stable' | 'volatile'; language: string | null; definer?: { readonly searchPath: string | null } };
  'drop-function': { function: QualifiedName; ifExists: boolean; cascade: boolean };
  /** `columns` are those of UPDATE OF, `when` its condition, `timing` and `forEach` when it fires, where they are told. */
  'create-trigger': { table: QualifiedName; name: string; function: QualifiedName | null; events: readonly ('insert' | 'update' | 'delete' | 'truncate')[]; columns?: readonly string[]; when?: string; deferral?: 'immediate' | 'deferred'; timing?: 'before' | 'after' | 'instead of'; forEach?: 'row' | 'statement' };
  'rename-trigger': { table: QualifiedName; name: string; to: string };
  'drop-trigger': { table: QualifiedName | null; name: string; ifExists: boolean };
  'set-trigger-state': { table: QualifiedName; name: string | 'all' | 'user'; enabled: boolean };
  'create-sequence': { sequence: QualifiedName };
  'alter-sequence': { sequence: QualifiedName };
  'drop-sequence': { sequence: QualifiedName; ifExists: boolean; cascade: boolean };
  'create-schema': { schema: string; ifNotExists: boolean };
  'rename-schema': { schema: string; to: string };
  'drop-schema': { schema: string; ifExists: boolean; cascade: boolean };
  'create-extension': { extension: string; ifNotExists: boolean };
  'drop-extension': { extension: string; cascade: boolean };
  // Partitions
  'attach-partition': { table: QualifiedName; partition: QualifiedName; bounds: string | null };
  /** `finalize` completes a concurrent detachment that was interrupted. */
  'detach-partition': { table: QualifiedName; partition: QualifiedName; concurrently: boolean; finalize?: boolean };
  'alter-partitions': { table: QualifiedName; action: string };
  // Rows. `texts` are short string constants that are stored, told on Postgres only: they may be labels of an enum; `nulls` are columns that are set to NULL.
  'insert-rows': { table: QualifiedName; columns: readonly string[]; rows: number | null; fromQuery: boolean; reads: readonly QualifiedName[]; mode: BatchMode; texts?: readonly AssignedText[] };
  'update-rows': { table: QualifiedName; columns: readonly string[]; scope: RowScope; where: string | null; mode: BatchMode; texts?: readonly AssignedText[]; nulls?: readonly string[] };
  'delete-rows': { table: QualifiedName; scope: RowScope; where: string | null; mode: BatchMode };
  'truncate': { tables: readonly QualifiedName[]; cascade: boolean };
  /** COPY FROM, LOAD DATA. */
  'load-rows': { table: QualifiedName };
  /** A query whose rows are only read (SELECT, a relation walked without writing). `check` when its result can stop the migration (raise, abort). */
  'read-rows': { tables: readonly QualifiedName[]; check: boolean; text: string };
  // Session and transaction
  'begin': { isolation: string | null };
  'commit': Record<never, never>;
  'rollback': Record<never, never>;
  'savepoint': { name: string };
  /** What has happened since the savepoint is undone; the savepoint stays, and so does the transaction. */
  'rollback-to-savepoint': { name: string };
  'release-savepoint': { name: string };
  'lock-table': { tables: readonly QualifiedName[]; mode: string; nowait: boolean };
  'set-setting': { name: string; value: string | null; local: boolean };
  // Maintenance and rights
  'vacuum': { table: QualifiedName | null; full: boolean };
  'analyze': { table: QualifiedName | null };
  'cluster': { table: QualifiedName | null; index: string | null };
  'set-row-security': { table: QualifiedName; enabled: boolean; force: boolean };
  /** `using` and `check` are its conditions, `reads` the other tables that they name. */
  'create-policy': { table: QualifiedName; name: string; using: string | null; check: string | null; reads: readonly QualifiedName[] };
  /** A condition that is null stays what it was, and so does the name. */
  'alter-policy': { table: QualifiedName; name: string; to: string | null; using: string | null; check: string | null; reads: readonly QualifiedName[] };
  'drop-policy': { table: QualifiedName; name: string };
  'grant': { text: string };
  'revoke': { text: string };
  // The application
  /** Code of the application is called: a model, service, job, mailer, setting. Its rows' changes follow as operations of their own. */
  'use-model': { constant: string; declared: boolean; method: string | null; table: QualifiedName | null };
  'reset-column-information': { constant: string; table: QualifiedName | null };
  /** Understood, and of no consequence for anything that is judged (comments on objects, `say`, `SELECT 1`). */
  'other': { text: string };
  /** Could not be read; `reason` says why in one clause. `text` is the beginning of what was written. `rest`: it is all that follows in the file. */
  'opaque': { reason: string; text: string; rest?: true };
}

/** A UNIQUE, PRIMARY KEY or EXCLUDE constraint inside CREATE TABLE. */
export interface TableConstraint {
  readonly kind: 'unique' | 'exclusion';
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** The name of a kind of operation. */
export type OperationKind = keyof OperationKinds;

/** What an ALTER TABLE of MySQL or MariaDB says about all of its actions, carried by each of them. */
export interface AlterClauses {
  /** `ALGORITHM`, upper case: the server refuses the statement rather than take another. */
  readonly algorithm: string | null;
  /** `LOCK`, upper case: the server refuses the statement rather than take a stronger one. */
  readonly lock: string | null;
  /** `ALTER IGNORE`: rows that a unique index does not take are thrown away (MariaDB, and MySQL before 5.7). */
  readonly ignore: boolean;
  /** What all actions of the statement do, in order: the server carries them out together, by the hardest way that one of them needs. */
  readonly actions: readonly OperationKind[];
}

/** Set where the statement has such a clause, or more actions than one. */
interface InAlter { readonly alter?: AlterClauses }

/** One operation of the given kind. */
export type OperationOf<K extends OperationKind> = { readonly kind: K } & Readonly<OperationKinds[K]> & InAlter & OperationContext;

/** Any operation; narrow by `kind`. */
export type Operation = { [K in OperationKind]: OperationOf<K> }[OperationKind];

/** What an operation does, without where it stands: what parsers' lowering tables and remedies make. */
export type Deed<K extends OperationKind = OperationKind> = { [P in K]: { readonly kind: P } & Readonly<OperationKinds[P]> & InAlter }[K];

/** Puts a deed where it stands. */
export function operation<K extends OperationKind>(deed: Deed<K>, context: OperationContext): OperationOf<K> {
  return { ...deed, ...context } as unknown as OperationOf<K>;
}
