import { expect, it } from 'vitest';
import type { RailsEnvironment } from '../../../src/parsers/rails/environment.ts';
import { defaultInflections } from '../../../src/parsers/rails/environment.ts';
import { parseRailsMigration } from '../../../src/parsers/rails/migration.ts';
import { loadRubyParser } from '../../../src/parsers/ruby/parser.ts';
import { createSource } from '../../../src/source/source.ts';

const ruby = await loadRubyParser();
const environment: RailsEnvironment = {
  engine: { name: 'postgres', version: [], from: 'test' }, railsVersion: null, libraries: new Set(), inflections: defaultInflections, primaryKeyType: null,
  resolveConstant: () => null, ruby, sql: null,
};

function read(body: string): readonly (readonly [kind: string, at: string, verb: string])[] {
  const text = `class Try < ActiveRecord::Migration[8.0]\n  def change\n    ${body}\n  end\nend\n`;
  const { operations } = parseRailsMigration(createSource('db/migrate/20250101000000_try.rb', text), environment);
  return operations.map((operation) => [operation.kind, text.slice(operation.at.start, operation.at.end), operation.verb]);
}

it('points at the option that asks for a part', () => {
  expect(read('add_reference :posts, :user, index: { unique: true }, foreign_key: true')).toEqual([
    ['add-column', 'add_reference :posts, :user, index: { unique: true }, foreign_key: true', 'add_reference'],
    ['create-index', 'index: { unique: true }', 'add_reference'],
    ['add-foreign-key', 'foreign_key: true', 'add_reference'],
  ]);
  expect(read('change_column :posts, :title, :text, null: false')[1]).toEqual(['set-not-null', 'null: false', 'change_column']);
});

it('points at each name of several', () => {
  expect(read('change_table(:posts) { |t| t.remove :a, :b, type: :string }')).toEqual([['drop-column', ':a', 't.remove'], ['drop-column', ':b', 't.remove']]);
  expect(read('drop_table :a, :b').map(([, at]) => at)).toEqual([':a', ':b']);
});

it('points at the call in the block', () => {
  expect(read('change_table :posts, bulk: true do |t|\n      t.string :a, index: true\n    end')).toEqual([['add-column', 't.string :a, index: true', 't.string'], ['create-index', 'index: true', 't.string']]);
});
