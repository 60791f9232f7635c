import type { EngineName, Framework } from '../operations/index.ts';
import type { Source } from '../source/source.ts';

/** Where a migration file stands against the base. `unknown` without git or base. */
export type FileStatus = 'new' | 'edited' | 'merged' | 'unknown';

/** One migration file of a set. */
export interface MigrationFile {
  /** Workspace-relative, `/`-separated. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  /** What the framework orders it by, as the name says it (mostly leading digits), or null. */
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
  readonly framework: Framework;
  /** The directory that names the set in messages, workspace-relative: what holds `migrate/` (`db`, `plugins/x/db`), or the SQL files. */
  readonly root: string;
  /** Nothing outside of this directory is read: the repository's top, or the working directory. Absolute. */
  readonly top: string;
  /** The server that the layout speaks of, or null. */
  readonly dialect: EngineName | null;
  /** How the framework was recognised, or null when it was not: a guess, which is said. */
  readonly evidence: string | null;
  readonly files: readonly MigrationFile[];
  readonly dump: SchemaDump | null;
}
