import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { openFrontEnd } from '../../src/frameworks/open.ts';
import { lint } from '../../src/lint.ts';
import { openProject } from '../../src/project/project.ts';
import { columnMigration, indexMigration, schemaFile, temporaryDirectory, write } from '../repository.ts';

const lock = 'GEM\n  specs:\n    activerecord (7.1.3)\n    pg (1.5.6)\n    strong_migrations (2.0.0)\n';
const application = (files: Readonly<Record<string, string>>) => {
  const directory = temporaryDirectory();
  write(directory, { 'Gemfile.lock': lock, 'db/schema.rb': schemaFile, 'config/database.yml': 'production:\n  adapter: postgresql\n', ...files });
  return directory;
};
const open = (cwd: string) => openProject({ cwd, workspace: cwd, paths: [], all: true, base: null, directories: [], ignorePatterns: [], stdin: null });
const frontEnd = async (cwd: string) => openFrontEnd((await open(cwd)).sets[0]!, cwd, defaultConfig);
const found = async (cwd: string) => {
  const result = await lint(await open(cwd), { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return { rules: result.files.flatMap((file) => file.diagnostics.map((diagnostic) => `${file.path.split('/').at(-1)} ${diagnostic.ruleId}`)), notes: result.notes };
};
const migration = 'db/migrate/20260101000000_index_users.rb';

describe('the settings of strong_migrations and online_migrations', () => {
  it('give the first version to check, the server release and what is switched off', async () => {
    const directory = application({
      [migration]: indexMigration('IndexUsers'),
      'config/initializers/strong_migrations.rb': 'StrongMigrations.start_after = 20251231000000\nStrongMigrations.target_version = 13\nStrongMigrations.disable_check(:add_index)\n',
    });
    const { tools, engine } = await frontEnd(directory);
    expect(tools).toMatchObject({ startAfter: '20251231000000', disabled: ['strong_migrations/add_index'] });
    expect(engine).toMatchObject({ name: 'postgres', version: [13] });
    expect((await found(directory)).rules).toEqual([]);
  });

  it('leave out migrations up to start_after, and say so', async () => {
    const directory = application({ [migration]: indexMigration('IndexUsers'), 'db/migrate/20260301000000_later.rb': indexMigration('Later'), 'config/initializers/strong_migrations.rb': 'StrongMigrations.start_after = 20260201000000\n' });
    const { rules, notes } = await found(directory);
    expect(rules).toEqual(['20260301000000_later.rb blocking-index']);
    expect(notes.join()).toContain('start_after');
  });

  it('make safe_by_default silence what the gem rewrites', async () => {
    const directory = application({ [migration]: indexMigration('IndexUsers'), 'config/initializers/strong_migrations.rb': 'StrongMigrations.safe_by_default = true\n' });
    const { rules, notes } = await found(directory);
    expect(rules).toEqual([]);
    expect(notes.join()).toContain('safe_by_default');
  });

  it('switch off by the check of a clause what has the clause, and by another check the rest', async () => {
    const files = (check: string) => application({
      'config/database.yml': 'production:\n  adapter: mysql2\n', 'Gemfile.lock': lock.replace('activerecord (7.1.3)\n    pg (1.5.6)', 'activerecord (8.2.0)\n    mysql2 (0.5.6)'),
      'db/migrate/20260101000000_copy.rb': 'class Copy < ActiveRecord::Migration[8.1]\n  def change\n    add_index :users, :name, algorithm: :copy\n  end\nend\n',
      'db/migrate/20260102000000_full.rb': 'class Full < ActiveRecord::Migration[8.1]\n  def change\n    add_index :users, :name, type: :fulltext, name: :users_words\n  end\nend\n',
      'config/initializers/strong_migrations.rb': `StrongMigrations.disable_check(:${check})\n`,
    });
    expect((await found(files('copy_algorithm'))).rules).toEqual(['20260102000000_full.rb blocking-index']);
    expect((await found(files('lock_option'))).rules).toEqual(['20260101000000_copy.rb blocking-index', '20260102000000_full.rb blocking-index']);
    expect((await found(files('add_index'))).rules).toEqual(['20260101000000_copy.rb blocking-index']);
  });

  it('name small tables, in a configure block', async () => {
    const directory = application({ [migration]: indexMigration('IndexUsers'), 'config/initializers/online_migrations.rb': 'OnlineMigrations.configure do |config|\n  config.small_tables = [:users]\nend\n' });
    expect((await found(directory)).rules).toEqual([]);
  });
});

describe('the bound on waiting for locks', () => {
  const gem = (name: string) => lock.replace('strong_migrations (2.0.0)', `${name} (1.0.0)`);
  it.each([
    ['nothing', {}, null],
    ['database.yml', { 'config/database.yml': 'production:\n  adapter: postgresql\n  variables:\n    lock_timeout: 5s\n' }, { milliseconds: 5_000, by: 'config/database.yml' }],
    ['database.yml of MySQL, in seconds', { 'config/database.yml': 'production:\n  adapter: mysql2\n  variables:\n    lock_wait_timeout: 5\n' }, { milliseconds: 5_000, by: 'config/database.yml' }],
    ['strong_migrations, once it is told to', { 'config/initializers/strong_migrations.rb': 'StrongMigrations.lock_timeout = 2.minutes\n' }, { milliseconds: 120_000, by: 'strong_migrations' }],
    ['strong_migrations, told to set none', { 'config/initializers/strong_migrations.rb': 'StrongMigrations.lock_timeout = nil\n' }, null],
    ['strong_migrations, with a computed value', { 'config/initializers/strong_migrations.rb': 'StrongMigrations.lock_timeout = ENV.fetch("X")\n' }, { milliseconds: null, by: 'strong_migrations' }],
    ['online_migrations', { 'Gemfile.lock': gem('online_migrations') }, { milliseconds: 200, by: 'online_migrations' }],
    ['safe-pg-migrations', { 'Gemfile.lock': gem('safe-pg-migrations'), 'config/initializers/safe_pg_migrations.rb': 'SafePgMigrations.config.safe_timeout = 3.seconds\n' }, { milliseconds: 3_000, by: 'safe-pg-migrations' }],
    ['safer_migrations', { 'Gemfile.lock': gem('activerecord-safer_migrations') }, { milliseconds: 750, by: 'activerecord-safer_migrations' }],
    ['migration-lock-timeout', { 'config/initializers/migration_lock_timeout.rb': 'MigrationLockTimeout.configure do |config|\n  config.default_timeout = 5\nend\n' }, { milliseconds: 5_000, by: 'migration-lock-timeout' }],
  ] as const)('is set by %s', async (_, files, wanted) => {
    expect((await frontEnd(application({ [migration]: columnMigration('IndexUsers'), ...files }))).application.lockTimeout).toEqual(wanted);
  });
});

describe('a Rails application', () => {
  it('tells its engine from database.yml, structure.sql or the lock file', async () => {
    expect((await frontEnd(application({ [migration]: columnMigration('IndexUsers'), 'config/database.yml': 'production:\n  adapter: trilogy\n' }))).engine.name).toBe('mysql');
    const bare = temporaryDirectory();
    write(bare, { [migration]: columnMigration('IndexUsers'), 'Gemfile.lock': 'GEM\n  specs:\n    mysql2 (0.5.6)\n' });
    expect((await frontEnd(bare)).engine).toMatchObject({ name: 'mysql', from: 'Gemfile.lock' });
    const dumped = temporaryDirectory();
    write(dumped, { [migration]: columnMigration('IndexUsers'), 'db/structure.sql': '--\n-- PostgreSQL database dump\n--\n-- Dumped from database version 14.9\n\nCREATE TABLE public.users (id bigint NOT NULL);\n' });
    expect((await frontEnd(dumped)).engine).toMatchObject({ name: 'postgres', version: [14, 9] });
  });

  it('knows its models, their tables and what they ignore', async () => {
    const directory = application({
      [migration]: columnMigration('IndexUsers'),
      'app/models/concerns/forgets_nick.rb': 'module ForgetsNick\n  extend ActiveSupport::Concern\n  included do\n    self.ignored_columns += %w[nick]\n  end\nend\n',
      'app/models/user.rb': 'class User < ApplicationRecord\n  include ForgetsNick\n  self.ignored_columns += [:old]\nend\n',
      'app/models/admin/person.rb': 'class Admin::Person < ApplicationRecord\n  self.table_name = "users"\nend\n',
      'config/application.rb': 'module Shop\n  class Application < Rails::Application\n    config.load_defaults 6.1\n  end\nend\n',
    });
    const front = await frontEnd(directory);
    expect(front.application.partialInserts).toBe(true);
    expect(front.application.frameworkVersion).toBe('7.1');
    const models = front.application.modelsOf('users');
    expect(models.map((model) => model.className).sort()).toEqual(['Admin::Person', 'User']);
    expect(models.find((model) => model.className === 'User')?.ignoredColumns).toEqual(expect.arrayContaining(['old', 'nick']));
  });
});
