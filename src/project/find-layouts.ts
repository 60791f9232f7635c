import { dirname, join } from 'node:path';
import type { Directory, StandIn } from './directory.ts';
import { directoriesBelow } from './directory.ts';
import type { Layout } from './layout.ts';
import { layout } from './layout.ts';
import { dialectOf } from './layouts/dialect.ts';
import { naturally } from './layouts/order.ts';
import { recognise } from './layouts/recognise.ts';

/** Directories whose SQL is for tests and shows: it is linted when it is named. */
const forTests = /^(?:tests?|specs?|__tests__|testdata|test[-_]data|fixtures?|__fixtures__|__mocks__|mocks?|stubs?|examples?|samples?|e2e|seeds?|vendor|third[-_]party|target)$/i;

/** Directories that hold what was installed or built. */
const neverMigrations: ReadonlySet<string> = new Set(['node_modules', 'coverage', 'dist', 'build', 'bower_components', 'log', 'tmp']);

const deepest = 12;

/** Finds the layouts of SQL migrations; every directory is read and recognised once. Paths are absolute. */
export interface LayoutFinder {
  /** Those below a directory. */
  below(root: string): readonly Layout[];
  /** Those that a file belongs to, as one that runs or one that is left out: its own directory is the root, or one of the three above it. */
  of(file: string): readonly Layout[];
  /** Every `.sql` file in a directory and below it, but for those whose name says that they are the way back or no migration. */
  looseFiles(root: string): readonly string[];
}

interface Recognised { readonly layouts: readonly Layout[]; readonly byFile: ReadonlyMap<string, readonly Layout[]> }

/** A finder for one run. `top` is where looking upwards ends. */
export function createLayoutFinder(top: string, standIn: StandIn | null): LayoutFinder {
  const open = directoriesBelow(top, standIn);
  const known = new Map<string, Recognised>();
  const look = (directory: Directory): Recognised => {
    const before = known.get(directory.path);
    if (before) return before;
    const layouts = recognise(directory);
    const byFile = new Map<string, Layout[]>();
    for (const one of layouts) for (const { file } of [...one.files, ...one.leftOut]) byFile.set(file, [...(byFile.get(file) ?? []), one]);
    known.set(directory.path, { layouts, byFile });
    return { layouts, byFile };
  };
  return {
    below(root) {
      const found: Layout[] = [];
      const visit = (directory: Directory, depth: number) => {
        const own = look(directory).layouts;
        found.push(...own);
        for (const name of directory.directories) {
          if (depth >= deepest || name.startsWith('.') || neverMigrations.has(name) || forTests.test(name)) continue;
          // What is below a root belongs to it, but for the directories that it keeps apart by server.
          if (own.length === 0 || dialectOf(name) !== null) visit(directory.child(name), depth + 1);
        }
      };
      visit(open(root), 0);
      return found;
    },
    of(file) {
      let directory: Directory | null = open(dirname(file));
      for (let up = 0; directory && up < 4; up++, directory = directory.parent) {
        const own = look(directory).byFile.get(file);
        if (own) return own;
      }
      return [];
    },
    looseFiles(root) {
      const found: string[] = [];
      const visit = (directory: Directory, depth: number) => {
        found.push(...directory.files.filter((file) => /\.sql$/i.test(file) && !isOther(file)).map((file) => join(directory.path, file)));
        if (depth < deepest) for (const name of directory.directories) if (!name.startsWith('.') && !neverMigrations.has(name)) visit(directory.child(name), depth + 1);
      };
      visit(open(root), 0);
      return found;
    },
  };
}

/** Files of SQL that nobody is known to run, as a layout of their own. */
export function looseLayout(files: readonly string[], root: string): Layout {
  return layout({ tool: 'sql', root, evidence: '', files: [...files].sort(naturally).map((file) => ({ file, version: /(?:^|[\\/])[Vv]?(\d+)[^\\/]*$/.exec(file)?.[1] ?? null })) });
}

function isOther(file: string): boolean {
  return /(?:^|[._-])(?:down|undo|revert|rollback)\.sql$/i.test(file) || /^(?:structure|schema|seeds?|dump)\.sql$/i.test(file);
}
