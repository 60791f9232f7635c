import { describe, expect, it } from 'vitest';
import { readFile, readUp, summary, up } from './read.ts';

const change = (body: string, classBody = ''): ReturnType<typeof readFile> => readFile(`class ChangeThings < ActiveRecord::Migration[7.1]\n${classBody}\n  def change\n${body}\n  end\nend\n`);

describe('directions', () => {
  it('runs up parts and leaves down parts out', () => {
    const migration = change("reversible do |dir|\n  dir.up { drop_table :a }\n  dir.down { drop_table :b }\nend\nup_only { drop_table :c }\nreversible { |d| d.down { raise ActiveRecord::IrreversibleMigration } }");
    expect(summary(migration.operations)).toEqual(['drop-table a', 'drop-table c']);
    expect(migration.down.kind).toBe('refuses');
    expect(migration.problems).toEqual([]);
  });

  it('reads down on its own', () => {
    const migration = readFile('class ChangeThings < ActiveRecord::Migration[7.1]\n  def up\n    drop_table :a\n  end\n  def down\n    create_table :a\n  end\nend');
    expect(migration.down).toMatchObject({ kind: 'written', operations: [{ kind: 'create-table', direction: 'down' }] });
    expect(readUp('').down.kind).toBe('empty');
    expect(readFile('class ChangeThings < ActiveRecord::Migration[7.1]\n  def up; end\nend').down.kind).toBe('missing');
    expect(readFile('class ChangeThings < ActiveRecord::Migration[7.1]\n  def up; end\n  def down\n    raise ActiveRecord::IrreversibleMigration, "no"\n  end\nend').down.kind).toBe('refuses');
    expect(change('').down.kind).toBe('automatic');
  });

  it('turns revert round', () => {
    expect(up('revert do\n  create_table(:a) { |t| t.string :x }\n  add_column :b, :c, :string\n  rename_column :b, :d, :e\n  execute "DELETE FROM x"\nend')).toEqual([
      expect.stringMatching(/^opaque SQL cannot be reversed/), 'rename-column b.e d', 'drop-column b.c', 'drop-table a',
    ]);
  });

  it('reverts another migration', () => {
    const files = { AddA: 'class AddA < ActiveRecord::Migration[7.0]\n  def change\n    add_column :users, :a, :string\n    add_index :users, :a\n  end\nend' };
    expect(up('revert AddA', '', { files })).toEqual([expect.stringMatching(/^drop-index users/), 'drop-column users.a']);
    expect(up('revert Unknown')[0]).toMatch(/^opaque the migration to be reverted was not found/);
  });

  it('reports what change cannot undo', () => {
    expect(change("execute 'UPDATE users SET a = 1'\nUser.update_all(a: 1)").problems.map((problem) => problem.kind === 'irreversible' && problem.call)).toEqual(['execute', 'User.update_all']);
    expect(change("up_only { execute 'UPDATE users SET a = 1' }").problems).toEqual([]);
  });
});

describe('safety_assured', () => {
  const reasons: readonly [what: string, body: string, reason: string | null][] = [
    ['an argument', "safety_assured('small table') { drop_table :a }", 'small table'],
    ['a comment above', '# nobody uses it\n# since March\nsafety_assured { drop_table :a }', 'nobody uses it since March'],
    ['a comment behind', 'safety_assured do # nobody uses it\n  drop_table :a\nend', 'nobody uses it'],
    ['a directive is none', '# rubocop:disable Foo\nsafety_assured { drop_table :a }', null],
    ['a comment further up is none', '# about nothing\n\nsafety_assured { drop_table :a }', null],
  ];
  it.each(reasons)('%s', (_what, body, reason) => {
    const { operations, problems } = readUp(body);
    expect(operations).toMatchObject([{ kind: 'drop-table', assured: { by: 'safety_assured', reason } }]);
    expect(problems.map(({ kind }) => kind)).toEqual(reason === null ? ['unexplained-assurance'] : []);
  });

  it('keeps its inner statements apart', () => {
    const { operations, statements, source } = readUp('safety_assured do # fine\n  drop_table :a\n  drop_table :b\nend');
    expect(operations.map(({ statement }) => source.text.slice(statement.start, statement.end))).toEqual(['drop_table :a', 'drop_table :b']);
    expect(statements.map(({ start, end }) => source.text.slice(start, end).split('\n')[0])).toEqual(['safety_assured do # fine', 'drop_table :a', 'drop_table :b']);
  });
});

describe('transactions', () => {
  const ids = (body: string, classBody = '', engine: 'postgres' | 'mysql' = 'postgres'): (number | null)[] => readUp(body, classBody, { engine }).operations.map(({ transaction }) => transaction);

  it('gives the whole file one, unless it is switched off or MySQL', () => {
    expect(ids('drop_table :a\ntransaction { drop_table :b }')).toEqual([1, 1]);
    expect(ids('drop_table :a\ntransaction { drop_table :b }\nActiveRecord::Base.transaction do\n  drop_table :c\n  transaction { drop_table :d }\nend', 'disable_ddl_transaction!')).toEqual([null, 1, 2, 2]);
    expect(ids('drop_table :a\nUser.transaction { drop_table :b }', '', 'mysql').filter((id, at) => at !== 1)).toEqual([null, 1]);
    expect(readUp('', '', { engine: 'mysql' }).transaction).toBe('none');
  });

  it('records where it is switched off', () => {
    const migration = readUp('', '  disable_ddl_transaction!');
    const at = migration.transactionDisabledAt;
    expect(at && migration.source.text.slice(at.start, at.end)).toBe('disable_ddl_transaction!');
    expect(readUp('', 'disable_ddl_transaction! if mysql?').transactionDisabledAt).toBeNull();
    const files = { Off: 'module Off\n  extend ActiveSupport::Concern\n  included do\n    disable_ddl_transaction!\n  end\nend', Hook: 'module Hook\n  def self.included(base)\n    base.disable_ddl_transaction!\n  end\nend' };
    expect(readUp('', 'include Off', { files }).transaction).toBe('none');
    expect(readUp('', 'include Hook', { files }).transaction).toBe('none');
  });

  it('tells what bounds the wait for locks as a setting', () => {
    const settings = (body: string, head = '') => readUp(body, head).operations.flatMap((operation) => (operation.kind === 'set-setting' ? [`${operation.name} ${operation.value} ${operation.local}`] : [operation.kind]));
    expect(settings('with_lock_retries { drop_table :a }', 'disable_ddl_transaction!')).toEqual(['lock_timeout some time true', 'drop-table']);
    expect(settings('with_lock_timeout(5) { drop_table :a }')).toEqual(['lock_timeout 5s false', 'drop-table', 'lock_timeout null false']);
    expect(settings('drop_table :a', 'set_lock_timeout 5000')).toEqual(['lock_timeout some time false', 'drop-table']);
    expect(settings('drop_table :a', 'disable_lock_timeout!')).toEqual(['lock_timeout 0 false', 'drop-table']);
  });

  it('follows BEGIN and COMMIT', () => {
    expect(ids("execute 'COMMIT'\nexecute 'SELECT 1'\nexecute 'BEGIN'\ndrop_table :a")).toEqual([1, null, 2, 2]);
    expect(ids('connection.begin_db_transaction\ndrop_table :a\nconnection.commit_db_transaction\ndrop_table :b', 'disable_ddl_transaction!')).toEqual([1, 1, 1, null]);
    expect(ids('with_lock_retries { drop_table :a }', 'disable_ddl_transaction!')).toEqual([1, 1]);
  });

  // Active Record: `transaction` rescues Rollback; without requires_new it joins the transaction around it, which then goes on.
  it('end with ActiveRecord::Rollback', () => {
    const kinds = (body: string, classBody = 'disable_ddl_transaction!') => readUp(body, classBody).operations.map(({ kind, certain }) => `${kind}${certain ? '' : '?'}`);
    expect(kinds('transaction do\n  drop_table :a\n  raise ActiveRecord::Rollback\n  drop_table :b\nend\ndrop_table :c')).toEqual(['drop-table', 'rollback', 'drop-table']);
    expect(kinds('ActiveRecord::Base.transaction do\n  drop_table :a\n  raise ::ActiveRecord::Rollback, "rehearsed" if x?\nend\ndrop_table :c')).toEqual(['drop-table', 'rollback?', 'drop-table']);
    expect(kinds('transaction do\n  drop_table :a\n  raise ActiveRecord::Rollback\nend\ndrop_table :c', '')).toEqual(['drop-table', 'drop-table']);
    expect(kinds('transaction(requires_new: true) do\n  drop_table :a\n  raise ActiveRecord::Rollback\nend\ndrop_table :c', '')).toEqual(['savepoint', 'drop-table', 'rollback-to-savepoint', 'drop-table']);
    expect(kinds('transaction(requires_new: true) do\n  drop_table :a\n  raise ActiveRecord::Rollback if x?\nend', '')).toEqual(['savepoint', 'drop-table', 'release-savepoint']);
    expect(kinds('transaction do\n  drop_table :a\n  begin\n    raise ActiveRecord::Rollback\n  rescue StandardError\n    say "no"\n  end\nend')).toEqual(['drop-table', 'rollback?']);
    expect(kinds('transaction do\n  drop_table :a\n  raise "no"\nend\ndrop_table :c')).toEqual(['drop-table']);
  });
});
