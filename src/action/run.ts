import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../config/error.ts';
import { parseArguments } from '../cli/arguments.ts';
import { configFrom } from '../cli/config-from.ts';
import type { World } from '../cli/run.ts';
import { Refusal } from '../cli/run.ts';
import { nearestWord } from '../config/nearest.ts';
import { escapeData, github } from '../formats/github.ts';
import { markdown } from '../formats/markdown.ts';
import { stylish } from '../formats/stylish.ts';
import { lint } from '../lint.ts';
import type { LintResult } from '../lint/result.ts';
import { gitIn } from '../project/git.ts';
import { UnknownBase, openProject } from '../project/project.ts';
import { rules } from '../rules/index.ts';
import type { Event } from './base.ts';
import { changeBase } from './base.ts';
import type { Inputs } from './inputs.ts';
import { InputError, readInputs } from './inputs.ts';

/** Runs the action in the runner's environment and gives the exit code. */
export async function runAction(env: Readonly<Record<string, string | undefined>>, out: (text: string) => void): Promise<number> {
  try {
    const inputs = readInputs(env);
    const workspace = resolve(env['GITHUB_WORKSPACE'] ?? '.');
    const result = await lintChange(inputs, env, workspace);
    report(result, inputs, env, workspace, out);
    return failed(result, inputs) ? 1 : 0;
  } catch (error) {
    const known = error instanceof InputError || error instanceof Refusal || error instanceof ConfigError || error instanceof UnknownBase;
    out(`::error title=anzen::${escapeData(known ? error.message : `An internal error; please report it. ${(error as Error).stack ?? String(error)}`)}\n`);
    return 2;
  }
}

async function lintChange(inputs: Inputs, env: Readonly<Record<string, string | undefined>>, workspace: string): Promise<LintResult> {
  const cwd = resolve(workspace, inputs.workingDirectory);
  const notes: string[] = [];
  let base = inputs.base;
  if (base === null && inputs.paths.length === 0 && !inputs.all) {
    const found = await changeBase(gitIn(cwd), readEvent(env));
    if ('commit' in found) base = found.commit;
    else notes.push(`${found.problem} All migrations are linted.`);
  }
  const flags = [['--config', inputs.config], ['--engine', inputs.engine], ['--engine-version', inputs.engineVersion]].flatMap(([name, value]) => (name && value ? [`${name}=${value}`] : []));
  const world: Pick<World, 'cwd' | 'env'> = { cwd, env };
  const config = await configFrom(parseArguments(flags), world as World, workspace);
  const project = await openProject({ cwd, workspace, paths: inputs.paths, all: inputs.all || (base === null && inputs.paths.length === 0), base, directories: config.paths, ignorePatterns: config.ignorePatterns, stdin: null, schemafiles: config.ridgepole.files });
  for (const { path, reason } of project.unmatched) throw new Refusal(`"${path}": ${reason}.`);
  const result = await lint(project, { config, directives: { inlineConfig: true, unused: 'warn', suggest: (id) => nearestWord(id, rules.map((rule) => rule.id)) } });
  return { ...result, notes: [...notes, ...result.notes] };
}

function readEvent(env: Readonly<Record<string, string | undefined>>): Event {
  const path = env['GITHUB_EVENT_PATH'];
  try {
    const payload: unknown = path ? JSON.parse(readFileSync(path, 'utf8')) : {};
    return { name: env['GITHUB_EVENT_NAME'] ?? '', payload: typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {} };
  } catch {
    return { name: env['GITHUB_EVENT_NAME'] ?? '', payload: {} };
  }
}

function report(result: LintResult, inputs: Inputs, env: Readonly<Record<string, string | undefined>>, workspace: string, out: (text: string) => void): void {
  const options = { color: true, showAssured: inputs.showAssured, workspace, pathPrefix: '' };
  const token = randomUUID();
  out(`::stop-commands::${token}\n${stylish(result, options)}::${token}::\n`);
  if (inputs.annotations) out(github(result, options));
  if (inputs.summary) append(env['GITHUB_STEP_SUMMARY'], markdown(result, { ...options, color: false }));
  const { migrations, error, warn, notice, assured } = result.counts;
  append(env['GITHUB_OUTPUT'], `errors=${error}\nwarnings=${warn}\nnotices=${notice}\nassured=${assured}\nmigrations=${migrations}\n`);
}

function failed(result: LintResult, inputs: Inputs): boolean {
  if (inputs.failOn === 'never') return false;
  return result.counts.error > 0 || (inputs.failOn === 'warning' && result.counts.warn > 0);
}

function append(file: string | undefined, text: string): void {
  if (file) appendFileSync(file, text);
}
