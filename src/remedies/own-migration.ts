import { printFramework } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { canBatch, outsideOf, traitOf } from './sql/tool.ts';

/**
 * Where a statement goes that Postgres refuses in a transaction, as the end of a sentence: `in a migration of its own with "-- +goose NO TRANSACTION"`, or by hand, where
 * the tool wraps everything.
 */
export function ownMigration(c: RemedyContext): string {
  if (c.migration.framework === 'ridgepole') return c.engine.name === 'postgres' ? 'with "algorithm: :concurrently": Ridgepole opens no transaction' : 'in a deployment of its own';
  if (c.engine.name !== 'postgres') return 'in a migration of its own';
  const trait = traitOf(c);
  if (trait === null) return 'in a migration of its own outside the DDL transaction';
  return outsideOf(c) === 'none' ? `by hand before the deployment, because ${wrapping(c)}` : `in a migration of its own${trait.how}`;
}

/** The same for rows that are changed in batches. */
export function ownBatches(c: RemedyContext): string {
  if (c.migration.framework === 'ridgepole') return 'in a script of its own, because Ridgepole changes no rows';
  const trait = traitOf(c);
  if (trait === null) return 'in a migration of its own outside a transaction';
  if (c.engine.name !== 'postgres') return 'by hand';
  if (!canBatch(c)) return `by hand, because ${wrapping(c)}`;
  return `in a migration of its own${trait.howBatches ?? trait.how}`;
}

/** `Hasura runs every migration in a transaction`. */
export function wrapping(c: RemedyContext): string {
  return `${printFramework(c.migration.framework)} runs every migration in a transaction`;
}
