import type { Source } from '../source/source.ts';

/** Where a migration file stands against the base. `unknown` without git or base. */
export type FileStatus = 'new' | 'edited' | 'merged' | 'unknown';

/** One migration file of a set. */
export interface MigrationFile {
  /** Workspace-relative, `/`-separated. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  /** What the file name says the version is (leading digits), or null. */
  readonly version: string | null;
  readonly status: FileStatus;
  /** True when its findings are shown; others only tell the schema. */
  readonly reported: boolean;
  /** The text, or a sentence on why it could not be read. Read on demand. */
  read(): { readonly source: Source } | { readonly problem: string };
}

/** A schema dump: the structure that belongs to a set. */
export interface SchemaDump {
  readonly path: string;
  readonly format: 'schema.rb' | 'structure.sql';
  /** `base`: as merged, the schema before the change set. `head`: as it lies here, perhaps with the change set in it. */
  readonly at: 'base' | 'head';
  readonly source: Source;
}

/** The migrations of one database, in the order they run. */
export interface MigrationSet {
  readonly framework: 'rails';
  /** The directory that holds `migrate/`, workspace-relative: `db`, `plugins/x/db`; names the set in messages. */
  readonly root: string;
  readonly files: readonly MigrationFile[];
  readonly dump: SchemaDump | null;
}
