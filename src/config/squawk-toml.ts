import { TomlError, parse } from 'smol-toml';
import { nearestWord } from './nearest.ts';

/** What a `.squawk.toml` says, as far as it matters here. */
export interface SquawkSettings {
  /** Names of squawk's rules, aliases resolved. */
  readonly excludedRules: ReadonlySet<string>;
  /** The same; without those that are excluded, too. */
  readonly includedRules: ReadonlySet<string>;
  /** Globs, in which `*` stands for slashes as well. */
  readonly excludedPaths: readonly string[];
  /** The server's release, or empty. */
  readonly pgVersion: readonly number[];
  readonly assumeInTransaction: boolean;
  /** Names of rules that squawk 2.66 has not: a sentence on each. */
  readonly notes: readonly string[];
}

/** Where a settings file is broken, and how. */
export interface SettingsProblem {
  /** Workspace-relative. */
  readonly path: string;
  /** Counted from one, as the column. */
  readonly line: number;
  readonly column: number;
  /** A sentence. */
  readonly message: string;
}

/** The rules of squawk 2.66 by the names that its settings know. */
const squawkRules: ReadonlySet<string> = new Set([
  'adding-field-with-default', 'adding-foreign-key-constraint', 'adding-not-nullable-field', 'adding-required-field', 'adding-serial-primary-key-field', 'ban-alter-domain-with-add-constraint',
  'ban-char-field', 'ban-concurrent-index-creation-in-transaction', 'ban-create-domain-with-constraint', 'ban-drop-column', 'ban-drop-database', 'ban-drop-not-null', 'ban-drop-table',
  'ban-duplicate-column-assignments', 'ban-truncate-cascade', 'ban-uncommitted-transaction', 'changing-column-type', 'constraint-missing-not-valid', 'disallowed-unique-constraint', 'identifier-too-long',
  'prefer-bigint-over-int', 'prefer-bigint-over-smallint', 'prefer-identity', 'prefer-repack', 'prefer-robust-stmts', 'prefer-text-field', 'prefer-timestamp-tz', 'renaming-column', 'renaming-table',
  'require-concurrent-index-creation', 'require-concurrent-index-deletion', 'require-concurrent-partition-detach', 'require-concurrent-reindex', 'require-enum-value-ordering', 'require-lock-timeout',
  'require-statement-timeout', 'require-table-schema', 'transaction-nesting',
]);

/** Names that stand for others. */
const aliases: Readonly<Record<string, readonly string[]>> = { 'require-timeout-settings': ['require-lock-timeout', 'require-statement-timeout'], 'prefer-timestamptz': ['prefer-timestamp-tz'] };

/** Reads the text of a `.squawk.toml`; `path` is workspace-relative. Keys that are not squawk's are passed over, as there. Gives the place of what is no TOML, or of a value of another type than squawk takes. */
export function parseSquawkToml(text: string, path: string): SquawkSettings | SettingsProblem {
  let document: Readonly<Record<string, unknown>>;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [cause = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return { path, line: error.line, column: error.column, message: `The settings of squawk are not read, because the file is no TOML: ${cause.trim().replace(/\.?$/, '.')}` };
  }
  for (const [key, expected, isRight] of types) {
    if (!(key in document) || isRight(document[key])) continue;
    return { path, line: lineOf(text, key), column: 1, message: `The settings of squawk are not read, because "${key}" is not ${expected}.` };
  }
  const excluded = namesIn(document['excluded_rules'], path);
  const included = namesIn(document['included_rules'], path);
  return {
    excludedRules: new Set(excluded.names),
    includedRules: new Set(included.names.filter((name) => !excluded.names.includes(name))),
    excludedPaths: (document['excluded_paths'] ?? []) as readonly string[],
    pgVersion: ((document['pg_version'] ?? '') as string).split('.').filter(Boolean).map(Number),
    assumeInTransaction: document['assume_in_transaction'] === true,
    notes: [...excluded.notes, ...included.notes],
  };
}

const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');

const types: readonly (readonly [key: string, expected: string, isRight: (value: unknown) => boolean])[] = [
  ['excluded_rules', 'a list of rules', isTexts],
  ['included_rules', 'a list of rules', isTexts],
  ['excluded_paths', 'a list of globs', isTexts],
  ['pg_version', 'a version in quotes, such as "16.2"', (value) => typeof value === 'string' && /^\d{1,4}(?:\.\d{1,4}){0,2}$/.test(value)],
  ['assume_in_transaction', 'true or false', (value) => typeof value === 'boolean'],
];

function lineOf(text: string, key: string): number {
  const at = text.split('\n').findIndex((line) => new RegExp(`^\\s*["']?${key}["']?\\s*=`).test(line));
  return Math.max(at, 0) + 1;
}

function namesIn(value: unknown, path: string): { readonly names: readonly string[]; readonly notes: readonly string[] } {
  const names: string[] = [];
  const notes: string[] = [];
  for (const name of (value ?? []) as readonly string[]) {
    const known = aliases[name] ?? (squawkRules.has(name) ? [name] : []);
    names.push(...known);
    if (known.length > 0) continue;
    const near = nearestWord(name, squawkRules);
    notes.push(`${path}: "${name}" is no rule of squawk 2.66 and has no effect here.${near === null ? '' : ` Did you mean "${near}"?`}`);
  }
  return { names, notes };
}
