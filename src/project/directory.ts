import { closeSync, fstatSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A directory as what recognises layouts sees it: names, and the beginnings of files. Read when asked for, and only once. */
export interface Directory {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** Names of regular files and links, sorted. */
  readonly files: readonly string[];
  /** Names of directories, sorted. */
  readonly directories: readonly string[];
  /** The first 8 KiB of a file in it as text, or an empty text when it cannot be read. */
  head(file: string): string;
  /** A file of settings in it as text, or an empty text when it cannot be read or has over a MiB. */
  whole(file: string): string;
  child(name: string): Directory;
  /** The directory above, or null at the top of what may be looked at. */
  readonly parent: Directory | null;
}

/** A text that stands for a file (`--stdin`), whether the file is there or not. */
export interface StandIn { readonly file: string; readonly text: string }

const headSize = 8 * 1024;
const largestSettings = 1024 * 1024;

/** Opens directories by their absolute path; each is read once. What is above `top` is not looked at. */
export function directoriesBelow(top: string, standIn: StandIn | null = null): (path: string) => Directory {
  const known = new Map<string, Directory>();
  return (path) => opened(path, top, standIn, known);
}

function opened(path: string, top: string, standIn: StandIn | null, known: Map<string, Directory>): Directory {
  const before = known.get(path);
  if (before) return before;
  let entries: { readonly files: string[]; readonly directories: string[] } | null = null;
  const list = () => (entries ??= listOf(path, standIn));
  const heads = new Map<string, string>();
  const directory: Directory = {
    path,
    name: basename(path),
    get files() {
      return list().files;
    },
    get directories() {
      return list().directories;
    },
    head(file) {
      const full = join(path, file);
      const text = heads.get(file) ?? (standIn?.file === full ? standIn.text.slice(0, headSize) : textOf(full, headSize));
      heads.set(file, text);
      return text;
    },
    whole: (file) => textOf(join(path, file), largestSettings),
    child: (name) => opened(join(path, name), top, standIn, known),
    get parent() {
      return path === top || dirname(path) === path || !path.startsWith(top) ? null : opened(dirname(path), top, standIn, known);
    },
  };
  known.set(path, directory);
  return directory;
}

function listOf(path: string, standIn: StandIn | null): { files: string[]; directories: string[] } {
  const files = new Set<string>();
  const directories: string[] = [];
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) directories.push(entry.name);
      else if (entry.isFile() || entry.isSymbolicLink()) files.add(entry.name);
    }
  } catch {
    // A directory that cannot be read holds nothing for us.
  }
  if (standIn && dirname(standIn.file) === path) files.add(basename(standIn.file));
  return { files: [...files].sort(), directories: directories.sort() };
}

/** The first bytes of a regular file as text; an empty text when it cannot be read. */
function textOf(file: string, most: number): string {
  let handle: number | null = null;
  try {
    // A pipe or device would block.
    if (!statSync(file).isFile()) return '';
    handle = openSync(file, 'r');
    const bytes = Buffer.alloc(Math.min(most, fstatSync(handle).size));
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, 0));
  } catch {
    return '';
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** The nearest file of that name in the directory or above it, or null. */
export function findAbove(directory: Directory, file: string): { readonly directory: Directory; readonly text: string } | null {
  for (let at: Directory | null = directory; at; at = at.parent) if (at.files.includes(file)) return { directory: at, text: at.head(file) };
  return null;
}
