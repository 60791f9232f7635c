import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { defaultConfig } from '../config/config.ts';
import { findConfigFile } from '../config/find.ts';
import { nearestWord } from '../config/nearest.ts';
import type { EngineName, OperationKind } from '../operations/index.ts';
import { rules } from '../rules/index.ts';
import type { Severity } from '../rules/rule.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './run.ts';
import { Refusal } from './run.ts';

/** The configuration of a run: the file, then the flags. Throws `Refusal` and `ConfigError`. */
export async function configFrom(given: Arguments, world: World, workspace: string): Promise<Config> {
  const named = given.values['config'];
  const file = typeof named === 'string' ? resolve(world.cwd, named) : given.values['config-lookup'] === false ? null : findConfigFile(world.cwd, workspace);
  if (file !== null && !existsSync(file)) throw new Refusal(`The configuration file "${String(named)}" does not exist.`);
  // YAML and validation are loaded only when there is something to read.
  const config = file ? (await import('../config/load.ts')).loadConfigFile(file, workspace) : defaultConfig;
  return {
    ...config,
    engine: engine(given, config.engine),
    rules: new Map([...config.rules, ...texts(given.values['rule']).flatMap(ruleFlag)]),
    allowances: texts(given.values['allow']).map(allowance),
    ignorePatterns: [...config.ignorePatterns, ...texts(given.values['ignore-pattern'])],
  };
}

const engines: readonly EngineName[] = ['postgres', 'mysql', 'mariadb', 'sqlite'];
const spellings: Readonly<Record<string, EngineName>> = { postgresql: 'postgres', pg: 'postgres', sqlite3: 'sqlite', mysql2: 'mysql' };

function engine(given: Arguments, configured: Config['engine']): Config['engine'] {
  const name = given.values['engine'];
  const version = given.values['engine-version'];
  if (typeof version === 'string' && !/^\d+(\.\d+)*$/.test(version)) throw new Refusal(`"--engine-version ${version}" is not a version such as 15 or 8.0.`);
  const parts = typeof version === 'string' ? version.split('.').map(Number) : configured.version;
  if (typeof name !== 'string') return typeof version === 'string' ? { ...configured, version: parts } : configured;
  const known = engines.find((candidate) => candidate === name.toLowerCase()) ?? spellings[name.toLowerCase()];
  if (!known) {
    const near = nearestWord(name, engines);
    throw new Refusal(`"--engine ${name}" is not an engine that anzen knows.${near ? ` Did you mean "${near}"?` : ''} It knows ${engines.join(', ')}.`);
  }
  return { name: known, version: typeof version === 'string' || known === configured.name ? parts : [], from: '--engine' };
}

function ruleFlag(text: string): [string, { severity: Severity; options: Record<string, unknown> }][] {
  return text.split(',').filter((part) => part.trim()).map((part) => {
    const match = /^\s*["']?([\w-]+)["']?\s*:\s*["']?([\w-]+)["']?\s*$/.exec(part);
    if (!match?.[1] || !match[2]) throw new Refusal(`"--rule ${text}" is not of the form "ID: SEVERITY", for instance "drop-column: warn".`);
    const [, id, word] = match;
    if (!rules.some((rule) => rule.id === id)) {
      const near = nearestWord(id, rules.map((rule) => rule.id));
      throw new Refusal(`"${id}" is not a rule.${near ? ` Did you mean "${near}"?` : ' "anzen rules" lists them.'}`);
    }
    const severity = ({ error: 'error', '2': 'error', warn: 'warn', warning: 'warn', '1': 'warn', notice: 'notice', off: 'off', '0': 'off' } as const)[word];
    if (!severity) throw new Refusal(`"${word}" is not a severity: write error, warn, notice or off.`);
    return [id, { severity, options: {} }];
  });
}

/** Kinds of operation that a person may want to allow; more than are worth listing in a message. */
const allowable: readonly OperationKind[] = [
  'drop-table', 'drop-column', 'rename-table', 'rename-column', 'create-table', 'add-column', 'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default', 'create-index', 'drop-index', 'rename-index',
  'add-foreign-key', 'add-check', 'add-unique', 'add-exclusion', 'add-primary-key', 'validate-constraint', 'drop-constraint', 'truncate', 'delete-rows', 'update-rows', 'drop-view', 'drop-type',
];

function allowance(text: string): Config['allowances'][number] {
  const match = /^([\w-]+):(.+)$/.exec(text.trim());
  if (!match?.[1] || !match[2]) throw new Refusal(`"--allow ${text}" is not of the form "KIND:OBJECT", for instance "drop-table:events" or "drop-column:users.note".`);
  const [, kind, object] = match;
  if (!allowable.some((known) => known === kind)) {
    const near = nearestWord(kind, allowable);
    throw new Refusal(`"${kind}" is not a kind of operation that can be allowed.${near ? ` Did you mean "${near}"?` : ` Kinds are ${allowable.slice(0, 12).join(', ')} and so on.`}`);
  }
  return { kind, object };
}

/** A repeatable flag's values. */
export function texts(value: Arguments['values'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
}
