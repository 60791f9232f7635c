import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import type { Engine } from '../../src/operations/index.ts';
import { openProject } from '../../src/project/project.ts';
import { createSource } from '../../src/source/source.ts';
import { temporaryDirectory, write } from '../repository.ts';
import { findFixtures, tryFixture } from '../want.ts';

const rules = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));

/**
 * Errors that a remedy's migrations may have: what is said between its steps cannot be seen in the files. The last deployment of a rename or a removal drops a
 * column that the application ignores by then.
 */
const afterTheCode = new Set(['drop-column', 'drop-table']);

/** Remedies that follow a statement which the fixture keeps: alone they speak of a column that is not there yet. */
const followsTheFixture = new Set(['change-column-drops-attributes/bad/20260107094750_rename_login_count.rb']);

describe('the migrations of a remedy', () => {
  for (const id of readdirSync(rules).filter((name) => !name.includes('.'))) {
    it(`of ${id} lint clean`, async () => {
      const complaints: string[] = [];
      for (const fixture of findFixtures(join(rules, id)).filter((one) => one.name.includes('bad') && !one.application && !followsTheFixture.has(one.name))) {
        const engine = engineOf(readFileSync(fixture.path, 'utf8'));
        const { diagnostics } = await tryFixture(fixture, rules);
        for (const diagnostic of diagnostics.filter((one) => one.ruleId === id)) {
          // A step that keeps the rest of the migration keeps what else is wrong with it, and each of those findings has its own remedy.
          const known = new Set(diagnostics.filter((one) => one !== diagnostic).map((one) => one.ruleId));
          for (const found of await lintSteps(diagnostic, engine, dirname(fixture.path))) if (!known.has(found.ruleId)) complaints.push(`${fixture.name}: ${found.path}:${found.start.line} ${found.ruleId}: ${found.message}`);
        }
      }
      expect(complaints).toEqual([]);
    });
  }
});

async function lintSteps(diagnostic: Diagnostic, engine: Engine, folder: string): Promise<readonly Diagnostic[]> {
  const steps = (diagnostic.remedy?.steps ?? []).filter((step) => step.language === 'ruby' && step.code && /^class \w+ < ActiveRecord::Migration/m.test(step.code) && step.fileName);
  if (steps.length === 0) return [];
  const directory = temporaryDirectory();
  const name = (text: string, at: number) => `db/migrate/${20300101000000 + at}_${(text.split('/').at(-1) ?? '').replace(/^[^_]*_/, '')}`;
  write(directory, Object.fromEntries(steps.map((step, at) => [name(step.fileName ?? '', at), step.code ?? ''])));
  const project = await openProject({ cwd: directory, workspace: directory, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
  const own = readdirSync(folder).includes('schema.rb') ? folder : rules;
  const dump = { path: 'db/schema.rb', format: 'schema.rb' as const, at: 'base' as const, source: createSource('db/schema.rb', readFileSync(join(own, 'schema.rb'), 'utf8')) };
  const result = await lint({ ...project, sets: project.sets.map((set) => ({ ...set, dump })) }, { config: { ...defaultConfig, engine }, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap((file) => file.diagnostics).filter((one) => one.severity === 'error' && !afterTheCode.has(one.ruleId));
}

function engineOf(text: string): Engine {
  const match = /^# engine: (\w+)(?: ([\d.]+))?/.exec(text);
  return { name: (match?.[1] ?? 'postgres') as Engine['name'], version: (match ? (match[2] ?? '') : '15').split('.').filter(Boolean).map(Number), from: 'fixture' };
}
