import { describe, expect, it } from 'vitest';
import { differences, doTheSame } from '../../src/operations/index.ts';
import type { Migration } from '../../src/operations/index.ts';
import { migrationOf, projectOf } from '../frameworks/open.ts';

const rails = (body: string, head = ''): Promise<Migration> => {
  const path = 'db/migrate/20260101101112_x.rb';
  return projectOf({ [path]: `${head}class X < ActiveRecord::Migration[7.1]\n  ${body}\nend\n` }).then((project) => migrationOf(project, path));
};
const sql = (text: string): Promise<Migration> => {
  const path = 'migrations/00001_x.sql';
  return projectOf({ [path]: `-- +goose Up\n${text}\n` }).then((project) => migrationOf(project, path));
};
const change = (text: string) => `def change\n    ${text}\n  end`;
const kinds = ({ onlyInFirst, onlyInSecond }: ReturnType<typeof differences>) => [onlyInFirst.map(({ kind }) => kind), onlyInSecond.map(({ kind }) => kind)];

describe('two readings of a migration', () => {
  it('do the same when only spelling, comments, places and the way back differ', async () => {
    const plain = await rails(change("add_column :users, :note, :text\n    execute 'CREATE INDEX i ON users (note)'"));
    expect(doTheSame(plain, await rails(change("add_column('users', 'note', :text) # a note\n\n    execute <<~SQL\n      create index i\n        on users (note);\n    SQL"), '# frozen_string_literal: true\n\n'))).toBe(true);
    expect(doTheSame(await sql('CREATE TABLE a (id int, b text);'), await sql('-- a\ncreate table a (\n  id integer,\n  b text\n);'))).toBe(true);
    expect(doTheSame(await rails('def up\n    add_column :users, :note, :text\n  end\n  def down; end'), await rails('def up\n    add_column :users, :note, :text\n  end\n  def down\n    remove_column :users, :note\n  end'))).toBe(true);
  });

  it('do not when what is left behind differs, or how it gets there', async () => {
    const plain = await rails(change('add_index :users, :note'));
    expect(doTheSame(plain, await rails(change('add_index :users, :note, unique: true')))).toBe(false);
    expect(doTheSame(plain, await rails(`disable_ddl_transaction!\n\n  ${change('add_index :users, :note, algorithm: :concurrently')}`))).toBe(false);
    expect(doTheSame(plain, await rails(change('add_index :users, :note if true\n    add_column :users, :x, :text')))).toBe(false);
  });
});

describe('differences', () => {
  it('are what one leaves behind and the other does not', async () => {
    const plain = await rails(change('add_index :users, :note\n    add_column :users, :age, :integer'));
    expect(kinds(differences(plain, await rails(`disable_ddl_transaction!\n\n  ${change('add_column :users, :age, :integer, if_not_exists: true\n    add_index :users, :note, algorithm: :concurrently')}`)))).toEqual([[], []]);
    expect(kinds(differences(plain, await rails(change('add_column :users, :age, :bigint'))))).toEqual([['create-index', 'add-column'], ['add-column']]);
    expect(kinds(differences(plain, await rails(change('add_index :users, :note\n    add_index :users, :note\n    add_column :users, :age, :integer'))))).toEqual([[], ['create-index']]);
    expect(kinds(differences(await sql('SET lock_timeout = 1;\nUPDATE a SET b = 1 WHERE id = 2;'), await sql('UPDATE a SET b = 1 WHERE id = 3;')))).toEqual([['update-rows'], ['update-rows']]);
  });
});
