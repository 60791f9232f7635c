import { dirname } from 'node:path';
import { workspacePath } from './discover.ts';
import { looseLayout } from './find-layouts.ts';
import type { LayoutFinder } from './find-layouts.ts';
import type { Layout } from './layout.ts';
import { dialectOfPath } from './layouts/dialect.ts';
import type { MigrationSet } from './migration-file.ts';
import type { Workspace } from './workspace.ts';
import { dumpOf, migrationFile } from './workspace.ts';

/** Sets of SQL migrations, and sentences on what was found and is not linted. */
export interface SqlSets {
  readonly sets: readonly MigrationSet[];
  readonly notes: readonly string[];
}

/** The sets of the layouts below directories (absolute). */
export async function foundSqlSets(directories: readonly string[], workspace: Workspace): Promise<SqlSets> {
  return setsOf(directories.flatMap((directory) => workspace.layouts.below(directory)), workspace);
}

/** The sets that files named by the user belong to; those of no layout are linted whole, the files of a directory in order. */
export async function namedSqlSets(files: readonly string[], workspace: Workspace): Promise<SqlSets> {
  const layouts = new Map<string, Layout>();
  const loose = new Map<string, string[]>();
  for (const file of files) {
    const own = workspace.layouts.of(file);
    for (const one of own) layouts.set(`${one.root}\0${one.dialect ?? ''}`, one);
    if (own.length > 0) continue;
    const beside = loose.get(dirname(file));
    if (beside) beside.push(file);
    else loose.set(dirname(file), [file]);
  }
  return setsOf([...layouts.values(), ...[...loose].map(([root, own]) => looseLayout(own, root))], workspace);
}

/** Why a named file is no migration that a deploy runs, or null. */
export function reasonLeftOut(file: string, layouts: LayoutFinder): string | null {
  for (const { leftOut } of layouts.of(file)) {
    const reason = leftOut.find((one) => one.file === file)?.reason;
    if (reason) return reason;
  }
  return null;
}

/** The SQL migrations in a directory that the user named; without a layout every file of SQL in it when `loose`. Absolute. */
export function sqlFilesIn(directory: string, layouts: LayoutFinder, loose: boolean): readonly string[] {
  const below = layouts.below(directory);
  if (below.length > 0) return [...new Set(below.flatMap(({ files }) => files.map(({ file }) => file)))];
  const files = layouts.looseFiles(directory);
  // A directory inside a layout (`prisma/migrations/2024_x`) holds files of that layout.
  const inside = files.filter((file) => layouts.of(file).some((layout) => layout.files.some((one) => one.file === file)));
  return inside.length > 0 ? inside : loose ? files : [];
}

async function setsOf(layouts: readonly Layout[], workspace: Workspace): Promise<SqlSets> {
  const sets: MigrationSet[] = [];
  const notes: string[] = [];
  // A file that is for several servers is reported with the first of them.
  const taken = new Set<string>();
  for (const layout of layouts) {
    const root = workspacePath(workspace.path, layout.root);
    const dialect = layout.dialect ?? dialectOfPath(layout.root, workspace.path);
    const files = layout.files.filter(({ file }) => workspace.named?.has(file) || !workspace.ignored(workspacePath(workspace.path, file)))
      .map(({ file, version }) => migrationFile(workspace, file, version, dialect !== 'other' && !taken.has(file)));
    if (dialect === 'other') {
      if (files.some((file) => wanted(file.file, workspace))) notes.push(`"${root}" holds migrations for a server that anzen does not know; they are not linted.`);
      continue;
    }
    for (const { file, reported } of files) if (reported) taken.add(file);
    const dump = files.some((file) => file.reported) ? await dumpOf(layout.dumps, workspace) : null;
    sets.push({ framework: layout.tool, root, dialect, evidence: layout.evidence || null, files, dump });
    notes.push(...leftOutNotes(layout, root, workspace));
  }
  return { sets, notes };
}

function wanted(file: string, workspace: Workspace): boolean {
  return workspace.named ? workspace.named.has(file) : workspace.all || migrationFile(workspace, file, null).reported;
}

/** Files that look like migrations and never run, or that are judged by nobody, are told; ways back are not worth a word. */
function leftOutNotes({ leftOut }: Layout, root: string, workspace: Workspace): string[] {
  const told = leftOut.filter(({ file, reason }) => !reason.startsWith('the way back') && !reason.startsWith('a check') && !workspace.named && migrationFile(workspace, file, null).reported);
  const byReason = new Map<string, number>();
  for (const { reason } of told) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  return [...byReason].map(([reason, count]) => (count === 1 ? `"${workspacePath(workspace.path, told.find((one) => one.reason === reason)?.file ?? root)}" is ${reason}; it is not linted.` : `${count} files in "${root}" are not linted: each is ${reason}.`));
}
