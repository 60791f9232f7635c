import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { defaultConfig } from '../src/config/config.ts';
import type { Config } from '../src/config/config.ts';
import { loadConfigFile } from '../src/config/load.ts';
import { lint } from '../src/lint.ts';
import type { Diagnostic } from '../src/lint/diagnostic.ts';
import type { EngineName, SqlTool } from '../src/operations/index.ts';
import { openProject } from '../src/project/project.ts';
import { rules } from '../src/rules/index.ts';
import { createSource } from '../src/source/source.ts';

/** One fixture to lint: a file on its own, or a small application. */
export interface Fixture {
  readonly name: string;
  readonly path: string;
  readonly application: boolean;
}

/** All fixtures below a folder: `bad*` and `good*` folders hold files, or directories (`db/`) or settings and make an application. */
export function findFixtures(folder: string): Fixture[] {
  return entries(folder).flatMap((entry): Fixture[] => {
    const path = join(folder, entry);
    if (!statSync(path).isDirectory()) return [];
    if (entries(path).some((name) => name === '.anzen.yml' || statSync(join(path, name)).isDirectory())) return [{ name: relative(dirname(folder), path), path, application: true }];
    return entries(path).filter((file) => /^\w[\w.-]*\.(?:rb|sql)$/.test(file) && !/^(?:schema\.rb|structure(?:\.mysql)?\.sql)$/.test(file)).map((file) => ({ name: relative(dirname(folder), join(path, file)), path: join(path, file), application: false }));
  });
}

function entries(folder: string): string[] {
  return readdirSync(folder).sort();
}

/** A finding as a fixture speaks of it: `line: rule` or `line: rule (assured)`. */
export interface Outcome {
  readonly wanted: readonly string[];
  readonly found: readonly string[];
  readonly carets: readonly { readonly line: number; readonly columns: readonly [number, number]; readonly matched: boolean }[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the run says besides: what is not linted, what is assumed. */
  readonly notes: readonly string[];
}

/** Lints a fixture and compares with what its `want` comments ask for; `rules` stand in for the rules' own severities. */
export async function tryFixture(fixture: Fixture, schemaFolder: string, rules: Pick<Config, 'rules'> | null = null): Promise<Outcome> {
  const changes = fixture.application && isChangeSet(fixture);
  const { diagnostics, notes } = changes ? await lintChangeSet(fixture, rules) : await lintFixture(fixture, schemaFolder, rules);
  const files = changes ? [] : fixture.application ? migrationFiles(fixture.path) : [fixture.path];
  const wanted = changes ? wantsOfChangeSet(fixture) : files.flatMap((file) => wants(readFileSync(file, 'utf8'), fixture.application ? `${relative(fixture.path, file)}:` : ''));
  const prefix = (diagnostic: Diagnostic) => (fixture.application ? `${diagnostic.path}:` : '');
  const found = diagnostics.map((diagnostic) => `${prefix(diagnostic)}${diagnostic.start.line}: ${diagnostic.ruleId}${diagnostic.assured ? ' (assured)' : ''}`);
  const carets = fixture.application ? [] : caretLines(readFileSync(fixture.path, 'utf8')).map((caret) => ({
    ...caret,
    matched: diagnostics.some((diagnostic) => diagnostic.start.line === caret.line && diagnostic.start.column === caret.columns[0] && diagnostic.end.column === caret.columns[1]),
  }));
  return { wanted: [...new Set(wanted)].sort(), found: [...new Set(found)].sort(), carets, diagnostics, notes };
}

/** A fixture of a change set: `base/` is what is merged, `head/` what the pull request makes of it. */
export function isChangeSet({ path }: Fixture): boolean {
  return entries(path).includes('base') && entries(path).includes('head');
}

/** Lints the change from one tree to another, in a repository that is made for it. */
async function lintChangeSet({ path }: Fixture, preset: Pick<Config, 'rules'> | null): Promise<Pick<Outcome, 'diagnostics' | 'notes'>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'anzen-fixture-')));
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: root, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } });
  try {
    git('init', '-q', '-b', 'main');
    cpSync(join(path, 'base'), root, { recursive: true });
    git('add', '-A', '-f');
    git('commit', '-q', '--allow-empty', '-m', 'base');
    git('checkout', '-q', '-b', 'topic');
    for (const entry of entries(root)) if (entry !== '.git') rmSync(join(root, entry), { recursive: true });
    cpSync(join(path, 'head'), root, { recursive: true });
    const own = applicationConfig(root);
    const config = preset ? { ...own, rules: preset.rules } : withTestedRule(own, path);
    const project = await openProject({ cwd: root, workspace: root, paths: [], all: false, base: 'main', directories: [], ignorePatterns: [], stdin: null });
    const result = await lint(project, { config, directives: { inlineConfig: true, unused: 'warn', suggest: () => null }, now: new Date('2026-11-28T12:00:00Z') });
    return { diagnostics: result.files.flatMap((file) => file.diagnostics), notes: result.notes };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What is wanted of a change set: in the files at head, and in those that it removes. */
function wantsOfChangeSet({ path }: Fixture): string[] {
  const listed = (side: string) => new Map(allFiles(join(path, side)).map((file) => [relative(join(path, side), file), file]));
  const head = listed('head');
  const gone = [...listed('base')].filter(([name]) => !head.has(name));
  return [...head, ...gone].flatMap(([name, file]) => wants(readFileSync(file, 'utf8'), `${name}:`));
}

function allFiles(folder: string): string[] {
  return entries(folder).flatMap((entry) => (statSync(join(folder, entry)).isDirectory() ? allFiles(join(folder, entry)) : [join(folder, entry)]));
}

async function lintFixture(fixture: Fixture, schemaFolder: string, preset: Pick<Config, 'rules'> | null): Promise<Pick<Outcome, 'diagnostics' | 'notes'>> {
  const text = fixture.application ? '' : readFileSync(fixture.path, 'utf8');
  // The first lines of a file say what it is for: `# engine: mysql 8.0`, `-- tool: goose`, `-- transaction: whole`.
  const head = text.split('\n', 6).join('\n');
  const engine = /^(?:#|--) engine: (\w+)(?: ([\d.]+))?/m.exec(head);
  const tool = /^-- tool: ([\w-]+)/m.exec(head)?.[1] as SqlTool | undefined;
  const transaction = /^-- transaction: (\w+)/m.exec(head)?.[1] as Config['sql']['transaction'] | undefined;
  const root = fixture.application ? fixture.path : dirname(fixture.path);
  const own = fixture.application ? applicationConfig(fixture.path) : defaultConfig;
  const base: Config = preset ? { ...own, rules: preset.rules } : withTestedRule(own, fixture.path);
  const wanted = { name: (engine?.[1] ?? 'postgres') as EngineName, version: (engine ? (engine[2] ?? '') : '15').split('.').filter(Boolean).map(Number), from: 'fixture' };
  const config = fixture.application ? base : { ...base, engine: wanted, sql: { tool: null, transaction: transaction ?? null } };
  const project = await openProject({ cwd: root, workspace: root, paths: fixture.application ? [] : [fixture.path], all: fixture.application, base: null, directories: [], ignorePatterns: [], stdin: null });
  const sets = fixture.application
    ? project.sets.map((set) => ({ ...set, merged: null, files: set.files.map((file) => (isMerged(file.file) ? { ...file, status: 'merged' as const, reported: false } : { ...file, status: 'new' as const })) }))
    : project.sets.map((set) => ({ ...set, framework: set.framework === 'rails' ? set.framework : (tool ?? set.framework), files: set.files.filter((file) => file.reported), dump: dumpFor(fixture.path, schemaFolder, wanted.name) }));
  const result = await lint({ ...project, sets }, { config, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return { diagnostics: result.files.flatMap((file) => file.diagnostics), notes: result.notes };
}

/** A rule that is off by default is on for its own fixtures. */
function withTestedRule(config: Config, path: string): Config {
  const id = /fixtures[\\/]rules[\\/]([\w-]+)[\\/]/.exec(path)?.[1] ?? '';
  const isOff = rules.some((rule) => rule.id === id && rule.severity === 'off');
  return isOff && !config.rules.has(id) ? { ...config, rules: new Map(config.rules).set(id, { severity: 'warn', options: {} }) } : config;
}

/** A file of an application that says `-- merged` on a line of its own is on the default branch already; all others are new. */
function isMerged(file: string): boolean {
  return /^(?:#|--) merged$/m.test(readFileSync(file, 'utf8'));
}

function applicationConfig(path: string): Config {
  return entries(path).includes('.anzen.yml') ? loadConfigFile(join(path, '.anzen.yml'), path) : { ...defaultConfig, engine: { name: null, version: [], from: 'default' } };
}

function dumpFor(path: string, schemaFolder: string, engine: EngineName) {
  const folder = dirname(path);
  const name = path.endsWith('.rb') ? 'schema.rb' : engine === 'mysql' || engine === 'mariadb' ? 'structure.mysql.sql' : 'structure.sql';
  const own = entries(folder).includes(name) ? folder : schemaFolder;
  const format = name === 'schema.rb' ? ('schema.rb' as const) : ('structure.sql' as const);
  return { path: `db/${name}`, format, at: 'base' as const, source: createSource(`db/${name}`, readFileSync(join(own, name), 'utf8')) };
}

function migrationFiles(folder: string): string[] {
  const found: string[] = [];
  const visit = (at: string) => {
    for (const entry of entries(at)) {
      const path = join(at, entry);
      if (statSync(path).isDirectory()) visit(path);
      else if ((/migrate\//.test(path) && /^\d+_\w+\.rb$/.test(entry)) || /\.sql$/.test(entry)) found.push(path);
    }
  };
  visit(folder);
  return found;
}

function wants(text: string, prefix: string): string[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const match = /(?:#|--)\s*want\s+(.+?)\s*$/.exec(line);
    return match?.[1] ? match[1].split(',').map((rule) => `${prefix}${at + 1}: ${rule.trim()}`) : [];
  });
}

function caretLines(text: string): { line: number; columns: [number, number] }[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const match = /^\s*(?:#|--)\s*(\^+)\s*$/.exec(line);
    if (!match?.[1]) return [];
    const start = line.indexOf('^') + 1;
    return [{ line: at, columns: [start, start + match[1].length] as [number, number] }];
  });
}
