import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { findMigrationDirectories, findMigrationFiles, workspacePath } from './discover.ts';
import type { Project, ProjectOptions } from './project.ts';
import { reasonLeftOut, sqlFilesIn } from './sql-sets.ts';
import type { Workspace } from './workspace.ts';

/** The files that the user named, by language, and what holds nothing to lint. Absolute paths. */
export interface NamedFiles {
  readonly ruby: readonly string[];
  readonly sql: readonly string[];
  readonly unmatched: Project['unmatched'];
}

/** Resolves the paths of the command line. */
export function namedFiles(options: ProjectOptions, workspace: Omit<Workspace, 'named'>): NamedFiles {
  const ruby: string[] = [];
  const sql: string[] = [];
  const unmatched: { path: string; reason: string }[] = [];
  const ignored = (file: string) => workspace.ignored(workspacePath(workspace.path, file));
  for (const path of options.paths) {
    const full = resolve(options.cwd, path);
    const reason = options.stdin?.file !== full && !existsSync(full) ? 'no such file or directory' : null;
    if (reason) unmatched.push({ path, reason });
    else if (options.stdin?.file !== full && statSync(full).isDirectory()) {
      const rubyInside = rubyFiles(full).filter((file) => !ignored(file));
      // Files of SQL that nobody is known to run are not picked up beside Rails migrations.
      const sqlInside = sqlFilesIn(full, workspace.layouts, rubyInside.length === 0).filter((file) => !ignored(file));
      if (rubyInside.length + sqlInside.length === 0) unmatched.push({ path, reason: 'no migrations in it' });
      ruby.push(...rubyInside);
      sql.push(...sqlInside);
    } else {
      const why = whyNot(full, workspace, options.stdin?.file === full);
      if (why) unmatched.push({ path, reason: why });
      else (isSql(full) ? sql : ruby).push(full);
    }
  }
  return { ruby, sql, unmatched };

  function whyNot(file: string, around: Omit<Workspace, 'named'>, isStdin: boolean): string | null {
    if (!/\.(?:rb|sql)$/i.test(file)) return isStdin ? null : 'not a migration (".rb" or ".sql")';
    if (isDump(file)) return 'a schema dump, not a migration';
    if (!isStdin && ignored(file)) return 'it is ignored';
    const reason = isSql(file) ? reasonLeftOut(file, around.layouts) : null;
    return reason && `it is ${reason}, which a deploy does not run`;
  }
}

function isSql(file: string): boolean {
  return extname(file).toLowerCase() === '.sql';
}

function rubyFiles(directory: string): string[] {
  const below = findMigrationDirectories(directory).flatMap(findMigrationFiles);
  return below.length > 0 ? below : findMigrationFiles(directory);
}

function isDump(file: string): boolean {
  return /(^|_)(?:schema\.rb|structure\.sql)$/.test(basename(file)) && basename(dirname(file)) === 'db';
}
