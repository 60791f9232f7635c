import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/operations/index.ts';
import { readFile, type Surroundings } from './read.ts';

const body = '\n  def change\n  end\nend\n';

function reasons(text: string, surroundings: Surroundings = {}): string[] {
  return readFile(text, surroundings).problems.map((problem: Problem) => (problem.kind === 'migration-class' ? `${problem.reason}${problem.instead ? ` ${problem.instead}` : ''}` : problem.kind));
}

describe('the class and its file', () => {
  const cases: readonly [what: string, text: string, surroundings: Surroundings, wanted: readonly string[]][] = [
    ['fine', `class ChangeThings < ActiveRecord::Migration[7.1]${body}`, {}, []],
    ['another name', `class ChangeThing < ActiveRecord::Migration[7.1]${body}`, {}, ['name-mismatch ChangeThings']],
    ['an acronym nobody told about', `class AddAPIKey < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/20240102030405_add_api_key.rb' }, []],
    ['no version', `class ChangeThings < ActiveRecord::Migration${body}`, {}, ['no-version ActiveRecord::Migration[7.1]']],
    ['no version, old Rails', `class ChangeThings < ActiveRecord::Migration${body}`, { rails: [4, 2] }, []],
    ['unknown version', `class ChangeThings < ActiveRecord::Migration[7.3]${body}`, { rails: null }, ['unknown-version ActiveRecord::Migration[8.0]']],
    ['newer than the application', `class ChangeThings < ActiveRecord::Migration[8.0]${body}`, {}, ['unknown-version ActiveRecord::Migration[7.1]']],
    ['no superclass', `class ChangeThings${body}`, {}, ['superclass ActiveRecord::Migration[7.1]']],
    ['no class', 'puts 1\n', {}, ['no-class class ChangeThings < ActiveRecord::Migration[7.1]']],
    ['an illegal name', `class AddX < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/20240102030405_Add-X.rb' }, ['illegal-file-name']],
    ['a name with an engine', `class AddX < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/20240102030405_add_x.active_storage.rb' }, []],
    ['no time', `class AddX < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/20240230030405_add_x.rb' }, ['invalid-timestamp']],
    ['too many digits', `class AddX < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/202401020304051_add_x.rb' }, ['invalid-timestamp']],
    ['a plain number', `class AddX < ActiveRecord::Migration[7.1]${body}`, { path: 'db/migrate/012_add_x.rb' }, []],
    ['statements outside', 'class ChangeThings < ActiveRecord::Migration[7.1]\n  add_column :users, :a, :string\n  execute "x" if true\n  private\n  def change\n  end\nend\n', {}, ['statement-outside-method', 'statement-outside-method']],
    ['broken Ruby', 'class ChangeThings < ActiveRecord::Migration[7.1]\n  def change\n    add_column :users, (\n  end\nend\n', {}, ['syntax-error']],
  ];
  it.each(cases)('%s', (_what, text, surroundings, wanted) => {
    expect(reasons(text, surroundings)).toEqual(wanted);
  });

  it('says what the migration is', () => {
    const migration = readFile(`# a comment\nclass ChangeThings < ActiveRecord::Migration[6.0]\n  def change; end # another\nend\n`);
    expect(migration).toMatchObject({ framework: 'rails', language: 'ruby', name: 'ChangeThings', version: '20240102030405', frameworkVersion: '6.0', transaction: 'wrapped' });
    expect(migration.comments.map(({ text }) => text.trim())).toEqual(['a comment', 'another']);
    expect(migration.source.text.slice(migration.head.start, migration.head.end)).toBe('class ChangeThings < ActiveRecord::Migration[6.0]');
  });

  it('never throws', () => {
    for (const text of ['', '\0', 'class', 'class A < B::', 'def up', '\uFFFF'.repeat(10), 'class ChangeThings < ActiveRecord::Migration[7.1]\n  def up\n    x = ->(a) { a.(a) }\n    x.(x)\n  end\nend', 'module A\n include A\n class B < B\n def up; super; end\n end\nend']) {
      expect(() => readFile(text)).not.toThrow();
    }
  });
});
