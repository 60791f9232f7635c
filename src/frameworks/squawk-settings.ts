import { relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { SettingsProblem, SquawkSettings } from '../config/squawk-toml.ts';
import type { ToolSettings } from '../config/tool-settings.ts';
import type { Engine } from '../operations/index.ts';
import { workspacePath } from '../project/discover.ts';
import { directoriesBelow, findAbove } from '../project/directory.ts';
import type { MigrationSet } from '../project/migration-file.ts';

/** The `.squawk.toml` of a set. */
export interface SquawkFile {
  /** Workspace-relative. */
  readonly path: string;
  /** Null where the file is broken. */
  readonly settings: SquawkSettings | null;
  readonly problem: SettingsProblem | null;
  /** True for a file (workspace-relative) that `excluded_paths` names. */
  leavesOut(file: string): boolean;
}

const name = '.squawk.toml';

/** Reads the `.squawk.toml` nearest to a set's directory, upwards and not above the repository's top; null where there is none. */
export async function readSquawkFile(set: MigrationSet, workspace: string): Promise<SquawkFile | null> {
  const root = directoriesBelow(set.top)(resolve(workspace, set.root));
  const found = findAbove(root, name);
  if (!found) return null;
  const path = workspacePath(workspace, `${found.directory.path}${sep}${name}`);
  const read = (await import('../config/squawk-toml.ts')).parseSquawkToml(found.text, path);
  if ('message' in read) return { path, settings: null, problem: read, leavesOut: () => false };
  // squawk compares with the path as it was called, from a directory in or below that of its settings.
  const directories = [found.directory.path];
  for (const step of relative(found.directory.path, root.path).split(sep).filter(Boolean)) directories.push(`${directories.at(-1) ?? ''}${sep}${step}`);
  const matches = read.excludedPaths.map((glob) => picomatch(glob, { bash: true, posix: true, dot: true, nobrace: true, noextglob: true, nonegate: true }));
  return { path, settings: read, problem: null, leavesOut: (file) => matches.length > 0 && directories.some((directory) => matches.some((match) => match(workspacePath(directory, resolve(workspace, file))))) };
}

/** The engine with the release that squawk is told, where it is Postgres and nothing else says one. */
export function withSquawkVersion(engine: Engine, file: SquawkFile | null): Engine {
  return engine.name === 'postgres' && engine.version.length === 0 && file?.settings ? { ...engine, version: file.settings.pgVersion } : engine;
}

/** The settings with those of squawk, and a note on each that has an effect; squawk says nothing about other servers than Postgres. `before` is the engine without them. */
export function withSquawk(tools: ToolSettings, file: SquawkFile | null, { set, engine, before }: { readonly set: MigrationSet; readonly engine: Engine; readonly before: Engine }): ToolSettings {
  if (file === null || engine.name !== 'postgres') return tools;
  if (file.settings === null) return { ...tools, problems: file.problem === null ? [] : [file.problem] };
  const { excludedRules, includedRules, notes } = file.settings;
  const leftOut = set.files.filter((one) => one.reported && file.leavesOut(one.path)).length;
  return {
    ...tools,
    squawk: { excluded: excludedRules, included: includedRules },
    leavesOut: file.leavesOut,
    notes: [
      ...tools.notes,
      ...notes,
      ...(excludedRules.size > 0 ? [`${file.path} excludes ${listed([...excludedRules])}: what squawk reports by ${excludedRules.size === 1 ? 'it' : 'them'} is not reported here either.`] : []),
      ...(includedRules.size > 0 ? [`${file.path} includes ${listed([...includedRules])}: the rules that stand for ${includedRules.size === 1 ? 'it' : 'them'} are on.`] : []),
      ...(engine.version.length > before.version.length ? [`${file.path} says "pg_version": Postgres ${engine.version.join('.')} is assumed.`] : []),
      ...(leftOut > 0 ? [`${leftOut === 1 ? `1 migration of "${set.root}" is` : `${leftOut} migrations of "${set.root}" are`} left out by "excluded_paths" of ${file.path}.`] : []),
    ],
  };
}

function listed(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, 6), names.length - 6];
  const texts = [...shown.map((one) => `"${one}"`), ...(rest > 0 ? [`${rest} more`] : [])];
  return texts.length === 1 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
