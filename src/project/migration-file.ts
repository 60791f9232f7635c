import type { EngineName, Framework } from '../operations/index.ts';
import type { Source } from '../source/source.ts';
import type { BaseFiles } from './base-files.ts';

/**
 * Where a migration file stands against the base. `renamed`: a merged file under another name, its text as it was; one that is edited besides is `edited`. `unknown` without git or base.
 */
export type FileStatus = 'new' | 'edited' | 'renamed' | 'merged' | 'unknown';

/** One migration file of a set. */
export interface MigrationFile {
  /** Workspace-relative, `/`-separated. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  /** What the framework orders it by, as the name says it (mostly leading digits), or null. */
  readonly version: string | null;
  readonly status: FileStatus;
  /** The file that it was in the base when that had another name, or null. */
  readonly was: DeletedFile | null;
  /** True when its findings are shown; others only tell the schema. */
  readonly reported: boolean;
  /** The text, or a sentence on why it could not be read. Read on demand. */
  read(): { readonly source: Source } | { readonly problem: string };
}

/** A merged migration that the change set removes. */
export interface DeletedFile {
  /** Workspace-relative. */
  readonly path: string;
  /** Absolute, where it lay. */
  readonly file: string;
  readonly version: string | null;
}

/** A migration on the base branch as it is now, which may have gone on since the change set began. */
export interface MergedVersion {
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly version: string;
}

/** A schema dump: the structure that belongs to a set. */
export interface SchemaDump {
  readonly path: string;
  readonly format: 'schema.rb' | 'structure.sql';
  /** `base`: as merged, the schema before the change set. `head`: as it lies here, perhaps with the change set in it. */
  readonly at: 'base' | 'head';
  readonly source: Source;
  /** Of a base's: the file as it lies here, or null when it is gone. */
  readonly here?: () => Source | null;
}

/** The migrations of one database, in the order they run. */
export interface MigrationSet {
  readonly framework: Framework;
  /** The directory that names the set in messages, workspace-relative: what holds `migrate/` (`db`, `plugins/x/db`), or the SQL files. */
  readonly root: string;
  /** Nothing outside of this directory is read: the repository's top, or the working directory. Absolute. */
  readonly top: string;
  /** The name of the database in the framework's settings, where an application has several; null for its first or only one. */
  readonly database: string | null;
  /** The server that the layout speaks of, or null. */
  readonly dialect: EngineName | null;
  /** How the framework was recognised, or null when it was not: a guess, which is said. */
  readonly evidence: string | null;
  readonly files: readonly MigrationFile[];
  readonly dump: SchemaDump | null;
  /** The files of the base, or null without one. */
  readonly merged: BaseFiles | null;
  /** In the order in which they ran. Empty where files were named, or without a base. */
  readonly deleted: readonly DeletedFile[];
  /** Those of the newest commit of the base branch, in order. Empty without a base. */
  readonly onBase: readonly MergedVersion[];
  /** The files of that commit. */
  readonly branch: BaseFiles | null;
}
