import { describe, expect, it } from 'vitest';
import { needsSql } from '../../../src/parsers/rails/needs-sql.ts';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { readUp, up } from './read.ts';

const postgres = await loadSqlParser('postgres');

describe('SQL in Ruby', () => {
  const cases: readonly [what: string, body: string, wanted: readonly string[], classBody?: string][] = [
    ['plain', "execute 'LOCK a'", ['other LOCK a']],
    ['heredocs', 'execute <<~SQL\n  LOCK a;\n  LOCK b\nSQL\nexecute(<<-SQL.squish)\n  LOCK\n    c\nSQL', ['other LOCK a', 'other LOCK b', 'other LOCK c']],
    ['known interpolation', 'execute "LOCK #{TABLE} #{1 + 1}"', ['other LOCK users 2'], 'TABLE = :users'],
    ['quoting', "execute \"LOCK #{quote_table_name('a')} #{connection.quote('it''s')} #{connection.quote_column_name(:b)}\"", ['other LOCK "a" \'its\' "b"']],
    ['through the connection', "connection.execute('LOCK a')\nActiveRecord::Base.connection.execute('LOCK b')\nUser.connection.exec_update('LOCK c')\nActiveRecord::Base.connection_pool.with_connection { |c| c.execute('LOCK d') }", ['other LOCK a', 'other LOCK b', 'other LOCK c', 'other LOCK d']],
    ['lists', "['LOCK a', 'LOCK b'].each { |sql| execute sql }\nexecute %w[a b].map { |t| \"LOCK #{t}\" }.join('; ')", ['other LOCK a', 'other LOCK b', 'other LOCK a', 'other LOCK b']],
    ['several lines of a heredoc one by one', "<<~SQL.split(';').each { |sql| execute(sql) }\n  LOCK a;\n  LOCK b\nSQL", ['other LOCK a', 'other LOCK b']],
    ['MiniSql', "DB.exec('LOCK a')\nDB.query_single('LOCK b')\nDB.exec('UPDATE a SET b = :c', c: foo)", ['other LOCK a', 'other LOCK b', 'opaque "foo" is not defined in the files that were read: foo', 'update-rows a all statement']],
    ['the name of a table', 'execute "LOCK #{User.table_name} #{User.quoted_table_name}"', ['other LOCK people "people"'], "class User < ActiveRecord::Base\n  self.table_name = 'people'\nend"],
    ['unknown text', 'execute foo.bar\nexecute ENV["SQL"]', [expect.stringContaining('"foo" is not defined') as unknown as string, 'opaque the SQL is computed while the migration runs: execute foo.bar', 'opaque the SQL is computed while the migration runs: execute ENV["SQL"]']],
    ['files', "execute File.read(Rails.root.join('db/x.sql'))\nexecute IO.read('x')", ["opaque the SQL is read from a file: execute File.read(Rails.root.join('db/x.sql'))", "opaque the SQL is read from a file: execute IO.read('x')"]],
  ];
  it.each(cases)('%s', (_what, body, wanted, classBody) => {
    expect(up(body, classBody)).toEqual(wanted);
  });

  it('points into the text', () => {
    const { operations, source } = readUp('    execute <<~SQL\n      LOCK a;\n        LOCK #{ENV["T"]}\n    SQL\n');
    const text = (span: { start: number; end: number }): string => source.text.slice(span.start, span.end);
    expect(operations.map(({ at }) => text(at))).toEqual(['LOCK a', 'LOCK #{ENV["T"]}']);
    expect(operations.map(({ statement }) => text(statement).split('\n')[0])).toEqual(['execute <<~SQL', 'execute <<~SQL']);
    expect(operations).toMatchObject([{ language: 'sql', verb: 'LOCK' }, { language: 'sql' }]);
  });

  it('stands text from elsewhere at the call that runs it', () => {
    const { operations, source } = readUp('    execute QUERY', "  QUERY = 'LOCK a'");
    const [operation] = operations;
    expect(operation && source.text.slice(operation.at.start, operation.at.end)).toBe('execute QUERY');
    expect(operation?.via.map(({ start, end }) => source.text.slice(start, end))).toEqual(['LOCK a']);
  });

  it('reports broken SQL at its place', () => {
    const { problems, source } = readUp("    execute 'LOCK a; BROKEN b'");
    expect(problems).toMatchObject([{ kind: 'syntax-error', language: 'sql', message: 'This is no SQL.' }]);
    expect(problems.map(({ at }) => source.text.slice(at.start, at.end))).toEqual(['BROKEN']);
  });

  it('reads a text of a million characters to its end', () => {
    const one = `execute <<~SQL\n      UPDATE t SET a = '${'x'.repeat(1_200_000)}';\n      LOCK b\n    SQL`;
    expect(up(one)).toEqual(['update-rows t all statement', 'other LOCK b']);
  });

  it('reads a text that is too long as far as it goes, and says so', () => {
    const long = 'x'.repeat(1_000_000);
    const tooLong = `execute <<~SQL\n      LOCK a;\n${`      UPDATE t SET a = '${long}';\n`.repeat(5)}    SQL`;
    expect(up(tooLong)).toEqual(['other LOCK a', ...Array.from({ length: 3 }, () => 'update-rows t all statement'), expect.stringContaining('opaque the SQL is too long to be followed to its end: LOCK a;')]);
    const interpolated = `execute "LOCK a; UPDATE t SET a = '${long}#{LONG}'; LOCK b"`;
    expect(up(interpolated, `LONG = '${long}'`)).toEqual(['other LOCK a', expect.stringContaining('opaque the SQL is too long to be followed to its end')]);
    expect(up("execute 'LOCK c'", '').at(-1)).toBe('other LOCK c');
  });

  it('knows functions that an earlier call defined', () => {
    const { operations } = readUp("    execute \"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP TABLE x'\"\n    execute 'SELECT f()'\n", '', { sql: postgres });
    expect(operations.map(({ kind }) => kind)).toEqual(['create-function', 'drop-table']);
  });

  it('loads the SQL parser only where it can matter', () => {
    expect(needsSql('class A < ActiveRecord::Migration[7.0]\n  def change\n    add_column :users, :a, :string\n  end\nend')).toBe(false);
    for (const text of ["execute 'x'", 'connection.exec_query x', 'DB.query_single(y)', 'X = <<~SQL', '  include Helpers', 'class A < Base\n']) expect(needsSql(text)).toBe(true);
  });
});
