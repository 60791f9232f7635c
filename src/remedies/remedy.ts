import type { Deed } from '../operations/index.ts';

/** One statement of a remedy: an operation to be rendered in the user's language, or SQL or a comment to be put there as it is. */
export type RemedyStatement =
  | { readonly kind: 'operation'; readonly deed: Deed }
  /** Raw SQL; in Ruby it becomes `execute <<~SQL`. One statement, without a semicolon at its end. */
  | { readonly kind: 'sql'; readonly sql: string }
  /** A batched update of all rows, outside a transaction: in Ruby a model declared in the migration and `in_batches`. `where` selects the rows still to do; `set` maps column to SQL expression. */
  | { readonly kind: 'backfill'; readonly table: string; readonly set: Readonly<Record<string, string>>; readonly where: string }
  /** A batched delete, outside a transaction; `where` selects the rows, null means all. */
  | { readonly kind: 'batched-delete'; readonly table: string; readonly where: string | null }
  /** Adds a nullable column of the same type as the column `like`, which is read from the database because it is not known here. */
  | { readonly kind: 'column-like'; readonly table: string; readonly column: string; readonly like: string }
  /** Text in the user's own language, made from what the user wrote; `models` are the tables whose models it uses, declared in the migration. */
  | { readonly kind: 'source'; readonly text: string; readonly models: Readonly<Record<string, string>> }
  | { readonly kind: 'comment'; readonly text: string };

/** One deployment step of a remedy. */
export type RemedyStep =
  /** A complete migration. `name` is CamelCase, and `words` are what it is made of; `down` null means that the framework derives it from `up`. `title` says what it is for, one sentence. */
  | { readonly kind: 'migration'; readonly name: string; readonly words?: string; readonly transaction: boolean; readonly up: readonly RemedyStatement[]; readonly down: readonly RemedyStatement[] | null; readonly title?: string }
  /** Something done in the application's code; `code` is an optional snippet in its language. `path` is set when `code` is that whole file as it should be. */
  | { readonly kind: 'code'; readonly text: string; readonly code: string | null; readonly path?: string }
  /** A query to run on production before the deploy; zero rows mean that it is safe. */
  | { readonly kind: 'query'; readonly text: string; readonly sql: string };

/** What to do instead. */
export interface Remedy {
  /** One or two imperative sentences. */
  readonly advice: string;
  /** The deployments, in order. Empty when advice says it all. */
  readonly steps: readonly RemedyStep[];
}

/** A remedy that is only a sentence. */
export function advise(advice: string): Remedy {
  return { advice, steps: [] };
}
