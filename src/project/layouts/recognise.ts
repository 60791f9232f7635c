import type { Directory } from '../directory.ts';
import type { Layout } from '../layout.ts';
import { drizzleLayout, prismaLayout, upFolderLayout } from './folders.ts';
import { markedLayout } from './marked.ts';
import { atlasLayout, dbMigrateLayout, graphileLayout, plainLayout, sqitchLayout, supabaseLayout } from './named.ts';
import { flywayLayout, pairedLayouts } from './versioned.ts';

/** The layouts of SQL migrations whose root a directory is; the most telling sign wins. Empty for any other directory. */
export function recognise(directory: Directory): Layout[] {
  const one = drizzleLayout(directory) ?? prismaLayout(directory) ?? sqitchLayout(directory) ?? graphileLayout(directory) ?? atlasLayout(directory) ?? supabaseLayout(directory)
    ?? upFolderLayout(directory) ?? markedLayout(directory) ?? dbMigrateLayout(directory) ?? flywayLayout(directory);
  if (one) return [one];
  const paired = pairedLayouts(directory);
  if (paired.length > 0) return paired;
  const plain = plainLayout(directory);
  return plain ? [plain] : [];
}
