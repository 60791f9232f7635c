import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runFromCommands } from '../application/ridgepole-run.ts';
import type { Config } from '../config/config.ts';
import { schemaDifference } from '../parsers/ridgepole/difference.ts';
import type { ReadOptions, ReadSchema } from '../parsers/ridgepole/read.ts';
import { readSchemafile } from '../parsers/ridgepole/read.ts';
import type { SchemaFiles } from '../parsers/ridgepole/reading.ts';
import type { RunOptions } from '../parsers/ridgepole/run-options.ts';
import type { BaseFiles } from '../project/base-files.ts';
import { workspacePath } from '../project/discover.ts';
import type { MigrationSet } from '../project/migration-file.ts';
import { applicationRoot } from '../project/project.ts';
import { readText } from '../project/read.ts';
import { ridgepoleCommands } from '../project/ridgepole-commands.ts';
import { isSchemafileName } from '../project/ridgepole-sets.ts';
import type { Source } from '../source/source.ts';
import type { FrontEnd } from './framework.ts';
import { readRails } from './rails.ts';

/** Texts of the base are fetched together, as many times as files pull in others. */
const mostRounds = 12;

/** Opens a Schemafile: it is compared with what it is in the base. */
export async function openRidgepole(set: MigrationSet, workspace: string, config: Config): Promise<FrontEnd> {
  const { frontEnd, lock, withSql } = await readRails(set, workspace, config.engine);
  const [file] = set.files;
  const directory = applicationRoot(workspace, set);
  const run: RunOptions = { ...runFromCommands(ridgepoleCommands(directory, workspace)), ...config.ridgepole.run };
  const release = config.ridgepole.version ?? lock?.gems.get('ridgepole')?.split(/[.-]/).map(Number).filter(Number.isInteger) ?? null;
  return {
    ...frontEnd,
    async difference(sides) {
      if (!file) return { difference: null, notes: [] };
      const merged = sides?.from ?? set.merged;
      if (!merged) return { difference: null, notes: [`"${file.path}" says what the schema shall be. What applying it does cannot be told without a base to compare it with; nothing is said about it.`] };
      const environment = await withSql();
      const reading = { directory, environment, release };
      const root = file.file;
      const to = sides?.to ? await readCommit({ ...reading, root }, sides.to) : readSchemafile({ ...reading, root, files: filesHere(set, workspace) });
      const from = await readCommit({ ...reading, root: merged.has(root) ? root : (movedFrom(root, merged, set.top) ?? root) }, merged);
      return { difference: schemaDifference(from, to, { environment, release, run }), notes: [] };
    },
  };
}

/** The files of the working tree. */
function filesHere(set: MigrationSet, workspace: string): SchemaFiles {
  const known = new Map<string, Source | null>();
  const [root] = set.files;
  return {
    read(file) {
      const before = known.get(file);
      if (before !== undefined) return before;
      const text = file === root?.file ? root.read() : readText(file, workspacePath(workspace, file), set.top);
      const source = 'source' in text ? text.source : null;
      known.set(file, source);
      return source;
    },
    below: (directory) => filesBelow(directory, set.top),
  };
}

const never: ReadonlySet<string> = new Set(['node_modules', '.git', 'tmp', 'log', 'coverage', 'public', 'storage']);

function filesBelow(directory: string, top: string): string[] {
  const found: string[] = [];
  const visit = (at: string, depth: number) => {
    if (depth > 12 || found.length > 20_000) return;
    let entries;
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      if (entry.isDirectory() && !never.has(entry.name)) visit(join(at, entry.name), depth + 1);
      else if (entry.isFile()) found.push(join(at, entry.name));
    }
  };
  if (resolve(directory).startsWith(top)) visit(directory, 0);
  return found;
}

/** Reads the Schemafile of a commit: what it asks for is fetched, and it is read again, until it asks for nothing new. */
async function readCommit(options: Omit<ReadOptions, 'files'>, merged: BaseFiles): Promise<ReadSchema> {
  const texts = new Map<string, Source>();
  for (let round = 0; ; round++) {
    const missing = new Set<string>();
    const files: SchemaFiles = {
      read(file) {
        const source = texts.get(file) ?? null;
        if (!source && merged.has(file)) missing.add(file);
        return source;
      },
      below: (directory) => merged.below(directory),
    };
    const read = readSchemafile({ ...options, files });
    if (missing.size === 0 || round === mostRounds) return read;
    for (const [file, source] of await merged.read([...missing])) texts.set(file, source);
  }
}

/** Where a Schemafile lay before it was moved: the only one of the base that is not here any more. */
function movedFrom(root: string, merged: BaseFiles, top: string): string | null {
  const here = new Set(filesBelow(top, top));
  const gone = merged.below(top).filter((file) => isSchemafileName(file.slice(dirname(file).length + 1)) && !here.has(file));
  return gone.length === 1 && gone[0] !== root ? (gone[0] ?? null) : null;
}
