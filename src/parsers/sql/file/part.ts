import type { Span } from '../../../source/span.ts';
import type { Engine, Problem } from '../../../operations/index.ts';

/**
 * How a tool sends a part of a file to the server.
 * `wrapped`: in a transaction of its own; `statements`: one statement after the other, each by itself; `whole`: as one text, which Postgres runs in one
 * transaction when it holds several statements; `detected`: wrapped, unless no statement of it may run in a transaction (Flyway), `detected-any`: unless one
 * may not (Flyway's `mixed`); `split`: as one text, but one by one when it creates an index concurrently (Prisma 7.4); `pipelined`: together, but statements
 * that refuse a transaction by themselves (Supabase).
 */
export type Sending = 'wrapped' | 'statements' | 'whole' | 'detected' | 'detected-any' | 'split' | 'pipelined';

/** A stretch of a file that a tool runs as one. */
export interface Part extends Span {
  readonly sending: Sending;
  /** Its text where that is not the file's own: what is the tool's own syntax is blanked or made a semicolon in it. Of the same length. */
  readonly text?: string;
}

/** What a tool makes of a file: which of its text a deploy runs, and how. */
export interface FileParts {
  /** In the order in which they run. */
  readonly up: readonly Part[];
  /** What takes it back; null when the file says nothing of that. */
  readonly down: readonly Part[] | null;
  /** Where the file switches the tool's transaction off. */
  readonly transactionDisabledAt: Span | null;
  readonly problems: readonly Problem[];
  /** What the tool records as done when it is: each part, or each statement. Absent for the file as a whole. */
  readonly recorded?: 'part' | 'statement';
}

/** What is known about the tool and the file besides its text. */
export interface FileSituation {
  /** The tool's release, or empty. */
  readonly version: readonly number[];
  /** What the tool's settings for this file or project say about the transaction (`run_in_transaction`, `executeInTransaction`), or null. */
  readonly inTransaction: boolean | null;
  /** Flyway's `mixed`. */
  readonly mixed: boolean;
  /** What the configuration says about tools that can be told either way from outside, or null. */
  readonly sending: 'wrapped' | 'statements' | 'whole' | null;
  /** How files are taken to be sent of which nobody knows who runs them; statement by statement when left out or null. */
  readonly assumed?: 'wrapped' | null;
}

/** Reads one tool's markers. Linear in the text; must not throw. */
export type ReadParts = (text: string, situation: FileSituation, engine: Engine) => FileParts;

/** A switch for the transaction that the tool does not see. `reason` and `instead` are clauses without a period. */
export function ineffective(at: Span, flag: string, reason: string, instead: string): Problem {
  return { kind: 'ineffective-transaction-flag', flag, reason, instead, at: { start: at.start, end: at.end } };
}

/** The whole text as one part. */
export function wholeFile(text: string, sending: Sending, transactionDisabledAt: Span | null = null): FileParts {
  return { up: [{ start: 0, end: text.length, sending }], down: null, transactionDisabledAt, problems: [] };
}
