import { resolve } from 'node:path';
import { openFrontEnd } from '../frameworks/open.ts';
import { workspacePath } from '../project/discover.ts';
import { openProject } from '../project/project.ts';
import { positionAt } from '../source/source.ts';
import type { Arguments } from './arguments.ts';
import { configFrom } from './config-from.ts';
import type { World } from './run.ts';
import { Refusal } from './run.ts';

/** `anzen operations FILE`: what was understood of one migration, as JSON: operations, problems, transaction, and how it is undone. */
export async function operationsCommand(given: Arguments, world: World): Promise<number> {
  const [, file, ...more] = given.positionals;
  if (file === undefined || more.length > 0) throw new Refusal('"anzen operations" needs one migration file.');
  const config = await configFrom(given, world, world.cwd);
  const project = await openProject({ cwd: world.cwd, workspace: world.cwd, paths: [file], all: false, base: null, directories: [], ignorePatterns: [], stdin: null });
  const unmatched = project.unmatched[0];
  if (unmatched) throw new Refusal(`"${unmatched.path}": ${unmatched.reason}.`);
  const full = resolve(world.cwd, file);
  for (const set of project.sets) {
    const wanted = set.files.find((candidate) => candidate.file === full);
    if (!wanted) continue;
    const text = wanted.read();
    if ('problem' in text) throw new Refusal(`"${file}": ${text.problem}`);
    const frontEnd = await openFrontEnd(set, world.cwd, config);
    const { source, comments, statements, ...migration } = await frontEnd.parse(text.source);
    world.out(`${JSON.stringify({ path: source.path, engine: frontEnd.engine, ...migration, comments: comments.length, statements: statements.length }, (key, value: unknown) => withLines(key, value, text.source), 2)}\n`);
    return 0;
  }
  throw new Refusal(project.notes.find((note) => note.startsWith(`"${workspacePath(world.cwd, full)}"`)) ?? `"${file}" holds no migration.`);
}

/** Spans are shown as `line:column-line:column`, one-based. */
function withLines(key: string, value: unknown, source: Parameters<typeof positionAt>[0]): unknown {
  if (!['at', 'statement', 'head', 'transactionDisabledAt'].includes(key) || typeof value !== 'object' || value === null || !('start' in value) || !('end' in value)) return value;
  const start = positionAt(source, Number(value.start));
  const end = positionAt(source, Number(value.end));
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
