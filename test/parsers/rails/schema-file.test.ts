import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src/parsers/rails/models.ts';
import { parseRailsSchema, schemaVersion } from '../../../src/parsers/rails/schema-file.ts';
import { createSource } from '../../../src/source/source.ts';
import { environment, summary } from './read.ts';

const surroundings = environment();

describe('schema.rb', () => {
  const schema = (head: string): string => `# a dump\n${head} do\n  enable_extension "plpgsql"\n  create_table "users", force: :cascade do |t|\n    t.string "email", null: false\n    t.index ["email"], name: "i", unique: true\n  end\n  add_foreign_key "posts", "users"\nend\n`;
  it.each([
    ['ActiveRecord::Schema[7.1].define(version: 2024_01_02_030405)', '20240102030405'],
    ['ActiveRecord::Schema.define(version: 20240102030405)', '20240102030405'],
    ['ActiveRecord::Schema.define(:version => "20")', '20'],
  ])('%s', (head, version) => {
    const source = createSource('db/schema.rb', schema(head));
    expect(schemaVersion(source, surroundings)).toBe(version);
    const operations = parseRailsSchema(source, surroundings);
    expect(summary(operations)).toEqual(['create-extension', 'create-table users(id,email)', 'add-foreign-key posts']);
    expect(operations[1]).toMatchObject({ indexes: [{ name: 'i', unique: true }] });
  });

  it('gives nothing for other files', () => {
    expect(parseRailsSchema(createSource('x.rb', 'puts 1'), surroundings)).toEqual([]);
    expect(schemaVersion(createSource('x.rb', 'puts 1'), surroundings)).toBeNull();
  });
});

describe('models', () => {
  it('says what a class says about its table', () => {
    const text = "module Admin\n  HIDDEN = %w[c d]\n  class User < ApplicationRecord\n    include Hiding\n    self.table_name = 'admins'\n    self.ignored_columns += [:a, 'b', *HIDDEN]\n    self.inheritance_column = :kind\n  end\nend\nclass Base < ActiveRecord::Base\n  self.abstract_class = true\n  self.inheritance_column = nil\n  self.ignored_columns = %i[x]\nend\nmodule Hiding\n  extend ActiveSupport::Concern\n  included do\n    self.ignored_columns = ['y']\n  end\nend\n";
    expect(readModel(surroundings.ruby.parse(createSource('app/models/admin/user.rb', text)), surroundings)).toMatchObject([
      { className: 'Admin', kind: 'module' },
      { className: 'Admin::User', superclass: 'ApplicationRecord', tableName: 'admins', conventionalTable: 'users', ignoredColumns: ['a', 'b', 'c', 'd'], addsIgnoredColumns: true, inheritanceColumn: 'kind', includes: ['Hiding'], abstract: false },
      { className: 'Base', abstract: true, inheritanceColumn: '', ignoredColumns: ['x'], addsIgnoredColumns: false },
      { className: 'Hiding', kind: 'module', ignoredColumns: ['y'], includes: ['ActiveSupport::Concern'] },
    ]);
  });
});
