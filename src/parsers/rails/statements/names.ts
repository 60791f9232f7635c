import { sha256 } from '../../../source/sha256.ts';
import type { StatementHost } from '../host.ts';
import { splitName } from './arguments.ts';
import { asksFor, onPostgres } from './version.ts';

/** Active Record keeps generated index names within this many bytes on every engine since 7.1 (`max_index_name_size`). */
const longestGeneratedIndexName = 62;

/** An index name with the columns of it. */
interface IndexNaming {
  /** The table as the call names it. */
  readonly table: string;
  /** Column names, or the words of one expression joined by `_`. */
  readonly columns: readonly string[];
}

/**
 * The name Active Record gives an index. Migrations for 7.1 and newer shorten long names; older ones raise when the name is over the engine's
 * limit, which shows as a name that is too long. `shortens` overrides the migration's own version.
 */
export function indexName(naming: IndexNaming, host: StatementHost, shortens = asksFor(host, 7, 1)): string {
  const table = onPostgres(host) ? splitName(naming.table).name : naming.table;
  const full = `index_${table}_on_${naming.columns.join('_and_')}`;
  if (!shortens || byteLength(full) <= longestGeneratedIndexName) return full;
  const suffix = `_${digest(full)}`;
  return truncateBytes(`idx_on_${naming.columns.join('_')}`, longestGeneratedIndexName - suffix.length) + suffix;
}

/** The name of a polymorphic reference's index since 6.1. */
export function polymorphicIndexName(table: string, reference: string): string {
  return `index_${table}_on_${reference}`;
}

/** `fk_rails_` and ten hex digits of table and columns. */
export function foreignKeyName(table: string, columns: readonly string[]): string {
  return `fk_rails_${digest(`${table}_${columns.join('_and_')}_fk`)}`;
}

/** `chk_rails_` and ten hex digits of table and expression. */
export function checkName(table: string, expression: string): string {
  return `chk_rails_${digest(`${table}_${expression}_chk`)}`;
}

/** `uniq_rails_` and ten hex digits of table and columns, or of table and index. */
export function uniqueName(table: string, columnsOrIndex: readonly string[]): string {
  return `uniq_rails_${digest(`${table}_${columnsOrIndex.join('_and_')}_unique`)}`;
}

/** `excl_rails_` and ten hex digits of table and expression. */
export function exclusionName(table: string, expression: string): string {
  return `excl_rails_${digest(`${table}_${expression}_excl`)}`;
}

/** The words of an expression joined by `_`, as index names spell expressions. */
export function expressionWords(expression: string): string {
  return (expression.match(/\w+/g) ?? []).join('_');
}

/** The table of a many-to-many join: both names in order, a common prefix written once. */
export function joinTableName(first: string, second: string): string {
  const [low, high] = byBytes(first, second) <= 0 ? [first, second] : [second, first];
  let shared = 0;
  for (let at = 0; at < Math.min(low.length, high.length) - 1 && low.charAt(at) === high.charAt(at); at++) if (/[._]/.test(low.charAt(at))) shared = at + 1;
  return `${low}_${high.slice(shared)}`;
}

function digest(text: string): string {
  return sha256(text).slice(0, 10);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

function truncateBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
