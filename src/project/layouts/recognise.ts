import type { Directory } from '../directory.ts';
import type { Layout } from '../layout.ts';
import { drizzleLayout, prismaLayout, upFolderLayout } from './folders.ts';
import { flywayLayouts } from './flyway.ts';
import { markedLayout } from './marked.ts';
import { atlasLayout, dbMigrateLayout, graphileLayout, plainLayout, supabaseLayout } from './named.ts';
import { pairedLayouts } from './paired.ts';
import { sqitchLayout } from './sqitch.ts';

type Recognise = (directory: Directory) => Layout | readonly Layout[] | null;

/** The most telling sign first. Atlas applies directories in the layout of other tools, too, so its own comes after theirs. */
const inOrder: readonly Recognise[] = [
  drizzleLayout, prismaLayout, sqitchLayout, graphileLayout, supabaseLayout, upFolderLayout, markedLayout, dbMigrateLayout, flywayLayouts, pairedLayouts, atlasLayout, plainLayout,
];

/** Those of layouts whose root may hold no file of SQL itself. */
const aboveFiles: readonly Recognise[] = [prismaLayout, sqitchLayout, graphileLayout, upFolderLayout, flywayLayouts];

/** The layouts of SQL migrations whose root a directory is. Empty for any other directory. */
export function recognise(directory: Directory): readonly Layout[] {
  for (const one of directory.files.some((file) => /\.sql$/i.test(file)) ? inOrder : aboveFiles) {
    const found = [one(directory) ?? []].flat();
    if (found.length > 0) return found;
  }
  return [];
}
