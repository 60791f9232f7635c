import type { Deed } from '../operations/index.ts';

/** One statement of a remedy: an operation to be rendered in the user's language, or SQL or a comment to be put there as it is. */
export type RemedyStatement =
  | { readonly kind: 'operation'; readonly deed: Deed }
  /** Raw SQL; in Ruby it becomes `execute <<~SQL`. */
  | { readonly kind: 'sql'; readonly sql: string }
  /** A batched update of all rows, outside a transaction: in Ruby a model declared in the migration and `in_batches`. `where` selects the rows still to do; `set` maps column to SQL expression. */
  | { readonly kind: 'backfill'; readonly table: string; readonly set: Readonly<Record<string, string>>; readonly where: string }
  | { readonly kind: 'comment'; readonly text: string };

/** One deployment step of a remedy. */
export type RemedyStep =
  /** A complete migration. `name` is CamelCase; `down` null means that the framework derives it from `up`. */
  | { readonly kind: 'migration'; readonly name: string; readonly transaction: boolean; readonly up: readonly RemedyStatement[]; readonly down: readonly RemedyStatement[] | null }
  /** Something done in the application's code; `code` is an optional snippet in its language. */
  | { readonly kind: 'code'; readonly text: string; readonly code: string | null }
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
