import { dirname, join } from 'node:path';
import type { Directory, StandIn } from './directory.ts';
import { directoriesBelow } from './directory.ts';
import type { Layout, Server } from './layout.ts';
import { layout } from './layout.ts';
import { serverAround, serverNamed } from './layouts/server.ts';
import { naturally } from './naturally.ts';
import { recognise } from './layouts/recognise.ts';

/** Directories whose SQL is for tests and shows: it is linted when it is named. */
const forTests = /^(?:tests?|specs?|__tests__|testdata|test[-_]data|fixtures?|__fixtures__|__mocks__|mocks?|stubs?|examples?|samples?|e2e|seeds?|vendor|third[-_]party|target)$/i;

/** Directories that hold what was installed or built. */
const neverMigrations: ReadonlySet<string> = new Set(['node_modules', 'coverage', 'dist', 'build', 'bower_components', 'log', 'tmp']);

const deepest = 12;

/** So many directories above a file's own may be the root of its layout. */
const farthestRoot = 6;

/** A layout that a file belongs to: as one that runs (`leftOut` null), or as one that does not, with what it is. */
export interface Membership {
  readonly layout: Layout;
  readonly leftOut: string | null;
}

/** Finds the layouts of SQL migrations; every directory is read and recognised once. Paths are absolute. */
export interface LayoutFinder {
  /** Those below a directory. */
  below(root: string): readonly Layout[];
  /** Those that a file belongs to: of the directories above it the outermost one that knows the file decides. */
  of(file: string): readonly Membership[];
  /** Every `.sql` file in a directory and below it, but for those whose name says that they are the way back or no migration. */
  looseFiles(root: string): readonly string[];
  /** The server that a directory or one above it is named after, or null. */
  serverOf(root: string): Server | null;
}

interface Recognised { readonly layouts: readonly Layout[]; readonly byFile: ReadonlyMap<string, readonly Membership[]> }

const nothing: Recognised = { layouts: [], byFile: new Map() };

/** A finder for one run. `top` is where looking upwards ends. */
export function createLayoutFinder(top: string, standIn: StandIn | null): LayoutFinder {
  const open = directoriesBelow(top, standIn);
  const known = new Map<string, Recognised>();
  const look = (directory: Directory): Recognised => {
    const before = known.get(directory.path);
    if (before) return before;
    const layouts = recognise(directory);
    if (layouts.length === 0) {
      known.set(directory.path, nothing);
      return nothing;
    }
    const byFile = new Map<string, Membership[]>();
    const add = (file: string, membership: Membership) => {
      const others = byFile.get(file);
      if (others) others.push(membership);
      else byFile.set(file, [membership]);
    };
    for (const one of layouts) {
      for (const { file } of one.files) add(file, { layout: one, leftOut: null });
      for (const { file, reason } of one.leftOut) add(file, { layout: one, leftOut: reason });
    }
    const recognised = { layouts, byFile };
    known.set(directory.path, recognised);
    return recognised;
  };
  return {
    below(root) {
      const found: Layout[] = [];
      const claimed = new Set<string>();
      const roots = new Set<string>();
      const visit = (directory: Directory, depth: number, inside: boolean) => {
        const own = look(directory).layouts.filter(({ files, leftOut }) => files.some(({ file }) => !claimed.has(file)) || leftOut.some(({ file }) => !claimed.has(file)));
        for (const one of own) {
          found.push(one);
          roots.add(one.root);
          for (const { file } of one.files) claimed.add(file);
          for (const { file } of one.leftOut) claimed.add(file);
        }
        for (const name of directory.directories) {
          if (depth >= deepest || name.startsWith('.') || neverMigrations.has(name) || forTests.test(name)) continue;
          // What is below a root belongs to it, but for the directories that it keeps apart by server.
          const child = directory.child(name);
          const taken = inside || roots.has(directory.path) || roots.has(child.path);
          if (!taken || serverNamed(name) !== null) visit(child, depth + 1, taken);
        }
      };
      visit(open(root), 0, false);
      return found;
    },
    of(file) {
      let found: readonly Membership[] = [];
      let directory: Directory | null = open(dirname(file));
      for (let up = 0; directory && up <= farthestRoot; up++, directory = directory.parent) found = look(directory).byFile.get(file) ?? found;
      return found;
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
    serverOf: (root) => serverAround(open(root)),
  };
}

/** Files of SQL that nobody is known to run, as a layout of their own. */
export function looseLayout(files: readonly string[], root: string): Layout {
  return layout({ tool: 'sql', root, evidence: '', files: [...files].sort(naturally).map((file) => ({ file, version: /(?:^|[\\/])[Vv]?(\d+)[^\\/]*$/.exec(file)?.[1] ?? null })) });
}

function isOther(file: string): boolean {
  return /(?:^|[._-])(?:down|undo|revert|rollback)\.sql$/i.test(file) || /^(?:structure|schema|seeds?|dump)\.sql$/i.test(file);
}
