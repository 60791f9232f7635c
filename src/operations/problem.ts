import type { Span } from '../source/span.ts';
import type { SchemafileProblemKinds } from './schemafile-problem.ts';

/** What is wrong with the text itself, before anything is judged. Parsers report; rules turn each into a finding. */
export interface ProblemKinds extends SchemafileProblemKinds {
  /** The text is not valid in its language. `message` is the parser's, in plain words. */
  'syntax-error': { language: 'ruby' | 'sql'; message: string };
  /** An option the framework drops silently or does not know. `effect` says what happens; `instead` what to write, or null. `mild`: the database ends up much as it was meant. */
  'ignored-option': { call: string; option: string; effect: string; instead: string | null; mild?: true };
  /** A call that looks like a misspelt statement of the framework. */
  'misspelled-call': { call: string; suggestion: string };
  /** A schema statement outside any method: it runs when the file is loaded. */
  'statement-outside-method': { call: string };
  /** The class and the file disagree, or the framework cannot load the file. */
  'migration-class': { reason: 'name-mismatch' | 'no-version' | 'unknown-version' | 'no-class' | 'illegal-file-name' | 'invalid-timestamp' | 'superclass'; message: string; instead: string | null };
  /** The framework cannot derive the way back. `raises` is false when a rollback does not stop there but runs the call once more. */
  'irreversible': { call: string; message: string; instead: string | null; raises?: boolean };
  /** A switch for the framework's transaction in a place, or of a form, that the framework ignores. `reason` and `instead` are clauses without a period. */
  'ineffective-transaction-flag': { flag: string; reason: string; instead: string };
  /** `safety_assured` or the like without a reason. */
  'unexplained-assurance': { by: string };
  /** The file could not be read as text. */
  'unreadable': { message: string };
}

/** The name of a kind of problem. */
export type ProblemKind = keyof ProblemKinds;

/** One problem of the given kind. */
export type ProblemOf<K extends ProblemKind> = { readonly kind: K } & Readonly<ProblemKinds[K]> & {
  readonly at: Span;
  /** The statement it belongs to, when there is one. */
  readonly statement?: Span;
};

/** Any problem; narrow by `kind`. */
export type Problem = { [K in ProblemKind]: ProblemOf<K> }[ProblemKind];
