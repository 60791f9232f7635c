import { dirname } from 'node:path';
import { workspacePath } from './discover.ts';
import { looseLayout } from './find-layouts.ts';
import type { LayoutFinder } from './find-layouts.ts';
import type { Layout } from './layout.ts';
import type { MigrationSet } from './migration-file.ts';
import { noHistory, setHistory, shapedLike } from './set-history.ts';
import type { Workspace } from './workspace.ts';
import { dumpOf, migrationFile } from './workspace.ts';

/** Sets of SQL migrations, and sentences on what was found and is not linted. */
export interface SqlSets {
  readonly sets: readonly MigrationSet[];
  readonly notes: readonly string[];
}

/** The sets of the layouts below a directory (absolute). */
export async function foundSqlSets(directory: string, workspace: Workspace): Promise<SqlSets> {
  return setsOf(workspace.layouts.below(directory), workspace);
}

/** The sets of directories (absolute) that the configuration names: their layouts, or every file of SQL in them. `other` tells those that hold migrations of another language. */
export async function configuredSqlSets(directories: readonly string[], other: (directory: string) => boolean, workspace: Workspace): Promise<SqlSets> {
  return setsOf(layoutsOf(directories.flatMap((directory) => sqlFilesIn(directory, workspace.layouts, !other(directory))), workspace.layouts), workspace);
}

/** The sets that files named by the user belong to; those of no layout are linted whole, the files of a directory in order. */
export async function namedSqlSets(files: readonly string[], workspace: Workspace): Promise<SqlSets> {
  return setsOf(layoutsOf(files, workspace.layouts), workspace);
}

/** Why a file is no migration that a deploy runs, or null. */
export function reasonLeftOut(file: string, layouts: LayoutFinder): string | null {
  const memberships = layouts.of(file);
  return memberships.length > 0 && memberships.every(({ leftOut }) => leftOut !== null) ? (memberships[0]?.leftOut ?? null) : null;
}

/** The SQL migrations in a directory that was named; without a layout every file of SQL in it when `loose`. Absolute. */
export function sqlFilesIn(directory: string, layouts: LayoutFinder, loose: boolean): readonly string[] {
  const below = layouts.below(directory);
  if (below.length > 0) return [...new Set(below.flatMap(({ files }) => files.map(({ file }) => file)))];
  // A directory inside a layout (`prisma/migrations/2024_x`) holds files of that layout.
  const files = layouts.looseFiles(directory).filter((file) => reasonLeftOut(file, layouts) === null);
  const inside = files.filter((file) => layouts.of(file).length > 0);
  return inside.length > 0 ? inside : loose ? files : [];
}

function layoutsOf(files: readonly string[], finder: LayoutFinder): Layout[] {
  const layouts = new Set<Layout>();
  const loose = new Map<string, string[]>();
  for (const file of files) {
    const own = finder.of(file);
    for (const { layout } of own) layouts.add(layout);
    if (own.length > 0) continue;
    const beside = loose.get(dirname(file));
    if (beside) beside.push(file);
    else loose.set(dirname(file), [file]);
  }
  return [...layouts, ...[...loose].map(([root, own]) => looseLayout(own, root))];
}

async function setsOf(layouts: readonly Layout[], workspace: Workspace): Promise<SqlSets> {
  const sets: MigrationSet[] = [];
  const notes: string[] = [];
  // A file that is for several servers is reported with the first of them.
  const taken = new Set<string>();
  for (const layout of layouts) {
    const root = workspacePath(workspace.path, layout.root);
    const server = layout.server ?? workspace.layouts.serverOf(layout.root);
    const isUnknown = server !== null && server.engine === null;
    const files = layout.files.filter(({ file }) => workspace.named?.has(file) || !workspace.ignored(workspacePath(workspace.path, file)))
      .map(({ file, version }) => migrationFile(workspace, file, version, !isUnknown && !taken.has(file)));
    if (isUnknown) {
      if (files.some(({ file }) => !taken.has(file) && migrationFile(workspace, file, null).reported)) notes.push(`"${root}" holds migrations for "${server.name}", a server that anzen does not know; they are not linted.`);
      continue;
    }
    for (const { file, reported } of files) if (reported) taken.add(file);
    const dump = files.some((file) => file.reported) ? await dumpOf(layout.dumps, workspace) : null;
    // A layout of nothing but the name of a directory has no order that a tool would keep.
    const history = layout.tool === 'sql' ? noHistory(files) : await setHistory(layout.root, files, shapedLike(layout.files, layout.root, layout.tool), workspace.merged, workspace);
    sets.push({ framework: layout.tool, root, top: workspace.top, database: null, dialect: server?.engine ?? null, evidence: layout.evidence || null, dump, ...history });
    notes.push(...leftOutNotes(layout, root, workspace));
  }
  return { sets, notes };
}

/** Files that look like migrations and never run, or that are judged by nobody, are told; named files are answered where they are resolved. */
function leftOutNotes({ leftOut }: Layout, root: string, workspace: Workspace): string[] {
  const byReason = new Map<string, string[]>();
  for (const { file, reason, told } of leftOut) {
    const path = workspacePath(workspace.path, file);
    if (!told || workspace.named || workspace.ignored(path) || !migrationFile(workspace, file, null).reported) continue;
    const paths = byReason.get(reason);
    if (paths) paths.push(path);
    else byReason.set(reason, [path]);
  }
  return [...byReason].map(([reason, [first = root, ...more]]) => (more.length === 0 ? `"${first}" is ${reason}; it is not linted.` : `${more.length + 1} files in "${root}" are not linted: each is ${reason}.`));
}
