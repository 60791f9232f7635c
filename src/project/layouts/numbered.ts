import { join } from 'node:path';
import type { Directory } from '../directory.ts';
import type { LayoutFile } from '../layout.ts';
import { naturally } from '../naturally.ts';

/** Files of a directory with the numbers that their names begin with, in their order or in another. */
export function numbered(directory: Directory, files: readonly string[], order: (a: string, b: string) => number = naturally): LayoutFile[] {
  return [...files].sort(order).map((file) => ({ file: join(directory.path, file), version: /^[Vv]?(\d+)/.exec(file)?.[1] ?? null }));
}
