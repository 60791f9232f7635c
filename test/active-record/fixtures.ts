import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Case } from './rails.ts';

const root = join(import.meta.dirname, '../../fixtures/rules');

/** The schema that fixtures stand on, in words of the installed release. */
export const fixtureBase = readFileSync(join(root, 'schema.rb'), 'utf8');

/** The Rails migrations among the fixtures of the rules, for Postgres and on the common schema, each in a database of its own. Later releases are asked for as the installed one. */
export function fixtureCases(installed: number): Case[] {
  const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => /^[\w-]+\/(good|bad)\/[\w-]+\.rb$/.test(file)).sort();
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    if (/^# engine: (?!postgres)/m.test(text) || !/< ActiveRecord::Migration\[/.test(text) || existsSync(join(root, dirname(file), 'schema.rb')) || !/^\d+_\w+\.rb$/.test(basename(file))) return [];
    const asked = text.replace(/Migration\[([\d.]+)\]/g, (whole, release: string) => (Number(release) > installed ? `Migration[${installed.toFixed(1)}]` : whole));
    return [{ id: file, migrations: [{ file: basename(file), text: asked }] }];
  });
}
