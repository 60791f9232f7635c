import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { lint } from '../../src/lint.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { openProject } from '../../src/project/project.ts';
import { commit, git, repository } from '../repository.ts';

const schema = (...tables: string[]) => `ActiveRecord::Schema[7.1].define(version: 2025_01_01_000000) do\n${tables.join('')}end\n`;
const users = '  create_table "users", force: :cascade do |t|\n    t.string "email"\n    t.string "nickname"\n    t.string "name"\n  end\n';
const accounts = '  create_table "accounts", force: :cascade do |t|\n    t.string "name"\n  end\n';
const application = {
  'Gemfile.lock': 'GEM\n  specs:\n    activerecord (7.1.3)\n    pg (1.5.6)\n',
  'config/database.yml': 'production:\n  adapter: postgresql\n',
  'db/schema.rb': schema(users, accounts),
  'app/models/application_record.rb': 'class ApplicationRecord < ActiveRecord::Base\n  primary_abstract_class\nend\n',
  'app/models/user.rb': 'class User < ApplicationRecord\nend\n',
  'app/models/account.rb': 'class Account < ApplicationRecord\nend\n',
};
const migration = (body: string) => `class Change < ActiveRecord::Migration[7.1]\n  def up\n    ${body}\n  end\nend\n`;
const file = 'db/migrate/20260101000000_change.rb';

/** Lints the difference of two states of an application: the base on `main`, the other one on a branch. */
async function change(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>, body: string, path = file): Promise<Diagnostic[]> {
  const directory = repository({ ...application, ...before });
  git(directory, 'checkout', '-q', '-b', 'topic');
  for (const gone of Object.keys(after).filter((name) => after[name] === '')) git(directory, 'rm', '-q', gone);
  commit(directory, 'change', { ...Object.fromEntries(Object.entries(after).filter(([, text]) => text !== '')), [path]: migration(body) });
  const project = await openProject({ cwd: directory, workspace: directory, paths: [], all: false, base: null, directories: [], ignorePatterns: [], stdin: null });
  const result = await lint(project, { config: defaultConfig, directives: { inlineConfig: true, unused: 'warn', suggest: () => null } });
  return result.files.flatMap(({ diagnostics }) => diagnostics).filter(({ ruleId }) => /^(?:drop-|rename-|schema-and)/.test(ruleId));
}
const rules = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ ruleId, severity }) => `${ruleId} ${severity}`);
const places = (diagnostics: readonly Diagnostic[]) => diagnostics.flatMap(({ related }) => related.map(({ path, start, text }) => `${path}:${start.line} ${text}`));
const ignoring = 'class User < ApplicationRecord\n  self.ignored_columns += %w[nickname]\nend\n';

describe('drop-column against the base', () => {
  const drop = 'remove_column :users, :nickname';

  it('is silent when the base ignores the column, also when the branch takes that line out again', async () => {
    expect(await change({ 'app/models/user.rb': ignoring }, {}, drop)).toEqual([]);
    expect(await change({ 'app/models/user.rb': ignoring }, { 'app/models/user.rb': application['app/models/user.rb'] }, drop)).toEqual([]);
  });

  it('says that it takes two deployments when only this branch lets the model ignore it', async () => {
    const found = await change({}, { 'app/models/user.rb': ignoring }, drop);
    expect(rules(found)).toEqual(['drop-column error']);
    expect(found[0]?.why).toContain('Only this pull request lets "User" ignore "nickname"');
    expect(found[0]?.why).toContain('It takes two deployments');
  });

  it.each([
    ['a concern', { 'app/models/concerns/forgetful.rb': 'module Forgetful\n  extend ActiveSupport::Concern\n  included do\n    self.ignored_columns += ["nickname"]\n  end\nend\n', 'app/models/user.rb': 'class User < ApplicationRecord\n  include Forgetful\nend\n' }],
    ['a parent of single-table inheritance', { 'app/models/user.rb': ignoring, 'app/models/admin.rb': 'class Admin < User\nend\n' }],
    ['an abstract parent', { 'app/models/application_record.rb': 'class ApplicationRecord < ActiveRecord::Base\n  primary_abstract_class\n  self.ignored_columns += [:nickname]\nend\n' }],
    ['a module with a prefix', { 'app/models/user.rb': ignoring, 'app/models/crm.rb': 'module Crm\n  def self.table_name_prefix = "crm_"\nend\n', 'app/models/crm/user.rb': 'class Crm::User < ApplicationRecord\nend\n' }],
  ])('takes what %s ignores', async (_, before) => {
    expect(await change(before, {}, drop)).toEqual([]);
  });

  it('wants every model of the table to ignore it, whatever they are called', async () => {
    const person = (line: string) => `class Crm::Person < ApplicationRecord\n  self.table_name = "users"\n  ${line}\nend\n`;
    const found = await change({ 'app/models/user.rb': ignoring, 'app/models/crm/person.rb': person('') }, {}, drop);
    expect(found[0]?.why).toContain('The model "Crm::Person" does not ignore "nickname"');
    expect(await change({ 'app/models/user.rb': ignoring, 'app/models/crm/person.rb': person('self.ignored_columns = [:nickname]') }, {}, drop)).toEqual([]);
  });

  it('is not silent when a child replaces what its parent ignores', async () => {
    expect(rules(await change({ 'app/models/user.rb': ignoring, 'app/models/admin.rb': 'class Admin < User\n  self.ignored_columns = [:other]\nend\n' }, {}, drop))).toEqual(['drop-column error']);
  });

  it('lists where the code still names the column, most certain first', async () => {
    const found = await change({
      'app/models/user.rb': 'class User < ApplicationRecord\n  # nickname is old\n  validates :nickname, presence: true\nend\n',
      'app/controllers/users_controller.rb': 'class UsersController < ApplicationController\n  def user_params\n    params.require(:user).permit(\n      :email,\n      :nickname,\n    )\n  end\nend\n',
      'app/views/users/show.html.erb': '<%# nickname %>\n<h1><%= @user.nickname %></h1>\n',
      'app/queries/report.rb': 'SQL = <<~SQL\n  SELECT users.nickname FROM users\nSQL\n',
      'app/services/importer.rb': 'class Importer\n  def call(row) = Account.create!(name: row[:nickname])\nend\n',
      'spec/models/user_spec.rb': 'expect(User.new.nickname).to eq 1\n',
      'db/migrate/20200101000000_old.rb': migration('User.update_all(nickname: 1)'),
      'node_modules/x/index.rb': 'user.nickname\n',
    }, {}, drop);
    expect(rules(found)).toEqual(['drop-column error']);
    expect(found[0]?.why).toContain('The code still names it in 4 places.');
    expect(places(found)).toEqual([
      'app/models/user.rb:3 names "nickname": validates :nickname, presence: true',
      'app/queries/report.rb:2 names "nickname": SELECT users.nickname FROM users',
      'app/controllers/users_controller.rb:5 names "nickname": :nickname,',
      'app/views/users/show.html.erb:2 names "nickname": <h1><%= @user.nickname %></h1>',
    ]);
  });

  it('takes a common name for the column only where something ties it to the model', async () => {
    const found = await change({
      'app/models/account.rb': 'class Account < ApplicationRecord\n  validates :name, presence: true\nend\n',
      'app/services/billing.rb': 'class Billing\n  def call(account, name:)\n    account.update!(name: name)\n    account.name\n  end\nend\n',
      'app/services/greeting.rb': 'class Greeting\n  def call(user)\n    [user.name, User.where(name: "x"), User.order(:name).pluck(:name)]\n  end\nend\n',
    }, {}, 'remove_column :users, :name');
    expect(places(found).map((place) => place.split(' ')[0])).toEqual(['app/services/greeting.rb:3']);
  });

  it('does not take keys of other things and columns of other classes for it', async () => {
    const found = await change({ 'app/controllers/users_controller.rb': 'class UsersController < ApplicationController\n  def index\n    User.find(params[:name])\n    Account.where(name: 1).pluck(:name)\n  end\nend\n' }, {}, 'remove_column :users, :name');
    expect(places(found)).toEqual([]);
  });

  it('says that the branch takes the last use out, and that nothing names it', async () => {
    const found = await change({ 'app/services/greeting.rb': 'User.where(nickname: 1)\n' }, { 'app/services/greeting.rb': 'User.all\n' }, drop);
    expect(found[0]?.why).toContain('This pull request takes the last use of it out of the code');
    expect((await change({}, {}, drop))[0]?.why).toContain('Nothing else in the code names it any more.');
  });

  it('does not take an attribute, association or attachment of the same name for the column', async () => {
    const found = await change({ 'app/models/user.rb': 'class User < ApplicationRecord\n  has_one_attached :nickname\nend\n', 'app/views/users/show.html.erb': '<%= @user.nickname %>\n' }, {}, drop);
    expect(places(found)).toEqual([]);
  });
});

describe('drop-table against the base', () => {
  it('lists models, associations, classes and SQL', async () => {
    const found = await change({
      'app/models/account.rb': 'class Account < ApplicationRecord\n  has_many :users\nend\n',
      'app/queries/report.rb': 'SQL = "SELECT 1 FROM users"\n',
      'app/jobs/sweep.rb': 'class Sweep\n  def perform = User.find_each(&:touch)\nend\n',
    }, {}, 'drop_table :users');
    expect(rules(found)).toEqual(['drop-table error']);
    expect(found[0]?.why).toContain('still has "User"');
    expect(places(found).map((place) => place.split(' ')[0])).toEqual(['app/jobs/sweep.rb:2', 'app/models/account.rb:2', 'app/queries/report.rb:1']);
  });

  it('does not take a word, another class of the name or an association to another class for the table', async () => {
    const found = await change({
      'app/models/account.rb': 'class Account < ApplicationRecord\n  has_many :users, class_name: "Member"\nend\n',
      'app/views/accounts/show.html.erb': '<h1>User</h1> <%= t("User accounts") %> User.all\n',
      'app/jobs/crm/sync.rb': 'module Crm\n  class Sync\n    HEADER = "X-User-Agent"\n    def perform = User.new(1)\n  end\nend\n',
      'app/jobs/crm/user.rb': 'module Crm\n  class User\n  end\nend\n',
    }, {}, 'drop_table :users');
    expect(places(found)).toEqual([]);
  });

  it('is an error when only this branch removes the model, and a warning when the base has none', async () => {
    const gone = await change({}, { 'app/models/user.rb': '' }, 'drop_table :users');
    expect(rules(gone)).toEqual(['drop-table error']);
    expect(gone[0]?.why).toContain('Only this pull request removes "User"');
    expect(rules(await change({ 'db/schema.rb': schema(users, accounts, '  create_table "old_things" do |t|\n  end\n') }, {}, 'drop_table :old_things'))).toEqual(['drop-table warn']);
  });
});

describe('rename-column and rename-table', () => {
  it('list the places of the old name', async () => {
    const found = await change({ 'app/views/users/show.html.erb': '<%= @user.nickname %>\n' }, {}, 'rename_column :users, :nickname, :handle');
    expect(places(found.filter(({ ruleId }) => ruleId === 'rename-column'))).toEqual(['app/views/users/show.html.erb:1 names "nickname": <%= @user.nickname %>']);
    const table = await change({ 'app/jobs/sweep.rb': 'class Sweep\n  def perform = User.find_each(&:touch)\nend\n' }, {}, 'rename_table :users, :people');
    expect(places(table.filter(({ ruleId }) => ruleId === 'rename-table'))).toEqual(['app/jobs/sweep.rb:2 names "users": def perform = User.find_each(&:touch)']);
  });
});
