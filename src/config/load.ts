import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve as resolvePath } from 'node:path';
import * as v from 'valibot';
import type { Document } from 'yaml';
import { LineCounter, isCollection, isMap, isScalar, parseDocument } from 'yaml';
import type { TablePolicy } from '../rules/rule.ts';
import { rules } from '../rules/index.ts';
import { workspacePath } from '../project/discover.ts';
import type { Config, RuleSetting } from './config.ts';
import { defaultConfig, withoutZeros } from './config.ts';
import { ConfigError } from './error.ts';
import { nearestWord } from './nearest.ts';
import { presetSetting } from './presets/preset-setting.ts';
import type { ConfigFile } from './schema.ts';
import { configKeys, configSchema } from './schema.ts';
import type { Thresholds } from './standing.ts';
import { defaultThresholds, parseBytes, standingsOf } from './standing.ts';
import { parseStatistics } from './statistics.ts';

/** Reads a file that a configuration names, by its path from the configuration's folder; throws an `Error` whose message says in a clause what is wrong. */
export type ReadBeside = (file: string) => { readonly path: string; readonly text: string };

/** Reads and validates a configuration file, and the statistics file that it names. They are data: nothing in them is run. Throws `ConfigError`. */
export function loadConfigFile(file: string, workspace: string): Config {
  const path = workspacePath(workspace, file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${path}: the configuration cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
  return parseConfig(text, path, (named) => readBeside(named, dirname(file), workspace));
}

/** What a configuration names lies in the workspace: the configuration of a pull request opens no other file. */
function readBeside(named: string, folder: string, workspace: string): ReturnType<ReadBeside> {
  const file = resolvePath(folder, named);
  const isInside = (whole: string, part: string) => !relative(whole, part).startsWith('..') && !isAbsolute(relative(whole, part));
  try {
    if (!isInside(workspace, file) || !isInside(realpathSync(workspace), realpathSync(file))) throw new Error('lies outside of the workspace');
    return { path: workspacePath(workspace, file), text: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code ? `cannot be read (${code})` : message, { cause: error });
  }
}

/** Validates the text of a configuration file. Without `read` a statistics file is left alone. Throws `ConfigError`. */
export function parseConfig(text: string, path: string, read: ReadBeside | null = null): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return `${path}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken) throw new ConfigError(`${place(broken.pos[0])}: ${broken.message.replace(/\.?$/, '.')}`);
  if (document.contents && !isMap(document.contents)) throw new ConfigError(`${place(document.contents.range?.[0] ?? 0)}: expected settings, such as "engine: postgres".`);
  const parsed = v.safeParse(configSchema, document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const keys = (issue.path ?? []).map((item) => item.key);
    throw new ConfigError(`${place(offsetOf(document, keys))}: ${sentence(issue, keys)}`);
  }
  const known = new Set(rules.map((rule) => rule.id));
  for (const id of Object.keys(parsed.output.rules ?? {})) {
    if (known.has(id)) continue;
    const near = nearestWord(id, known);
    throw new ConfigError(`${place(offsetOf(document, ['rules', id]))}: "${id}" is not a rule.${near ? ` Did you mean "${near}"?` : ''}`);
  }
  const { statistics } = parsed.output;
  const measured = statistics === undefined || !read ? defaultConfig.measured : measure(statistics, read, place(offsetOf(document, ['statistics'])));
  return { ...resolve(parsed.output, path), measured };
}

const ridgepoleKeys: readonly string[] = Object.keys(configSchema.entries.ridgepole.wrapped.entries);

function sentence(issue: v.BaseIssue<unknown>, keys: readonly unknown[]): string {
  const key = String(keys.at(-1) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = keys.length === 1 ? configKeys : keys[0] === 'sql' ? ['tool', 'transaction'] : keys[0] === 'ridgepole' ? ridgepoleKeys : ['small', 'large', 'hot', 'wide'];
    const near = nearestWord(key, known);
    return `"${key}" is not a setting.${near ? ` Did you mean "${near}"?` : ` Known settings are ${known.filter((name) => name !== '$schema').join(', ')}.`}`;
  }
  return `"${keys.join('.')}" has a wrong value. ${issue.message}`;
}

function offsetOf(document: Document, path: readonly unknown[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => (isScalar(item.key) ? String(item.key.value) : String(item.key)) === String(key));
      if (isScalar(pair?.key) && pair.key.range) offset = pair.key.range[0];
      node = pair?.value;
    } else if (isCollection(node)) {
      node = node.get(key, true);
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) offset = range[0];
    }
  }
  return offset;
}

function measure(setting: NonNullable<ConfigFile['statistics']>, read: ReadBeside, place: string): Config['measured'] {
  const { path: named, small = {}, large = {}, hot = {} } = typeof setting === 'string' ? { path: setting } : setting;
  let file: ReturnType<ReadBeside>;
  try {
    file = read(named);
  } catch (error) {
    throw new ConfigError(`${place}: the statistics file "${named}" ${(error as Error).message}.`, { cause: error });
  }
  const extent = (given: { rows?: number | undefined; bytes?: number | string | undefined }, usual: Thresholds['small']) => ({ rows: given.rows ?? usual.rows, bytes: parseBytes(given.bytes ?? usual.bytes) ?? usual.bytes });
  const usual = defaultThresholds;
  return standingsOf(parseStatistics(file.text, file.path), { small: extent(small, usual.small), large: extent(large, usual.large), hot: { writes: hot.writes ?? usual.hot.writes } }, file.path);
}

function resolve(file: ConfigFile, path: string): Omit<Config, 'measured'> {
  const settings = new Map<string, RuleSetting>();
  for (const preset of [file.extends ?? 'recommended'].flat()) {
    for (const rule of rules) {
      const setting = presetSetting(rule, preset);
      if (setting) settings.set(rule.id, setting);
    }
  }
  for (const [id, value] of Object.entries(file.rules ?? {})) settings.set(id, ruleSetting(value));
  const tables = new Map<string, TablePolicy>();
  for (const policy of ['small', 'large', 'wide', 'hot'] as const) for (const table of file.tables?.[policy] ?? []) tables.set(table, policy);
  return {
    path,
    rules: settings,
    engine: { name: file.engine ?? null, version: file.engineVersion === undefined ? [] : String(file.engineVersion).split('.').map(Number), from: path },
    ignorePatterns: file.ignorePatterns ?? [],
    paths: file.paths ?? [],
    startAfter: file.startAfter === undefined ? null : String(file.startAfter),
    // YAML reads 0012 as a number.
    acknowledged: new Map(Object.entries(file.acknowledged ?? {}).map(([version, reason]) => [withoutZeros(version), reason])),
    tables,
    sql: { tool: file.sql?.tool ?? null, transaction: file.sql?.transaction ?? null },
    ridgepole: ridgepoleSettings(file.ridgepole, path),
    allowances: [],
  };
}

function ridgepoleSettings(written: ConfigFile['ridgepole'], path: string): Config['ridgepole'] {
  if (!written) return defaultConfig.ridgepole;
  const { files = [], version, allowPkChange, ...run } = written;
  const given = Object.fromEntries(Object.entries(run).filter(([, value]) => value !== undefined));
  return { files, version: version === undefined ? null : String(version).split('.').map(Number), run: { ...given, ...(allowPkChange === undefined ? {} : { allowPrimaryKeyChange: allowPkChange }), from: path } };
}

/** A rule's setting as written: a severity, a pair, or an object with `severity`. */
export function ruleSetting(value: NonNullable<ConfigFile['rules']>[string]): RuleSetting {
  if (typeof value === 'string') return { severity: value, options: {} };
  if (Array.isArray(value)) return { severity: value[0], options: value[1] };
  const { severity, ...options } = value;
  return { severity, options };
}
