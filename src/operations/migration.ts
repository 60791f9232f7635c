import type { Source } from '../source/source.ts';
import type { Place, Span } from '../source/span.ts';
import type { Operation } from './operation.ts';
import type { Problem } from './problem.ts';

/** A tool that runs migrations written in SQL. `sql` stands for a layout that no tool is known to have. */
export type SqlTool =
  | 'flyway' | 'golang-migrate' | 'goose' | 'dbmate' | 'sqlx' | 'refinery' | 'diesel' | 'prisma' | 'drizzle' | 'supabase' | 'hasura' | 'sqitch' | 'liquibase' | 'atlas'
  | 'graphile-migrate' | 'node-pg-migrate' | 'db-migrate' | 'pop' | 'sql';

/** Who runs the migration; decides file layout, transactions and the language of remedies. */
export type Framework = 'rails' | 'ridgepole' | SqlTool;

/**
 * Who opened a transaction: the framework around the migration; a block of code (`transaction do`); a statement (`BEGIN`); or the server itself, because
 * several statements came in one text (the simple query protocol of Postgres makes that one transaction).
 */
export type OpenedBy = 'framework' | 'block' | 'begin' | 'text';

/** A migration's version where another file names it. */
export interface PlacedVersion extends Span {
  readonly version: string;
}

/** A comment of the file, for directives. `text` is without the comment marker. */
export interface Comment extends Span {
  readonly text: string;
  /** True when code stands before it on its line. */
  readonly trailing: boolean;
}

/** What undoes a migration. */
export type Down =
  /** The framework derives it (Rails `change`). */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'written'; readonly operations: readonly Operation[] }
  /** Written, and does nothing. */
  | { readonly kind: 'empty'; readonly at: Span }
  /** Says that it cannot be undone (`raise ActiveRecord::IrreversibleMigration`). */
  | { readonly kind: 'refuses'; readonly at: Span }
  | { readonly kind: 'missing' };

/** One migration as a parser understood it. */
export interface Migration {
  readonly source: Source;
  readonly framework: Framework;
  readonly language: 'ruby' | 'sql' | 'js';
  /** The name in the file (Rails: the class), or null. */
  readonly name: string | null;
  /** Where the migration's own head stands (Rails: the class's first line): findings about the file as a whole point here. */
  readonly head: Span;
  /** The version the framework orders by, or null when the file name has none. */
  readonly version: string | null;
  /** The version of the newest migration beside it, where that is known: the next one goes after it. */
  readonly latestVersion?: string | null;
  /** The framework's own release that the migration asks for: Rails `[7.1]` gives `7.1`. */
  readonly frameworkVersion: string | null;
  /** `wrapped`: the framework runs the whole file, or each part of it, in one transaction; `none`: it does not (engine, or switched off). */
  readonly transaction: 'wrapped' | 'none';
  /** Where the file switches the framework's transaction off (`disable_ddl_transaction!`, `-- +goose NO TRANSACTION`), or null. */
  readonly transactionDisabledAt: Span | null;
  /**
   * Stretches of the file that the tool records as done one by one, so that a failure in a later one has it go on there (Liquibase's changesets, the statements
   * of a file that Atlas runs without a transaction). Absent where it records the file as a whole.
   */
  readonly records?: readonly Span[];
  /** Set where the source is several files one after the other (a Schemafile and what it requires): the stretch of each, with its path. */
  readonly files?: readonly Place[];
  /** Who opened each transaction of the way up, by its id. */
  readonly transactions: ReadonlyMap<number, OpenedBy>;
  /** What a deploy runs, in order. */
  readonly operations: readonly Operation[];
  readonly down: Down;
  readonly problems: readonly Problem[];
  readonly comments: readonly Comment[];
  /** Every statement, outermost spans first: a directive binds to the first one that starts after it. */
  readonly statements: readonly Span[];
}
