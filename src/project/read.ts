import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { createSource } from '../source/source.ts';
import type { Source } from '../source/source.ts';
import { decode, largestFile } from '../source/decode.ts';
import { isInside } from './directory.ts';

/** A text file, or a sentence on why it cannot be read. */
export type ReadText = { readonly source: Source } | { readonly problem: string };

/** The bytes of a regular file inside `root`, or a sentence. Symbolic links that lead out of `root`, devices and pipes are not followed. */
export function readBytes(file: string, root: string): Buffer | { readonly problem: string } {
  let handle: number | null = null;
  try {
    const real = realpathSync.native(file);
    if (!isInside(real, realRoot(root))) return { problem: `The file ${isInside(file, root) ? 'is a symbolic link to a place' : 'lies'} outside the project; it is not read.` };
    // A pipe would block whoever opens it, but for this flag.
    handle = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(handle);
    if (!stat.isFile()) return { problem: stat.isDirectory() ? 'It is a directory.' : 'It is not a regular file.' };
    if (stat.size > largestFile) return { problem: `The file has ${stat.size} bytes; files over ${largestFile} are not read.` };
    const bytes = Buffer.allocUnsafe(stat.size);
    let at = 0;
    while (at < stat.size) {
      const count = readSync(handle, bytes, at, stat.size - at, at);
      if (count === 0) break;
      at += count;
    }
    return bytes.subarray(0, at);
  } catch (error) {
    return { problem: `The file cannot be read: ${reason(error)}.` };
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

const realRoots = new Map<string, string>();

function realRoot(root: string): string {
  const known = realRoots.get(root) ?? realpathSync.native(root);
  realRoots.set(root, known);
  return known;
}

/** The text of a file. `path` is the name it goes by in messages. */
export function readText(file: string, path: string, root: string): ReadText {
  const bytes = readBytes(file, root);
  if ('problem' in bytes) return bytes;
  const decoded = decode(bytes);
  return 'problem' in decoded ? decoded : { source: createSource(path, decoded.text) };
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const words: Record<string, string> = { ENOENT: 'no such file', EACCES: 'permission denied', EPERM: 'permission denied', ELOOP: 'too many symbolic links', EISDIR: 'it is a directory', EMFILE: 'too many open files' };
  return (code && words[code]) ?? code ?? 'unknown error';
}

/** True when both have one text, whatever their line ends. */
export function sameText(a: Source, b: Source): boolean {
  return a.text === b.text || a.text.replaceAll('\r\n', '\n') === b.text.replaceAll('\r\n', '\n');
}
