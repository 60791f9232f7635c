import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseEntry } from '../config/database-yml.ts';
import type { GemfileLock } from '../config/gemfile-lock.ts';
import { parseGemfileLock } from '../config/gemfile-lock.ts';
import type { Inflections } from '../parsers/rails/environment.ts';
import { defaultInflections } from '../parsers/rails/environment.ts';
import type { RubyParser, RubyTree } from '../parsers/ruby/tree.ts';
import { workspacePath } from '../project/discover.ts';
import { readText } from '../project/read.ts';
import type { RubySetting } from './ruby-settings.ts';
import { readSettings } from './ruby-settings.ts';

/** What a Rails application's own files say, as far as migrations care. */
export interface RailsApplication {
  readonly root: string;
  readonly lock: GemfileLock | null;
  readonly databases: readonly DatabaseEntry[];
  readonly inflections: Inflections;
  /** Settings of `strong_migrations.rb` and `online_migrations.rb` initializers. */
  readonly settings: readonly RubySetting[];
  /** `partial_inserts` as configured or implied by `load_defaults`; null when nothing says. */
  readonly partialInserts: boolean | null;
  /** The primary key type that generators are told to use (`g.orm :active_record, primary_key_type: :uuid`), or null. */
  readonly primaryKeyType: string | null;
  /** False when settings tell `schema.rb` to leave tables out (`SchemaDumper.ignore_tables`). */
  dumpsAllTables(): boolean;
  /** The parsed file that defines a constant by Rails' naming (app/**, lib/**), or null. */
  resolveConstant(name: string): RubyTree | null;
}

/** Reads the application at `root` (absolute). Files that are missing or broken are passed over. */
export async function readRailsApplication(root: string, workspace: string, ruby: RubyParser): Promise<RailsApplication> {
  const read = (path: string) => {
    if (!existsSync(join(root, path))) return null;
    const text = readText(join(root, path), workspacePath(workspace, join(root, path)), root);
    return 'source' in text ? text.source : null;
  };
  const lock = read('Gemfile.lock');
  const databaseYml = read('config/database.yml') ?? read('config/database.yml.example') ?? read('config/database.example.yml') ?? read('config/database.yml.sample');
  const settingsIn = (path: string) => {
    const source = read(path);
    return source ? readSettings(ruby.parse(source)) : [];
  };
  const initializers = initializerFiles(root);
  const relevant = (pattern: RegExp) => initializers.filter((path) => pattern.test(path)).flatMap(settingsIn);
  const application = settingsIn('config/application.rb');
  return {
    root,
    lock: lock && parseGemfileLock(lock.text),
    databases: databaseYml ? (await import('../config/database-yml.ts')).parseDatabaseYml(databaseYml.text) : [],
    inflections: inflectionsOf(relevant(/inflection/)),
    settings: relevant(/strong_?migrations|online_?migrations|safe_?pg_?migrations|migration/i),
    partialInserts: partialInsertsOf([...application, ...relevant(/new_framework_defaults|active_record/)]),
    primaryKeyType: primaryKeyTypeOf(read('config/application.rb')?.text ?? '', initializers.map((path) => (/generator/.test(path) ? (read(path)?.text ?? '') : '')).join('\n')),
    dumpsAllTables: () => !['config/application.rb', 'config/environment.rb', ...initializers].some((path) => read(path)?.text.includes('ignore_tables')),
    resolveConstant: constantResolver(root, workspace, ruby),
  };
}

function initializerFiles(root: string): string[] {
  try {
    return readdirSync(join(root, 'config', 'initializers')).filter((name) => name.endsWith('.rb')).map((name) => `config/initializers/${name}`);
  } catch {
    return [];
  }
}

function inflectionsOf(settings: readonly RubySetting[]): Inflections {
  const texts = (name: string) => settings.filter((setting) => setting.name === name).map((setting) => setting.values.flat().filter((value): value is string => typeof value === 'string'));
  if (settings.length === 0) return defaultInflections;
  return {
    acronyms: texts('acronym').flat(),
    uncountable: texts('uncountable').flat(),
    irregular: texts('irregular').flatMap(([singular, plural]) => (singular && plural ? [[singular, plural] as const] : [])),
  };
}

function partialInsertsOf(settings: readonly RubySetting[]): boolean | null {
  const said = settings.findLast((setting) => setting.name === 'partial_inserts' || setting.name === 'partial_writes');
  if (typeof said?.values[0] === 'boolean') return said.values[0];
  const defaults = settings.findLast((setting) => setting.name === 'load_defaults')?.values[0];
  return defaults === undefined || defaults === null ? null : Number(defaults) < 7;
}

function primaryKeyTypeOf(...texts: string[]): string | null {
  for (const text of texts) {
    const type = /primary_key_type:?\s*(?:=>)?\s*:(\w+)/.exec(text)?.[1];
    if (type) return type;
  }
  return null;
}

/** Where Rails autoloads from, and where applications keep what only migrations include. */
const searched = ['app/models', 'app/models/concerns', 'app/lib', 'app/services', 'lib', 'lib/migrations', 'lib/migration_helpers', 'db/migrate', 'db', 'db/migrate/concerns', 'db/helpers', 'app/migrations'];

function constantResolver(root: string, workspace: string, ruby: RubyParser): (name: string) => RubyTree | null {
  const known = new Map<string, RubyTree | null>();
  return (name) => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const path = underscore(name.replace(/^::/, ''));
    let found: RubyTree | null = null;
    for (const directory of searched) {
      const file = join(root, directory, `${path}.rb`);
      if (!existsSync(file)) continue;
      const text = readText(file, workspacePath(workspace, file), root);
      if ('source' in text) found = ruby.parse(text.source);
      if (found) break;
    }
    known.set(name, found);
    return found;
  };
}

function underscore(name: string): string {
  return name.replaceAll('::', '/').replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2').replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
