import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { Diagnostic, RenderedStep } from '../../src/lint/diagnostic.ts';
import type { Engine, SqlTool } from '../../src/operations/index.ts';
import type { MigrationFile, MigrationSet, SchemaDump } from '../../src/project/migration-file.ts';
import { openProject } from '../../src/project/project.ts';
import { createSource } from '../../src/source/source.ts';
import { temporaryDirectory, write } from '../repository.ts';

/** What a fixture says about itself in its first lines. */
export interface FixtureHead {
  readonly engine: Engine;
  readonly tool: SqlTool;
  readonly transaction: 'wrapped' | 'statements' | 'whole' | null;
}

/** Reads `# engine: mysql 8.0`, `-- tool: goose`, `-- transaction: whole`. */
export function headOf(text: string): FixtureHead {
  const head = text.split('\n', 6).join('\n');
  const engine = /^(?:#|--) engine: (\w+)(?: ([\d.]+))?/m.exec(head);
  return {
    engine: { name: (engine?.[1] ?? 'postgres') as Engine['name'], version: (engine ? (engine[2] ?? '') : '15').split('.').filter(Boolean).map(Number), from: 'fixture' },
    tool: (/^-- tool: ([\w-]+)/m.exec(head)?.[1] ?? 'sql') as SqlTool,
    transaction: (/^-- transaction: (\w+)/m.exec(head)?.[1] ?? null) as FixtureHead['transaction'],
  };
}

/** The files of a remedy that a deploy runs, in order, under names that could be real; files of settings are written beside them. */
export function filesOf(steps: readonly RenderedStep[]): { readonly path: string; readonly text: string; readonly runs: boolean }[] {
  let second = 0;
  let folder = '';
  return steps.flatMap((step, at) => {
    if (step.fileName === null || step.code === null || /^Its way back/.test(step.title)) return [];
    const beside = step.language === 'text';
    if (!beside) second++;
    const dated = step.fileName.replace(/YYYY(-?)MM-?DD-?HHMMSS/, (_, dash: string) => (dash ? `2030-01-01-${String(second).padStart(6, '0')}` : `20300101${String(second).padStart(6, '0')}`));
    // What is committed under a number of the tool's own has no name of its own here.
    const path = /(^|\/)current\.sql$/.test(dated) ? dated.replace(/current\.sql$/, `committed/${String(900_000 + at)}.sql`) : dated;
    if (!beside) folder = dirname(path);
    return [{ path: beside ? (path.endsWith('.toml') ? `${folder}/metadata.toml` : path) : path, text: step.code, runs: !beside && step.language !== 'js' }];
  });
}

/** Lints the migrations of a remedy as one change set on the schema that the fixture's folder, or all of them, have. */
export async function lintRemedy(diagnostic: Diagnostic, head: FixtureHead, folder: string, rules: string): Promise<readonly Diagnostic[]> {
  const steps = diagnostic.remedy?.steps ?? [];
  const ruby = steps.filter((step) => step.language === 'ruby' && step.code && /^class \w+ < ActiveRecord::Migration/m.test(step.code) && step.fileName);
  const name = (text: string, at: number) => `db/migrate/${20300101000000 + at}_${(text.split('/').at(-1) ?? '').replace(/^[^_]*_/, '')}`;
  const files = ruby.length > 0 ? ruby.map((step, at) => ({ path: name(step.fileName ?? '', at), text: step.code ?? '', runs: true })) : filesOf(steps.filter((step) => step.language !== 'ruby'));
  if (files.length === 0) return [];
  const directory = temporaryDirectory();
  write(directory, Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const project = await openProject({ cwd: directory, workspace: directory, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const dump = dumpFor(folder, rules, ruby.length > 0, head.engine.name);
  const sets: readonly MigrationSet[] = ruby.length > 0 ? project.sets.map((set) => ({ ...set, dump })) : [{ framework: head.tool, root: '.', top: directory, database: null, dialect: null, evidence: 'a remedy', files: files.filter(({ runs }) => runs).map((file) => migrationFile(directory, file)), dump, merged: null, deleted: [], onBase: [], branch: null }];
  const config = { ...defaultConfig, engine: head.engine, sql: { tool: null, transaction: head.transaction } };
  const result = await lint({ ...project, sets }, { config, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap((file) => file.diagnostics);
}

function migrationFile(directory: string, { path, text }: { readonly path: string; readonly text: string }): MigrationFile {
  return { path, file: join(directory, path), version: /\d+/.exec(path)?.[0] ?? null, status: 'new', was: null, reported: true, read: () => ({ source: createSource(path, text) }) };
}

function dumpFor(folder: string, rules: string, ruby: boolean, engine: Engine['name']): SchemaDump {
  const name = ruby ? 'schema.rb' : engine === 'mysql' || engine === 'mariadb' ? 'structure.mysql.sql' : 'structure.sql';
  const own = readdirSync(folder).includes(name) ? folder : rules;
  return { path: `db/${name}`, format: ruby ? 'schema.rb' : 'structure.sql', at: 'base', source: createSource(`db/${name}`, readFileSync(join(own, name), 'utf8')) };
}
