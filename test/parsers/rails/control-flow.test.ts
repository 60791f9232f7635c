import { describe, expect, it } from 'vitest';
import { readUp, up } from './read.ts';

const add = (column: string): string => `add_column :users, :${column}, :string`;

describe('conditions', () => {
  const cases: readonly [what: string, body: string, wanted: readonly string[]][] = [
    ['decided ones leave no trace', `if 1 < 2\n${add('a')}\nelse\n${add('b')}\nend\n${add('c')} unless true`, ['add-column users.a']],
    ['unless column_exists?', `${add('a')} unless column_exists?(:users, :a)`, ['add-column users.a [maybe; not-exists column_exists?(:users, :a)]']],
    ['both branches', `if table_exists?(:old)\ndrop_table :old\nelse\n${add('a')}\nend`, ['drop-table old [maybe; exists table_exists?(:old)]', 'add-column users.a [maybe; not-exists table_exists?(:old)]']],
    ['&& and !', `if table_exists?(:users) && !column_exists?(:users, :a)\n${add('a')}\nend`, ['add-column users.a [maybe; exists table_exists?(:users); not-exists column_exists?(:users, :a)]']],
    ['a question kept in a variable', `missing = !index_exists?(:users, :a)\n${add('a')} if missing`, ['add-column users.a [maybe; not-exists !index_exists?(:users, :a)]']],
    ['column_names.include?', `${add('a')} unless User.column_names.include?('a')`, ["add-column users.a [maybe; not-exists User.column_names.include?('a')]"]],
    ['an environment', `${add('a')} if Rails.env.production?`, ['add-column users.a [maybe; condition Rails.env.production?]']],
    ['ternary and logic', `foo? ? ${add('a').replace(/add_column (.*)/, 'add_column($1)')} : nil\nbar? && ${add('b').replace(/add_column (.*)/, 'add_column($1)')}`, ['add-column users.a [maybe; condition foo?]', 'add-column users.b [maybe; condition bar?]']],
    ['case', `case ENV['X']\nwhen 'a' then ${add('a')}\nelse ${add('b')}\nend`, ["add-column users.a [maybe; condition case ENV['X'] when 'a']", "add-column users.b [maybe; condition case ENV['X'] else]"]],
    ['decided case', `x = :b\ncase x\nwhen :a then ${add('a')}\nwhen :b, :c then ${add('b')}\nend`, ['add-column users.b']],
    ['early return', `return unless foo?\n${add('a')}`, ['add-column users.a [maybe; condition foo?]']],
    ['early return when it exists', `return if table_exists?(:users)\n${add('a')}`, ['add-column users.a [maybe; not-exists table_exists?(:users)]']],
    ['next', `%i[a b].each do |c|\n  next if c == :a\n  add_column :users, c, :string\nend`, ['add-column users.b']],
    ['next that may happen', `%i[a].each do |c|\n  next if foo?\n  add_column :users, c, :string\nend\n${add('z')}`, ['add-column users.a [maybe; condition !foo?]', 'add-column users.z']],
    ['break', `%i[a b c].each do |c|\n  break if c == :b\n  add_column :users, c, :string\nend`, ['add-column users.a']],
    ['a check that stops the migration', `raise 'no' if foo?\n${add('a')}`, ['add-column users.a']],
    ['nothing after raise', `${add('a')}\nraise 'no'\n${add('b')}`, ['add-column users.a']],
    ['rescue', `begin\n${add('a')}\nrescue ActiveRecord::StatementInvalid\n${add('b')}\nensure\n${add('c')}\nend`, ['add-column users.a [rescue rescue ActiveRecord::StatementInvalid]', 'add-column users.b [maybe; rescue rescue ActiveRecord::StatementInvalid]', 'add-column users.c']],
    ['rescue that raises again', `begin\n${add('a')}\nrescue => e\nputs e\nraise\nend`, ['add-column users.a']],
    ['while', `while foo?\n${add('a')}\nend`, ['add-column users.a [maybe; condition foo?]']],
    ['an unknown list', `stuff = ENV['LIST'].split(',')\nstuff.each { |c| add_column :users, c, :string }`, ['add-column users.#{c} [maybe]']],
    ['what branches assign is joined', `t = :users\nt = :posts if foo?\ndrop_table t`, ['drop-table t']],
    ['the same value from both branches', `if foo?\nt = :users\nelse\nt = :users\nend\ndrop_table t`, ['drop-table users']],
  ];
  it.each(cases)('%s', (_what, body, wanted) => {
    expect(up(body).map((line) => line.replace('drop-table #{t}', 'drop-table t'))).toEqual(wanted.map((line) => (line.includes('#{c}') ? expect.stringMatching(/^add-column users\..* \[maybe\]$/) : line)));
  });

  it('decides questions about the adapter by the engine', () => {
    const body = `case connection.adapter_name\nwhen /mysql/i then ${add('mysql')}\nwhen 'PostgreSQL' then ${add('pg')}\nend\nif ActiveRecord::Base.connection.adapter_name =~ /postg/i\n${add('pg2')}\nend\n${add('lite')} if sqlite?`;
    expect(up(body)).toEqual(['add-column users.pg', 'add-column users.pg2']);
    expect(up(body, '', { engine: 'mysql' })).toEqual(['add-column users.mysql']);
    expect(up(body, '', { engine: 'sqlite' })).toEqual(['add-column users.lite']);
  });

  it('decides questions about the release of Rails', () => {
    expect(up(`if ActiveRecord::VERSION::MAJOR >= 7\n${add('a')}\nelse\n${add('b')}\nend`)).toEqual(['add-column users.a']);
  });

  it('keeps the loop variable of an unknown loop unknown', () => {
    const { operations } = readUp("n = 0\nloop do\n  execute \"UPDATE users SET a = 1 WHERE id > #{n}\"\n  n += 100\n  break if n > 1000\nend");
    expect(operations).toMatchObject([{ kind: 'update-rows', mode: { by: 'batches' } }]);
  });
});
