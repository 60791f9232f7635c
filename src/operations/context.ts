import type { Place, Span } from '../source/span.ts';

/**
 * The transaction an operation runs in. Operations with the same id share one; null means the statement commits by itself.
 * Ids are unique within one migration and direction.
 */
export type TransactionId = number | null;

/** A condition under which an operation runs. */
export interface Guard {
  /**
   * `exists`: only when the object is there (`IF EXISTS`, `if column_exists?`); `not-exists`: only when it is not;
   * `condition`: anything else that is decided while it runs; `rescue`: its failure is caught.
   */
  readonly kind: 'exists' | 'not-exists' | 'condition' | 'rescue';
  /** The condition's source text, or the option's name. */
  readonly text: string;
  /** True for a clause or option of the statement itself, false for code around it. */
  readonly inStatement: boolean;
}

/** A human said that the operation is safe. */
export interface Assurance {
  /** What said so, for instance `safety_assured`. */
  readonly by: string;
  /** The reason given, or null. */
  readonly reason: string | null;
  readonly at: Span;
}

/** What every operation carries besides what it does. */
export interface OperationContext {
  /** Where the finding should point: the call or the SQL statement; for one part of a longer statement, that part. */
  readonly at: Span;
  /** The whole statement, to which suppressions bind and by which findings are merged. Covers `at`. */
  readonly statement: Span;
  /** For code reached through a helper, an included module or a loop: the places it went through, outermost first. Empty otherwise. */
  readonly via: readonly Place[];
  readonly transaction: TransactionId;
  readonly guards: readonly Guard[];
  /** False when it runs only on some path (a condition, a rescue branch, an unknown loop). */
  readonly certain: boolean;
  readonly assured: Assurance | null;
  /** Up is what a deploy runs; down is read for reversibility only. */
  readonly direction: 'up' | 'down';
  /** True when the framework sends the parts of this statement to the engine as one (Rails `change_table bulk: true`), so that they fail together. */
  readonly combined?: boolean;
  /** How many milliseconds the statement itself lets each wait for a lock last (MariaDB's `WAIT n`, `NOWAIT`); absent when it says nothing. */
  readonly lockWait?: number;
  /** What the user wrote it in: `ruby`, `sql`, later `js`. A remedy is rendered in it; no rule may judge by it. */
  readonly language: 'ruby' | 'sql' | 'js';
  /** The method or keyword as the user wrote it, for messages: `add_reference`, `t.remove`, `ALTER TABLE`. */
  readonly verb: string;
}
