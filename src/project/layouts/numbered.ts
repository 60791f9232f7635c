import { join } from 'node:path';
import type { Directory } from '../directory.ts';
import type { LayoutFile } from '../layout.ts';
import { naturally } from '../naturally.ts';

/** Files of a directory in the order of the numbers that their names begin with. */
export function numbered(directory: Directory, files: readonly string[]): LayoutFile[] {
  return [...files].sort(naturally).map((file) => ({ file: join(directory.path, file), version: /^[Vv]?(\d+)/.exec(file)?.[1] ?? null }));
}
