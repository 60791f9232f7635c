import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Document } from 'yaml';
import { LineCounter, isCollection, isMap, isScalar, parseDocument } from 'yaml';
import type { Rule, Severity, TablePolicy } from '../rules/rule.ts';
import { rules } from '../rules/index.ts';
import { workspacePath } from '../project/discover.ts';
import type { Config, RuleSetting } from './config.ts';
import { ConfigError } from './error.ts';
import { nearestWord } from './nearest.ts';
import type { ConfigFile } from './schema.ts';
import { configKeys, configSchema } from './schema.ts';

/** Reads and validates a configuration file. It is data: nothing in it is run. Throws `ConfigError`. */
export function loadConfigFile(file: string, workspace: string): Config {
  const path = workspacePath(workspace, file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${path}: the configuration cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
  return parseConfig(text, path);
}

/** Validates the text of a configuration file. Throws `ConfigError`. */
export function parseConfig(text: string, path: string): Config {
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
  return resolve(parsed.output, path);
}

function sentence(issue: v.BaseIssue<unknown>, keys: readonly unknown[]): string {
  const key = String(keys.at(-1) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = keys.length === 1 ? configKeys : keys[0] === 'sql' ? ['tool', 'transaction'] : ['small', 'large', 'hot'];
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

function resolve(file: ConfigFile, path: string): Config {
  const settings = new Map<string, RuleSetting>();
  for (const preset of [file.extends ?? 'recommended'].flat()) {
    if (preset === 'recommended') continue;
    for (const rule of rules) settings.set(rule.id, presetSetting(rule, preset));
  }
  for (const [id, value] of Object.entries(file.rules ?? {})) settings.set(id, ruleSetting(value));
  const tables = new Map<string, TablePolicy>();
  for (const policy of ['small', 'large', 'hot'] as const) for (const table of file.tables?.[policy] ?? []) tables.set(table, policy);
  return {
    path,
    rules: settings,
    engine: { name: file.engine ?? null, version: file.engineVersion === undefined ? [] : String(file.engineVersion).split('.').map(Number), from: path },
    ignorePatterns: file.ignorePatterns ?? [],
    paths: file.paths ?? [],
    startAfter: file.startAfter === undefined ? null : String(file.startAfter),
    tables,
    sql: { tool: file.sql?.tool ?? null, transaction: file.sql?.transaction ?? null },
  };
}

function presetSetting(rule: Rule, preset: 'strict' | 'all'): RuleSetting {
  const severities: Record<Severity, Severity> = preset === 'strict' ? { error: 'error', warn: 'error', notice: 'notice', off: 'off' } : { error: 'error', warn: 'warn', notice: 'notice', off: 'warn' };
  return { severity: severities[rule.severity], options: {} };
}

/** A rule's setting as written: a severity, a pair, or an object with `severity`. */
export function ruleSetting(value: NonNullable<ConfigFile['rules']>[string]): RuleSetting {
  if (typeof value === 'string') return { severity: value, options: {} };
  if (Array.isArray(value)) return { severity: value[0], options: value[1] };
  const { severity, ...options } = value;
  return { severity, options };
}
