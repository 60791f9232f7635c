import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { findMigrationDirectories, findMigrationFiles, workspacePath } from './discover.ts';
import type { Project, ProjectOptions } from './project.ts';
import { isSchemaPartName, isSchemafileName, schemafileAbove, schemafilesBelow } from './ridgepole-sets.ts';
import { reasonLeftOut, sqlFilesIn } from './sql-sets.ts';
import type { Workspace } from './workspace.ts';

/** The files that the user named, by language, and what holds nothing to lint. Absolute paths. */
export interface NamedFiles {
  readonly ruby: readonly string[];
  readonly sql: readonly string[];
  /** Root Schemafiles of what was named. */
  readonly schemafiles: readonly string[];
  readonly unmatched: Project['unmatched'];
  /** Sentences on files that belong to a layout and are not linted: a list of changed files brings ways back along, and that is no mistake. */
  readonly notes: readonly string[];
}

/** Resolves the paths of the command line. */
export function namedFiles(options: ProjectOptions, workspace: Omit<Workspace, 'named'>): NamedFiles {
  const ruby = new Set<string>();
  const sql = new Set<string>();
  const schemafiles = new Set<string>();
  const unmatched: { path: string; reason: string }[] = [];
  const leftOut = new Map<string, string[]>();
  const ignored = (file: string) => workspace.ignored(workspacePath(workspace.path, file));
  for (const path of options.paths) {
    const full = resolve(options.cwd, path);
    const isStdin = options.stdin?.file === full;
    if (!isStdin && !existsSync(full)) unmatched.push({ path, reason: 'no such file or directory' });
    else if (!isStdin && statSync(full).isDirectory()) {
      const rubyInside = rubyFiles(full).filter((file) => !ignored(file));
      // Files of SQL that nobody is known to run are not picked up beside Rails migrations.
      const sqlInside = sqlFilesIn(full, workspace.layouts, rubyInside.length === 0).filter((file) => !ignored(file));
      const schemasInside = schemafilesBelow(full).filter((file) => !ignored(file));
      for (const file of schemasInside) schemafiles.add(file);
      if (rubyInside.length + sqlInside.length + schemasInside.length === 0) unmatched.push({ path, reason: 'no migrations in it' });
      for (const file of rubyInside) ruby.add(file);
      for (const file of sqlInside) sql.add(file);
    } else {
      const why = whyNot(full, isStdin);
      const reason = why === null && isSql(full) ? reasonLeftOut(full, workspace.layouts) : null;
      if (why) unmatched.push({ path, reason: why });
      else if (reason !== null) addTo(leftOut, reason, workspacePath(workspace.path, full));
      else if (isSchemafile(full, workspace.top)) schemafiles.add(schemafileAbove(full, workspace.top));
      else (isSql(full) ? sql : ruby).add(full);
    }
  }
  return { ruby: [...ruby], sql: [...sql], schemafiles: [...schemafiles], unmatched, notes: [...leftOut].map(([reason, paths]) => leftOutNote(paths, reason)) };

  function whyNot(file: string, isStdin: boolean): string | null {
    if (isSchemafile(file, workspace.top)) return !isStdin && ignored(file) ? 'it is ignored' : null;
    if (!/\.(?:rb|sql)$/i.test(file)) return isStdin ? null : 'not a migration (".rb" or ".sql")';
    if (isDump(file, workspace)) return 'a schema dump, not a migration';
    return !isStdin && ignored(file) ? 'it is ignored' : null;
  }
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function leftOutNote(paths: readonly string[], reason: string): string {
  return paths.length === 1 ? `"${paths[0] ?? ''}" is ${reason}; it is not linted.` : `${paths.length} of the named files are not linted: each is ${reason}.`;
}

function isSql(file: string): boolean {
  return extname(file).toLowerCase() === '.sql';
}

function rubyFiles(directory: string): string[] {
  const below = findMigrationDirectories(directory).flatMap(findMigrationFiles);
  return below.length > 0 ? below : findMigrationFiles(directory);
}

/** A Schemafile, or a file of Ruby that is no migration and has a Schemafile above it. */
function isSchemafile(file: string, top: string): boolean {
  const name = basename(file);
  if (isSchemafileName(name) || isSchemaPartName(name)) return true;
  return /\.rb$/.test(name) && !/^\d/.test(name) && schemafileAbove(file, top) !== file;
}

function isDump(file: string, { layouts }: Pick<Workspace, 'layouts'>): boolean {
  if (/(^|_)(?:schema\.rb|structure\.sql)$/.test(basename(file)) && basename(dirname(file)) === 'db') return true;
  return /^(?:schema|structure|dump)\.sql$/i.test(basename(file)) && layouts.of(file).length === 0;
}
