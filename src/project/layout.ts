import type { EngineName, SqlTool } from '../operations/index.ts';

/** A file of a layout that a deploy runs. */
export interface LayoutFile {
  /** Absolute. */
  readonly file: string;
  /** What the tool orders it by, or null. */
  readonly version: string | null;
}

/** Files of a tool's migrations, found by names and markers. */
export interface Layout {
  readonly tool: SqlTool;
  /** The directory that names the set, absolute. */
  readonly root: string;
  /** The server that a name or a settings file speaks of; `other` for one that anzen does not know. */
  readonly dialect: EngineName | 'other' | null;
  /** In the order in which they run. */
  readonly files: readonly LayoutFile[];
  /** What lies there, too, and is not linted, with the reason: a clause that begins with what the file is. */
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
  /** Candidates for a dump of the schema, absolute. */
  readonly dumps: readonly string[];
  /** How the tool was recognised, for messages: `atlas.sum`, `the marker "-- +goose Up"`. */
  readonly evidence: string;
}

/** A layout without what most have not. */
export function layout(parts: Pick<Layout, 'tool' | 'root' | 'files' | 'evidence'> & Partial<Layout>): Layout {
  return { dialect: null, leftOut: [], dumps: [], ...parts };
}
