import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { entriesOf, nearest, workspacePath } from './discover.ts';
import type { MigrationSet } from './migration-file.ts';
import { ridgepoleCommands } from './ridgepole-commands.ts';
import type { Workspace } from './workspace.ts';
import { migrationFile } from './workspace.ts';

const never: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'tmp', 'log', 'coverage', 'dist', 'build', 'public', 'storage', 'spec', 'test', 'tests', 'fixtures', 'examples']);
const deepest = 6;

/** True for the name of a file that Ridgepole reads first unless it is told otherwise. */
export function isSchemafileName(name: string): boolean {
  return /^schemafile(?:\.rb)?$/i.test(name) || /\.(?:schemafile|Schemafile)$/.test(name);
}

/** True for a file that can only be a part of a Schemafile, or one of its own. */
export function isSchemaPartName(name: string): boolean {
  return /\.schema$/.test(name);
}

/**
 * The sets of Schemafiles below a directory: those of the usual name, those that a call of Ridgepole names with `-f`, those of the configuration, and `*.schema` files in a directory that has no other.
 * Each set has one file, the root; what it requires is found when it is read.
 */
export function ridgepoleSets(cwd: string, configured: readonly string[], named: readonly string[] | null, workspace: Workspace): MigrationSet[] {
  const roots = named ? named : [...new Set([...configured.map((file) => resolve(workspace.path, file)).filter((file) => existsSync(file)), ...schemafilesBelow(cwd), ...called(cwd, workspace)])].sort();
  return roots.filter((file) => named !== null || !workspace.ignored(workspacePath(workspace.path, file))).map((file): MigrationSet => ({
    framework: 'ridgepole', root: workspacePath(workspace.path, dirname(file)), top: workspace.top, dialect: null, database: null, evidence: 'Schemafile',
    // Whether anything changed is known when both sides are read.
    files: [{ ...migrationFile(workspace, file, null), reported: true }], dump: null, merged: workspace.merged, deleted: [], onBase: [], branch: null,
  }));
}

/** The root Schemafile that a file belongs to: itself, or the nearest one in a directory above it. */
export function schemafileAbove(file: string, top: string): string {
  if (isSchemafileName(basename(file))) return file;
  const directory = nearest(dirname(file), top, (at) => schemafileIn(at) !== null);
  return directory === null ? file : (schemafileIn(directory) ?? file);
}

function schemafileIn(directory: string): string | null {
  const name = entriesOf(directory).find((entry) => entry.isFile() && isSchemafileName(entry.name))?.name;
  return name === undefined ? null : join(directory, name);
}

/** Root Schemafiles below a directory, absolute: those of the usual name, and `*.schema` files in a directory without one. */
export function schemafilesBelow(cwd: string): string[] {
  const roots: string[] = [];
  const visit = (directory: string, depth: number, hasRoot: boolean) => {
    const entries = entriesOf(directory);
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    const own = files.filter(isSchemafileName);
    const parts = own.length > 0 || hasRoot ? [] : files.filter(isSchemaPartName);
    roots.push(...[...own, ...parts].map((name) => join(directory, name)));
    for (const entry of entries) {
      if (entry.isDirectory() && depth < deepest && !never.has(entry.name) && !entry.name.startsWith('.')) visit(join(directory, entry.name), depth + 1, hasRoot || own.length > 0);
    }
  };
  visit(cwd, 0, false);
  return roots;
}

/** Files that a call of Ridgepole names: `-f db/schema.rb`, `--file=...`. */
function called(cwd: string, { path }: Workspace): string[] {
  return ridgepoleCommands(cwd, path).flatMap(({ text }) => [...text.matchAll(/(?:^|[\s"'`,])(?:-f|--file)(?:[\s=]+|["']\s*,\s*["'])["']?([\w./-]+)/g)].map((match) => join(cwd, match[1] ?? ''))).filter((file) => existsSync(file) && entriesOf(dirname(file)).some((entry) => entry.isFile() && entry.name === basename(file)));
}
