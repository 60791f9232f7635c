import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/** A directory as what recognises layouts sees it: names, and the beginnings of files. Read when asked for, and only once. */
export interface Directory {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** Names of regular files and links, sorted. */
  readonly files: readonly string[];
  /** Names of directories, sorted. */
  readonly directories: readonly string[];
  has(file: string): boolean;
  /** The first 8 KiB of a file in it as text, or an empty text when it cannot be read. */
  head(file: string): string;
  /** A file of settings in it as text, or an empty text when it cannot be read; the first MiB of it. */
  whole(file: string): string;
  child(name: string): Directory;
  /** The directory above, or null at the top of what may be looked at. */
  readonly parent: Directory | null;
}

/** A text that stands for a file (`--stdin`), whether the file is there or not. */
export interface StandIn { readonly file: string; readonly text: string }

const headSize = 8 * 1024;
const largestSettings = 1024 * 1024;

/** Opens directories by their absolute path; each is read once. What is above `top` is not looked at, and no link that leads out of it is followed. */
export function directoriesBelow(top: string, standIn: StandIn | null = null): (path: string) => Directory {
  const known = new Map<string, Directory>();
  const open = (path: string): Directory => {
    const before = known.get(path);
    if (before) return before;
    const directory = opened(path, top, standIn, open);
    known.set(path, directory);
    return directory;
  };
  return open;
}

function opened(path: string, top: string, standIn: StandIn | null, open: (path: string) => Directory): Directory {
  // Made when they are asked for: most directories are only passed through.
  let entries: { readonly files: readonly string[]; readonly directories: readonly string[] } | null = null;
  let names: ReadonlySet<string> | null = null;
  let texts: Map<string, string> | null = null;
  const list = () => (entries ??= listOf(path, standIn));
  const read = (file: string, most: number): string => {
    texts ??= new Map();
    const key = `${most}/${file}`;
    const text = texts.get(key) ?? (standIn?.file === join(path, file) ? standIn.text.slice(0, most) : textOf(join(path, file), most, top));
    texts.set(key, text);
    return text;
  };
  return {
    path,
    name: basename(path),
    get files() {
      return list().files;
    },
    get directories() {
      return list().directories;
    },
    has: (file) => (names ??= new Set(list().files)).has(file),
    head: (file) => read(file, headSize),
    whole: (file) => read(file, largestSettings),
    child: (name) => open(join(path, name)),
    get parent() {
      return path === top || !isInside(path, top) ? null : open(dirname(path));
    },
  };
}

function listOf(path: string, standIn: StandIn | null): { readonly files: readonly string[]; readonly directories: readonly string[] } {
  const files: string[] = [];
  const directories: string[] = [];
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) directories.push(entry.name);
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(entry.name);
    }
  } catch {
    // A directory that cannot be read holds nothing for us.
  }
  // The file that a text stands for may lie in directories that are not there yet.
  const [first, ...deeper] = standIn && isInside(standIn.file, path) ? relative(path, standIn.file).split(sep) : [];
  const among = deeper.length > 0 ? directories : files;
  if (first && !among.includes(first)) among.push(first);
  return { files: files.sort(), directories: directories.sort() };
}

/** True when a path (absolute) is another one or lies below it. */
export function isInside(path: string, top: string): boolean {
  if (path === top || (path.startsWith(top) && (top.endsWith(sep) || path.startsWith(sep, top.length)))) return true;
  const way = relative(top, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The first bytes of a regular file as text; an empty text when it cannot be read. */
function textOf(file: string, most: number, top: string): string {
  let handle: number | null = null;
  try {
    if (lstatSync(file).isSymbolicLink() && !isInside(realpathSync.native(file), realpathSync.native(top))) return '';
    // A pipe would block whoever opens it, but for this flag.
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(handle);
    if (!status.isFile()) return '';
    const bytes = Buffer.alloc(Math.min(most, status.size));
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, 0));
  } catch {
    return '';
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** The nearest file of that name in the directory or above it, or null. */
export function findAbove(directory: Directory, file: string): { readonly directory: Directory; readonly text: string } | null {
  for (let at: Directory | null = directory; at; at = at.parent) if (at.has(file)) return { directory: at, text: at.whole(file) };
  return null;
}
