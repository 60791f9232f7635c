/** A Rails environment for trying things out on a checked-out application: reads its Gemfile.lock and finds constants by Rails' naming. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { EngineName } from '../src/operations/index.ts';
import { defaultInflections, type RailsEnvironment } from '../src/parsers/rails/environment.ts';
import { underscore } from '../src/parsers/rails/inflector.ts';
import { loadRubyParser } from '../src/parsers/ruby/parser.ts';
import type { RubyTree } from '../src/parsers/ruby/tree.ts';
import { loadSqlParser } from '../src/parsers/sql/parser.ts';
import { createSource } from '../src/source/source.ts';

const environments = new Map<string, RailsEnvironment>();

/** The environment of the application a migration lies in. */
export async function railsEnvironment(path: string, engine: EngineName): Promise<RailsEnvironment> {
  const root = rootOf(path);
  const key = `${root} ${engine}`;
  const known = environments.get(key);
  if (known) return known;
  const ruby = await loadRubyParser();
  const sql = await loadSqlParser(engine).catch(() => null);
  const lock = existsSync(join(root, 'Gemfile.lock')) ? readFileSync(join(root, 'Gemfile.lock'), 'utf8') : '';
  const rails = /^ {4}activerecord \((\d+)\.(\d+)/m.exec(lock);
  const trees = new Map<string, RubyTree | null>();
  const folders = ['app/models', 'app/models/concerns', 'app/services', 'app/jobs', 'app/workers', 'app/lib', 'lib', 'db/migrate', 'db/migrate/concerns', 'db/migrate/helpers', 'db', 'app/helpers', 'db/migrate/support', 'lib/migration'];
  const environment: RailsEnvironment = {
    engine: { name: engine, version: [], from: 'script' },
    railsVersion: rails ? [Number(rails[1]), Number(rails[2])] : null,
    libraries: new Set([...lock.matchAll(/^ {4}([\w.-]+) \(/gm)].map((match) => match[1] as string)),
    inflections: defaultInflections,
    primaryKeyType: null,
    resolveConstant(name) {
      if (trees.has(name)) return trees.get(name) ?? null;
      const file = folders.map((folder) => join(root, folder, `${underscore(name)}.rb`)).find((candidate) => existsSync(candidate));
      const tree = file ? ruby.parse(createSource(relative(root, file), readFileSync(file, 'utf8'))) : null;
      trees.set(name, tree);
      return tree;
    },
    ruby,
    sql,
  };
  environments.set(key, environment);
  return environment;
}

function rootOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) if (existsSync(join(folder, 'Gemfile')) || existsSync(join(folder, '.git'))) return folder;
  return dirname(path);
}
