import { isAbsolute, relative, resolve, sep } from 'node:path';
import { nearestWord } from '../config/nearest.ts';
import type { Config } from '../config/config.ts';
import { formats } from '../formats/index.ts';
import { lint } from '../lint.ts';
import type { LintResult } from '../lint/result.ts';
import { summarize } from '../lint/summary.ts';
import { openProject } from '../project/project.ts';
import { rules } from '../rules/index.ts';
import { decode } from '../source/decode.ts';
import type { Arguments } from './arguments.ts';
import { configFrom } from './config-from.ts';
import type { World } from './run.ts';
import { Refusal } from './run.ts';

/** `anzen [paths]`: lints and reports. Gives the exit code. */
export async function lintCommand(given: Arguments, world: World): Promise<number> {
  const { values } = given;
  const workspace = world.cwd;
  const formatNames = formatsOf(values['format'], world);
  const maxWarnings = limit(values['max-warnings']);
  const config = await configFrom(given, world, workspace);
  if (values['print-config']) {
    world.out(`${JSON.stringify(printable(config), null, 2)}\n`);
    return 0;
  }
  const stdin = values['stdin'] ? { file: resolve(world.cwd, typeof values['stdin-filename'] === 'string' ? values['stdin-filename'] : 'stdin.rb'), text: await readText(world) } : null;
  const project = await openProject({
    cwd: world.cwd, workspace, stdin,
    paths: stdin ? [stdin.file] : given.positionals,
    all: values['all'] === true,
    base: typeof values['base'] === 'string' ? values['base'] : null,
    directories: config.paths,
    ignorePatterns: config.ignorePatterns,
    schemafiles: config.ridgepole.files,
  });
  if (values['error-on-unmatched-pattern'] !== false) {
    for (const { path, reason } of project.unmatched) world.error(`anzen: "${path}": ${reason}.\n`);
  }
  const refused = values['error-on-unmatched-pattern'] !== false && project.unmatched.length > 0;
  const progress = progressLine(world, values['output-file'] !== undefined);
  const full = await lint(project, {
    config,
    directives: {
      inlineConfig: values['inline-config'] !== false,
      unused: values['report-unused-disable-directives'] ? 'error' : 'warn',
      suggest: (id) => nearestWord(id, rules.map((rule) => rule.id)),
    },
    onProgress: progress.show,
  });
  progress.clear();
  // A report of nothing beside a complaint would read as if all were well.
  if (refused && full.files.length === 0) return 2;
  const result = values['quiet'] ? errorsOnly(full) : full;
  report(result, formatNames, given, world, workspace);
  if (refused) return 2;
  return full.counts.error > 0 || (maxWarnings !== null && full.counts.warn > maxWarnings) ? 1 : 0;
}

function report(result: LintResult, names: readonly string[], given: Arguments, world: World, workspace: string): void {
  const file = given.values['output-file'];
  const root = world.env['GITHUB_WORKSPACE'];
  const inside = root ? relative(root, workspace) : '';
  const pathPrefix = inside && !inside.startsWith('..') && !isAbsolute(inside) ? `${inside.split(sep).join('/')}/` : '';
  const color = typeof file !== 'string' && wantsColor(given, world);
  const text = names.map((name) => formats[name]?.(result, { color, workspace, showAssured: given.values['show-assured'] === true, pathPrefix: name === 'github' ? pathPrefix : '' }) ?? '').join('');
  if (typeof file !== 'string') return world.out(text);
  try {
    world.writeFile(resolve(world.cwd, file), text);
  } catch (error) {
    throw new Refusal(`The report cannot be written to "${file}" (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
}

/** On a GitHub runner people read the log and the runner reads commands: both are written unless a format is named. */
function formatsOf(wanted: Arguments['values'][string], world: World): readonly string[] {
  if (typeof wanted !== 'string') return world.env['GITHUB_ACTIONS'] === 'true' ? ['stylish', 'github'] : ['stylish'];
  if (wanted in formats) return [wanted];
  const near = nearestWord(wanted, Object.keys(formats));
  throw new Refusal(`"${wanted}" is not a format.${near ? ` Did you mean "${near}"?` : ''} Formats are ${Object.keys(formats).join(', ')}.`);
}

function limit(value: Arguments['values'][string]): number | null {
  if (typeof value !== 'string') return null;
  if (!/^-?\d+$/.test(value)) throw new Refusal(`"--max-warnings ${value}" is not a number.`);
  return Number(value) < 0 ? null : Number(value);
}

async function readText(world: World): Promise<string> {
  const decoded = decode(await world.readStdin());
  if ('problem' in decoded) throw new Refusal(`Standard input cannot be linted. ${decoded.problem}`);
  return decoded.text;
}

function errorsOnly(result: LintResult): LintResult {
  return summarize(result.files.map((file) => ({ ...file, diagnostics: file.diagnostics.filter((diagnostic) => diagnostic.severity === 'error') })), result.notes);
}

function wantsColor(given: Arguments, world: World): boolean {
  if (typeof given.values['color'] === 'boolean') return given.values['color'];
  if (world.env['NO_COLOR']) return false;
  if (world.env['FORCE_COLOR']) return world.env['FORCE_COLOR'] !== '0';
  return world.outIsTerminal && world.env['TERM'] !== 'dumb';
}

function progressLine(world: World, toFile: boolean) {
  const on = world.errorIsTerminal && (world.outIsTerminal || toFile);
  let shown = false;
  return {
    show(done: number, all: number) {
      if (!on || all < 200 || done % 50 !== 0) return;
      shown = true;
      world.error(`\r\u001b[K${done} of ${all} migrations`);
    },
    clear() {
      if (shown) world.error('\r\u001b[K');
    },
  };
}

function printable(config: Config) {
  const settings = Object.fromEntries(rules.map((rule) => {
    const setting = config.rules.get(rule.id) ?? { severity: rule.severity, options: {} };
    return [rule.id, Object.keys(setting.options).length > 0 ? [setting.severity, setting.options] : setting.severity];
  }));
  const { name, version } = config.engine;
  const tables = (policy: string) => [...config.tables].filter(([, value]) => value === policy).map(([table]) => table);
  return {
    configFile: config.path,
    ...(name ? { engine: name } : {}),
    ...(version.length > 0 ? { engineVersion: version.join('.') } : {}),
    paths: config.paths, ignorePatterns: config.ignorePatterns, startAfter: config.startAfter,
    ...(config.acknowledged.size > 0 ? { acknowledged: Object.fromEntries(config.acknowledged) } : {}),
    tables: { small: tables('small'), large: tables('large'), hot: tables('hot'), wide: tables('wide') },
    ...(config.measured.size > 0 ? { measured: Object.fromEntries([...config.measured].map(([table, { policy }]) => [table, policy])) } : {}),
    rules: settings,
  };
}
