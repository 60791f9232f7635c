import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import { withTrailingHash } from './arguments.ts';
import { columns } from './columns.ts';
import { constraints } from './constraints.ts';
import { foreignKeys } from './foreign-keys.ts';
import { attachments } from './gems/attachments.ts';
import { gitlab } from './gems/gitlab.ts';
import { onlineMigrations } from './gems/online-migrations.ts';
import { partitions } from './gems/partitions.ts';
import { pgHaMigrations } from './gems/pg-ha-migrations.ts';
import { addColumnWithDefault, updateInBatches } from './gems/steps.ts';
import { views } from './gems/views.ts';
import { indexes } from './indexes.ts';
import { noteUnknownOptions, type Lowering } from './lowering.ts';
import { objects } from './objects.ts';
import { references } from './references.ts';
import { closestStatement } from './spelling.ts';
import { tables } from './tables.ts';

/** Active Record's own statements. */
const rails: ReadonlyMap<string, Lowering> = new Map(Object.entries({ ...tables, ...columns, ...indexes, ...references, ...foreignKeys, ...constraints, ...objects }));

/** Statements of libraries; a name that Active Record has too is the library's superset of it. */
const libraries: ReadonlyMap<string, Lowering> = new Map(Object.entries({
  ...views, ...onlineMigrations, ...gitlab, ...pgHaMigrations, ...partitions, ...attachments,
  add_column_with_default: addColumnWithDefault,
  update_column_in_batches: updateInBatches,
  update_columns_in_batches: updateInBatches,
}));

/** Calls whose hash argument is a value, not options. */
const keepsHash: ReadonlySet<string> = new Set(['change_column_default', 'safe_change_column_default', 'update_columns_in_batches']);

/**
 * Turns one evaluated call at migration level into operations, which it hands to the host.
 * Gives false when the name is no statement of Active Record or of a known library; nothing is emitted then.
 */
export function lowerStatement(call: StatementCall, host: StatementHost): boolean {
  const found = find(call.name);
  if (!found) return false;
  const named = found.name === call.name ? call : { ...call, name: found.name };
  found.lowering(keepsHash.has(found.name) ? named : withTrailingHash(named), host);
  noteUnknownOptions(call, host);
  return true;
}

/** True when the name is a statement that `lowerStatement` knows at migration level. */
export function isStatementName(name: string): boolean {
  return find(name) !== null;
}

/** The statement that a misspelt name most likely means, or null when none is close. */
export function spellStatement(name: string): string | null {
  return isStatementName(name) ? null : closestStatement(name, rails.keys());
}

/** The lowering of a name; pg_ha_migrations puts `safe_`, `unsafe_` or `raw_` in front of Active Record's names. */
function find(name: string): { readonly name: string; readonly lowering: Lowering } | null {
  const own = libraries.get(name) ?? rails.get(name);
  if (own) return { name, lowering: own };
  const bare = /^(?:safe|unsafe|raw)_(\w+)$/.exec(name)?.[1];
  const lowering = bare === undefined ? undefined : rails.get(bare);
  return bare !== undefined && lowering ? { name: bare, lowering } : null;
}
