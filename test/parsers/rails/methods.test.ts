import { describe, expect, it } from 'vitest';
import { printName, tableOf } from '../../../src/operations/index.ts';
import { readFile, readUp, summary, up } from './read.ts';

describe('methods of the code', () => {
  const cases: readonly [what: string, body: string, classBody: string, wanted: readonly string[]][] = [
    ['positional, optional and keyword parameters', 'add :users, :a, null: false', 'def add(table, column, type = :string, null: true, **rest)\n  add_column table, "#{column}_#{type}", type, null: null, **rest\nend', ['add-column users.a_string']],
    ['splats', 'drop :a, :b, :c', 'def drop(first, *rest)\n  drop_table first\n  rest.each { |t| drop_table t }\nend', ['drop-table a', 'drop-table b', 'drop-table c']],
    ['yield and block parameters', 'each_table { |t| drop_table t }\nwrap { drop_table :z }', "def each_table\n  %w[x y].each { |t| yield t }\nend\ndef wrap(&block)\n  block.call\nend", ['drop-table x', 'drop-table y', 'drop-table z']],
    ['return values', 'tables.each { |t| drop_table t }\ndrop_table name_of(:users)', 'def tables\n  %w[x y]\nend\ndef name_of(t)\n  return "old_#{t}" if true\n  t\nend', ['drop-table x', 'drop-table y', 'drop-table old_users']],
    ['helpers that take the table', 'create_table(:users) { |t| common(t); t.string :b }', 'def common(t)\n  t.integer :a\nend', ['create-table users(id,a,b)']],
    ['blocks of helpers inside blocks of tables', 'create_table(:users) do |t|\n  %w[a b].each { |n| t.string n }\n  [1].each { t.text "c#{it}" }\nend', '', ['create-table users(id,a,b,c1)']],
    ['implicit parameters', 'create_table(:users) { it.string :a }\ncreate_table(:posts) { _1.string :b }', '', ['create-table users(id,a)', 'create-table posts(id,b)']],
    ['a block given on', 'make(:users) { |t| t.string :a }', 'def make(name, &block)\n  create_table(name, id: false, &block)\nend', ['create-table users(a)']],
    ['super of a statement', 'add_column :users, :a, :string', 'def add_column(table, *)\n  super\n  drop_table table\nend', ['add-column users.a', 'drop-table users']],
    ['arguments passed on', 'drop(:a, if_exists: true)\nkeep(:b, :c, :string) { nil }', 'def drop(...) = drop_table(...)\ndef keep(*, **, &) = add_column(*, **, &)', ['drop-table a [exists if_exists]', 'add-column b.c']],
    ['method objects and aliases', '%w[a b].each(&method(:drop))\nwipe :c', 'def drop(t)\n  drop_table t\nend\nalias wipe drop', ['drop-table a', 'drop-table b', 'drop-table c']],
    ['constants of the own class', 'self.class::TABLES.each { |t| drop_table t }\nself.class.more', 'TABLES = %w[a]\ndef self.more\n  new.drop_table :b\nend', ['drop-table a', 'drop-table b']],
    ['a block nobody knows', 'create_table(:a, &foo?)', '', ['opaque the block is not known: create_table(:a, &foo?)', 'create-table a(id)']],
    ['objects and structs', "Table.new(:users).drop(self)\nPair.new(:a, 'b').then { |p| rename_table p.from, p.to }", "Pair = Struct.new(:from, :to)\nclass Table\n  attr_reader :name\n  def initialize(name)\n    @name = name\n  end\n  def drop(migration)\n    migration.drop_table(name)\n  end\nend", ['drop-table users', 'rename-table a']],
    ['tools of Discourse', 'DROPPED.each { |table, columns| Migration::ColumnDropper.execute_drop(table, columns) }', 'DROPPED = { users: %i[a b] }', ['drop-column users.a', 'drop-column users.b']],
    ['modules of the file', 'Names.all.each { |t| drop_table t }', "module Names\n  def self.all\n    %w[a b]\n  end\nend", ['drop-table a', 'drop-table b']],
  ];
  it.each(cases)('%s', (_what, body, classBody, wanted) => {
    expect(up(body, classBody)).toEqual(wanted);
  });

  it('keeps the place of the call', () => {
    const { operations, source } = readUp('    clean', 'def clean\n  drop_table :a\nend');
    const [operation] = operations;
    const text = (span: { start: number; end: number } | undefined): string => (span ? source.text.slice(span.start, span.end) : '');
    expect(text(operation?.at)).toBe('drop_table :a');
    expect(operation?.via.map(text)).toEqual(['clean']);
  });

  it('reads self.up and class << self', () => {
    expect(summary(readFile('class ChangeThings < ActiveRecord::Migration\n  def self.up\n    drop :a\n  end\n  def self.drop(t)\n    drop_table t\n  end\nend').operations)).toEqual(['drop-table a']);
    expect(summary(readFile('class ChangeThings < ActiveRecord::Migration[7.0]\n  class << self\n    def up\n      drop_table :a\n    end\n  end\nend').operations)).toEqual(['drop-table a']);
  });

  it('stands other files at the call in this one', () => {
    const files = { Helpers: 'module Helpers\n  TABLE = :users\n  def wipe(column)\n    remove_column TABLE, column\n    yield if block_given?\n  end\nend' };
    const { operations, source } = readUp('    wipe(:a) { drop_table :b }', '  include Helpers', { files });
    expect(summary(operations)).toEqual(['drop-column users.a', 'drop-table b']);
    const [first, second] = operations;
    expect(first && source.text.slice(first.at.start, first.at.end)).toBe('wipe(:a) { drop_table :b }');
    expect(first?.via.at(-1)?.path).toBe('lib/helpers.rb');
    expect(second && source.text.slice(second.at.start, second.at.end)).toBe('drop_table :b');
  });

  it('runs inherited migrations', () => {
    const files = { Base: 'class Base < ActiveRecord::Migration[6.1]\n  disable_ddl_transaction!\n  def up\n    drop_table name_of_table\n  end\n  def down; end\nend' };
    const migration = readFile('class ChangeThings < Base\n  def name_of_table\n    :users\n  end\nend', { files });
    expect(summary(migration.operations)).toEqual(['drop-table users']);
    expect(migration).toMatchObject({ frameworkVersion: '6.1', transaction: 'none', down: { kind: 'empty' } });
  });

  it('calls a helper that nobody defines opaque', () => {
    expect(up('frobnicate :users do\n  drop_table :a\nend')).toEqual([expect.stringMatching(/^opaque "frobnicate" is not defined in the files that were read: frobnicate :users do$/), 'drop-table a [maybe]']);
    expect(readUp('add_colum :users, :a, :string').problems).toMatchObject([{ kind: 'misspelled-call', call: 'add_colum', suggestion: 'add_column' }]);
  });

  it('takes plain Ruby for what it is', () => {
    expect(up("puts 'x'\nrequire 'csv'\nsleep 1\nt = Time.now\nRails.logger.info(t)\nSecureRandom.hex\nENV['A']\nFile.exist?('x')\n[1, 2].sum\nnil")).toEqual([]);
  });

  it('tells which parts Rails sends together', () => {
    const { operations } = readUp('change_table :users, bulk: true do |t|\n  t.string :a\n  t.remove :b\nend\nchange_table(:users) { |t| t.string :c }');
    expect(operations.map(({ combined }) => combined ?? false)).toEqual([true, true, false]);
  });

  it('names tables that are not known', () => {
    const [operation] = readUp('drop_table ENV["T"]').operations;
    const table = operation && tableOf(operation);
    expect(table?.dynamic).toBe(true);
    expect(table && printName(table)).toContain('ENV["T"]');
  });
});
