import type { Deed, QualifiedName } from '../operations/index.ts';

/** Table lock modes in Postgres's words, weakest first; MySQL and MariaDB metadata locks are told in the two words after them. */
export type LockMode =
  | 'ACCESS SHARE' | 'ROW SHARE' | 'ROW EXCLUSIVE' | 'SHARE UPDATE EXCLUSIVE' | 'SHARE' | 'SHARE ROW EXCLUSIVE' | 'EXCLUSIVE' | 'ACCESS EXCLUSIVE'
  | 'metadata shared' | 'metadata exclusive';

/** What other sessions cannot do while the lock is held. */
export interface Blocks {
  readonly reads: boolean;
  readonly writes: boolean;
  /** SELECT ... FOR UPDATE and the like. This and what follows is told for Postgres. */
  readonly rowLocks?: boolean;
  /** CREATE INDEX. */
  readonly indexBuilds?: boolean;
  /** VACUUM, ANALYZE, and statements that are CONCURRENTLY. */
  readonly maintenance?: boolean;
}

/**
 * How long the work under the lock takes: `constant` whatever the table's size; `scan` reads every row; `index-build` reads and sorts every row;
 * `rewrite` writes every row and index anew; `rows` depends on the rows the statement touches.
 */
export type Cost = 'constant' | 'scan' | 'index-build' | 'rewrite' | 'rows';

/** A lock that a statement takes on one table. */
export interface Lock {
  readonly table: QualifiedName;
  readonly mode: LockMode;
  /** The mode taken on an index of the table, where that is what makes others wait: whoever plans a query asks for every index of its tables. */
  readonly onIndex?: LockMode;
  readonly blocks: Blocks;
  /** The work that is done while it is held by this very statement. */
  readonly cost: Cost;
  /**
   * `target`: the table the statement names; `parent`: the referenced table of a foreign key, or the partitioned table of a partition;
   * `child`: a table whose foreign key points to the target; `partition`, `view`: reached through it.
   */
  readonly role: 'target' | 'parent' | 'child' | 'partition' | 'view';
}

/** What the rows that are already there must satisfy, and what happens when they do not. */
export interface Assumption {
  readonly of: 'unique' | 'not-null' | 'foreign-key' | 'check' | 'exclusion' | 'castable' | 'fits' | 'no-dependents' | 'empty' | 'function';
  readonly table: QualifiedName;
  readonly columns: readonly string[];
  /** SQLSTATE (Postgres) or error number (MySQL), or null when nothing fails and values change silently instead. */
  readonly error: string | null;
  /** With `no-dependents`: what depends on it, where that is told. */
  readonly dependents?: readonly Dependent[];
}

/** Something that cannot be without what a statement drops or changes. */
export interface Dependent {
  /** For a sentence: `the view "v"`, `the foreign key "k" of "orders"`. */
  readonly what: string;
  readonly kind: 'view' | 'foreign-key' | 'generated-column' | 'policy' | 'trigger' | 'column' | 'index' | 'table';
  /** The table or view that goes when the dependent goes as a whole. */
  readonly owner: QualifiedName;
  /** False when the text leaves open whether it depends on it. */
  readonly surely: boolean;
  /** What takes it away and loses nothing else; null where that is not one statement. */
  readonly drop: Deed | null;
}

/** The answer to a statement that the server refuses on every database, whatever the rows. */
export interface Refusal {
  /** SQLSTATE. */
  readonly error: string;
  /** Why, as a clause. */
  readonly because: string;
  /** `release`: a later release takes it; `partitioned`: it would do for a table that is not partitioned. Left out for all others. */
  readonly about?: 'release' | 'partitioned';
}

/** A check of changed rows that can wait for the end of the transaction, and holds on to the table until then. */
export interface DeferrableCheck {
  readonly what: 'foreign key' | 'trigger';
  readonly name: string | null;
  /** The table whose rows wait. */
  readonly table: QualifiedName;
  readonly initially: 'immediate' | 'deferred';
}

/** What one operation does on one engine and version, given the schema before it. */
export interface Effect {
  readonly locks: readonly Lock[];
  /** The longest work it does, on any table, under a lock that blocks or not. */
  readonly cost: Cost;
  readonly rewrites: boolean;
  /** Names of existing indexes that are built anew. */
  readonly rebuildsIndexes: readonly string[] | 'all' | 'none';
  /** `forbidden`: refused inside a transaction block; `commits`: commits the open transaction (MySQL DDL); `allowed` else. */
  readonly inTransaction: 'allowed' | 'forbidden' | 'commits';
  readonly assumes: readonly Assumption[];
  /** Set when the server refuses it whatever the rows: its release does not know the statement, or cannot do it to an object of this kind. */
  readonly refused?: Refusal;
  /** Checks of the rows it changes that can wait for the end of the transaction. Left out when there are none. */
  readonly queues?: readonly DeferrableCheck[];
  /** Tables on which it insists that no row waits for such a check. Left out when there are none. */
  readonly needsQuiet?: readonly QualifiedName[];
  /** What is lost without an error: one clause each, or empty. */
  readonly loses: readonly string[];
  /** What goes with it only because it says CASCADE, in the order in which it can be dropped. */
  readonly cascades?: readonly Dependent[];
  /** True when it cannot be told, because the schema or the engine's version is not known enough: rules soften and say so. */
  readonly unsure: string | null;
  /** The measurement or manual page the claim stands on. */
  readonly source: string;
}

/** The effect of an operation that locks nothing and assumes nothing. */
export const noEffect: Effect = {
  locks: [], cost: 'constant', rewrites: false, rebuildsIndexes: 'none', inTransaction: 'allowed', assumes: [], loses: [], unsure: null, source: 'none',
};

/** True when the lock stops reads or writes of other sessions. */
export function isBlocking(lock: Lock): boolean {
  return lock.blocks.reads || lock.blocks.writes;
}
