import type { EngineName, SqlTool } from '../operations/index.ts';

/** A file of a layout that a deploy runs. */
export interface LayoutFile {
  /** Absolute. */
  readonly file: string;
  /** What the tool orders it by, or null. */
  readonly version: string | null;
}

/** A file of a layout that is not linted. */
export interface LeftOut {
  /** Absolute. */
  readonly file: string;
  /** A clause that says what it is: `the way back of a migration`. */
  readonly reason: string;
  /** True for what looks like a migration, so that a person should hear of it; ways back are expected. */
  readonly told: boolean;
}

/** A database server as a name or a settings file speaks of it. */
export interface Server {
  /** Null for one that anzen does not know. */
  readonly engine: EngineName | null;
  /** As written: `postgresql`, `cockroach`. */
  readonly name: string;
}

/** Files of a tool's migrations, found by names and markers. */
export interface Layout {
  readonly tool: SqlTool;
  /** The directory that names the set, absolute. */
  readonly root: string;
  /** The server that a name or a settings file speaks of, or null. */
  readonly server: Server | null;
  /** In the order in which they run. */
  readonly files: readonly LayoutFile[];
  /** What lies there, too, and is not linted. */
  readonly leftOut: readonly LeftOut[];
  /** Candidates for a dump of the schema, absolute. */
  readonly dumps: readonly string[];
  /** How the tool was recognised, for messages: `atlas.sum`, `the marker "-- +goose Up"`. Empty when nothing says which tool it is. */
  readonly evidence: string;
}

/** A layout without what most have not. */
export function layout(parts: Pick<Layout, 'tool' | 'root' | 'files' | 'evidence'> & Partial<Layout>): Layout {
  return { server: null, leftOut: [], dumps: [], ...parts };
}

/** A file that takes a migration back. */
export function wayBack(file: string): LeftOut {
  return { file, reason: 'the way back of a migration', told: false };
}
