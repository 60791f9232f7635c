import { run } from '../../src/cli/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { openFrontEnd } from '../../src/frameworks/open.ts';
import type { FrontEnd } from '../../src/frameworks/framework.ts';
import type { Migration } from '../../src/operations/index.ts';
import { openProject } from '../../src/project/project.ts';
import type { Project, ProjectOptions } from '../../src/project/project.ts';
import { createSource } from '../../src/source/source.ts';
import { temporaryDirectory, write } from '../repository.ts';

/** Opens a directory as the command line does. */
export function openIn(cwd: string, change: Partial<ProjectOptions> = {}): Promise<Project> {
  return openProject({ cwd, workspace: cwd, paths: [], all: false, base: null, directories: [], ignorePatterns: [], stdin: null, ...change });
}

/** Opens a directory that holds these files, by path; a list of paths stands for files with one harmless statement. */
export async function projectOf(files: Readonly<Record<string, string>> | readonly string[], change: Partial<ProjectOptions> = {}): Promise<Project> {
  const directory = temporaryDirectory();
  write(directory, Array.isArray(files) ? Object.fromEntries(files.map((file) => [file, 'SELECT 1;\n'])) : files as Record<string, string>);
  return openIn(directory, change);
}

/** A set in short: `tool root: version path, ...`. */
export function shown({ sets }: Project): string[] {
  return sets.map(({ framework, root, files }) => `${framework} ${root}: ${files.map(({ version, path }) => `${version ?? '-'} ${path}`).join(', ')}`);
}

/** The front end of each set. */
export function frontEnds(project: Project, config: Config = defaultConfig): Promise<FrontEnd[]> {
  return Promise.all(project.sets.map((set) => openFrontEnd(set, project.workspace, config)));
}

/** The notes of a project and of its front ends. */
export async function notesOf(project: Project, config: Config = defaultConfig): Promise<string[]> {
  return [...project.notes, ...(await frontEnds(project, config)).flatMap(({ tools }) => tools.notes)].filter((note) => !note.startsWith('Not a git repository'));
}

/** Reads one file of a project: the migration as its tool runs it. */
export async function migrationOf(project: Project, path: string, config: Config = defaultConfig): Promise<Migration> {
  for (const set of project.sets) {
    const file = set.files.find((one) => one.path === path);
    const text = file?.read();
    if (text && 'source' in text) return (await openFrontEnd(set, project.workspace, config)).parse(createSource(path, text.source.text));
  }
  throw new Error(`${path} is in no set`);
}

/** Who opened the transaction of each operation, by the first word of its statement and its kind: `framework`, `begin`, `text`; `-` outside of one; the same number for the same one. */
export function transactionsOf({ operations, transactions }: Migration): string[] {
  const numbers = new Map<number, number>();
  return operations.map(({ kind, transaction }) => {
    if (transaction === null) return `${kind} -`;
    if (!numbers.has(transaction)) numbers.set(transaction, numbers.size + 1);
    return `${kind} ${transactions.get(transaction) ?? '?'}${numbers.get(transaction) ?? ''}`;
  });
}

/** Runs the command line in a directory. */
export async function anzen(cwd: string, args: readonly string[], stdin = ''): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const status = await run(args, {
    cwd, env: {}, version: '0', outIsTerminal: false, errorIsTerminal: false, out: (text) => void (out += text), error: (text) => void (err += text),
    readStdin: () => Promise.resolve(Buffer.from(stdin)), writeFile: () => undefined,
  });
  return { status, out, err };
}
