import type { EngineName, SqlTool } from '../operations/index.ts';
import type { Severity, TablePolicy } from '../rules/rule.ts';
import type { Standing } from './standing.ts';

/** What the user may set for one rule. */
export interface RuleSetting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
  /** True when a preset says so and not the user about this rule: what the settings files of other tools say of it then still holds. */
  readonly preset?: true;
}

/** The validated configuration of one run, whatever it was read from. */
export interface Config {
  /** Path of the file it comes from, or null for the defaults. */
  readonly path: string | null;
  /** By rule id: presets, then the file, then `--rule`, resolved. A rule that is not in here has its own default severity. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** What the user says about the engine; null and empty parts are left to the framework's own files. */
  readonly engine: WantedEngine;
  /** Globs of files to leave out, workspace-relative. */
  readonly ignorePatterns: readonly string[];
  /** Directories that hold migrations, workspace-relative; empty to detect. */
  readonly paths: readonly string[];
  /** Migrations up to and with this version are never reported. */
  readonly startAfter: string | null;
  /** Changes of merged migrations that are known, by version without leading zeros, with the reason. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** What the user says of tables, by name. */
  readonly tables: ReadonlyMap<string, TablePolicy>;
  /** What a statistics file says of them; what the user says wins. */
  readonly measured: ReadonlyMap<string, Standing>;
  /** What the user says about files of SQL; null where they are left to speak for themselves. */
  readonly sql: SqlSettings;
  /** What the user says about Ridgepole. */
  readonly ridgepole: RidgepoleSettings;
  /** Operations that are allowed in this run (`--allow drop-table:events`). */
  readonly allowances: readonly Allowance[];
}

/** What the user says about Ridgepole; what is left out is read from its calls in the repository. */
export interface RidgepoleSettings {
  /** Root Schemafiles, workspace-relative. */
  readonly files: readonly string[];
  /** Its release, or null. */
  readonly version: readonly number[] | null;
  /** How it is run, each as its flag of that name. */
  readonly run: {
    readonly dropTable?: boolean;
    readonly dropTableOnly?: boolean;
    readonly merge?: boolean;
    readonly allowPrimaryKeyChange?: boolean;
    readonly bulkChange?: boolean;
    readonly changeTableOptions?: boolean;
    readonly changeTableComment?: boolean;
    readonly tables?: readonly string[];
    readonly ignoreTables?: readonly string[];
    readonly alterExtra?: string;
    readonly preQuery?: string;
    readonly from?: string;
  };
}

/** One operation that a person allows: a kind of operation, and the table, `table.column` or other object it is about. */
export interface Allowance {
  readonly kind: string;
  readonly object: string;
}

/** What the user says about who runs SQL files, and how. */
export interface SqlSettings {
  /** The tool of files whose layout is not recognised. */
  readonly tool: SqlTool | null;
  /** How files are sent whose tool can be told either way from outside. */
  readonly transaction: 'wrapped' | 'statements' | 'whole' | null;
}

/** The engine as the user names it. */
export interface WantedEngine {
  readonly name: EngineName | null;
  readonly version: readonly number[];
  /** `--engine`, or the configuration file's path: for messages. */
  readonly from: string;
}

/** The configuration of a run without file or flags. */
export const defaultConfig: Config = {
  path: null, rules: new Map(), engine: { name: null, version: [], from: 'default' }, ignorePatterns: [], paths: [], startAfter: null, acknowledged: new Map(), tables: new Map(), measured: new Map(), sql: { tool: null, transaction: null }, ridgepole: { files: [], version: null, run: {} }, allowances: [],
};

/** A version as `acknowledged` holds it. */
export function withoutZeros(version: string): string {
  return version.replace(/^0+(?=\d)/, '');
}
