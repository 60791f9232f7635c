import { basename, dirname, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { SchemaSides } from '../frameworks/framework.ts';
import { openFrontEnd } from '../frameworks/open.ts';
import { filesOf } from '../project/base-files.ts';
import { workspacePath } from '../project/discover.ts';
import { gitIn, line, mayBeInGit } from '../project/git.ts';
import type { MigrationSet } from '../project/migration-file.ts';
import { readText } from '../project/read.ts';
import { isSchemafileName, schemafilesBelow } from '../project/ridgepole-sets.ts';
import { positionAt } from '../source/source.ts';
import type { Arguments } from './arguments.ts';
import { configFrom } from './config-from.ts';
import type { World } from './run.ts';
import { Refusal } from './run.ts';

/**
 * `anzen schema-diff BASE [HEAD]`: what Ridgepole does to get from the Schemafile of one commit to that of another one, or to the one that lies here. As its own calls, and with `-f json` as operations.
 */
export async function schemaDiffCommand(given: Arguments, world: World): Promise<number> {
  const [, base, head, ...more] = given.positionals;
  if (base === undefined || more.length > 0) throw new Refusal('"anzen schema-diff" needs one or two commits: "anzen schema-diff main", or "anzen schema-diff v1 v2".');
  const config = await configFrom(given, world, world.cwd);
  const top = mayBeInGit(world.cwd) ? await line(gitIn(world.cwd), 'rev-parse', '--show-toplevel') : null;
  if (top === null) throw new Refusal(`"anzen schema-diff" compares commits, and "${world.cwd}" is in no git repository.`);
  const commit = async (name: string) => {
    const files = await filesOf(name, top, world.cwd);
    if (!files) throw new Refusal(`"${name}" is not a commit of this repository.`);
    return files;
  };
  const sides = { from: await commit(base), to: head === undefined ? null : await commit(head) };
  const sets = setsOf(sides, world.cwd, top, config);
  if (sets.length === 0) throw new Refusal(`No Schemafile is found below "${world.cwd}".`);
  const json = given.values['format'] === 'json';
  const printed: unknown[] = [];
  for (const set of sets) {
    const frontEnd = await openFrontEnd(set, world.cwd, config);
    const { difference, notes } = (await frontEnd.difference?.(sides)) ?? { difference: null, notes: [] };
    for (const note of notes) world.error(`anzen: ${note}\n`);
    if (!difference) continue;
    const { migration, text } = difference;
    if (!json) world.out(`${sets.length > 1 ? `# ${set.files[0]?.path ?? ''}\n` : ''}${text === '' ? '# No change\n' : text}`);
    else printed.push({ path: set.files[0]?.path, engine: frontEnd.engine, operations: migration.operations.map((operation) => ({ ...operation, at: placeOf(operation.at.start, migration.files ?? [], migration.source), statement: undefined })) });
  }
  if (json) world.out(`${JSON.stringify(printed, null, 2)}\n`);
  return 0;
}

/** The root Schemafiles of the newer side. */
function setsOf({ to }: SchemaSides, cwd: string, top: string, config: Config): MigrationSet[] {
  const roots = to === null ? schemafilesBelow(cwd) : to.below(cwd).filter((file) => isSchemafileName(basename(file)));
  const configured = config.ridgepole.files.map((file) => resolve(cwd, file));
  return (configured.length > 0 ? configured : roots).map((file) => {
    const path = workspacePath(cwd, file);
    return {
      framework: 'ridgepole', root: workspacePath(cwd, dirname(file)), top, dialect: null, database: null, evidence: 'Schemafile', dump: null, merged: null, deleted: [], onBase: [], branch: null,
      files: [{ path, file, version: null, status: 'unknown', was: null, reported: true, read: () => readText(file, path, top) }],
    };
  });
}

/** `path:line:column` of an offset in the joined files. */
function placeOf(offset: number, parts: readonly { readonly path: string; readonly start: number; readonly end: number }[], source: Parameters<typeof positionAt>[0]): string {
  const part = parts.find(({ start, end }) => start <= offset && offset <= end) ?? { path: source.path, start: 0 };
  const [at, from] = [positionAt(source, offset), positionAt(source, part.start)];
  return `${part.path}:${at.line - from.line + 1}:${at.column}`;
}
