import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/source/span.ts';
import { byteTable } from '../../../src/source/bytes.ts';
import { positionAt } from '../../../src/source/source.ts';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { readUp } from './read.ts';

const postgres = await loadSqlParser('postgres');
const mysql = await loadSqlParser('mysql');

/** What the spans of operations and problems cover in the file. */
function places(body: string, classBody = '', sql = postgres): { at: string[]; problems: string[] } {
  const { operations, problems, source } = readUp(body, classBody, { sql, engine: sql === mysql ? 'mysql' : 'postgres' });
  const text = ({ start, end }: Span): string => source.text.slice(start, end);
  return { at: operations.map(({ at }) => text(at)), problems: problems.filter(({ kind }) => kind === 'syntax-error').map(({ at }) => text(at)) };
}

describe('places of SQL in Ruby', () => {
  const texts: readonly (readonly [string, string, readonly string[], string?])[] = [
    ['a heredoc whose indentation is removed', 'execute <<~SQL\n  -- é 日本 🎉\n  DROP TABLE 日本;\n    ALTER TABLE "🎉" ADD é int,\n      DROP b\nSQL', ['DROP TABLE 日本', 'ADD é int', 'DROP b']],
    ['deeper lines and empty ones', 'execute <<~SQL\n\n      DROP TABLE\n        é,\n\n        b\n    SQL', ['é', 'b']],
    ['tabs', 'execute <<~SQL\n\t\tDROP TABLE é;\n\t  DROP TABLE b\n\tSQL', ['DROP TABLE é', 'DROP TABLE b']],
    ['a heredoc as it stands', "execute <<-'SQL'\n  DROP TABLE 日;\n    DROP TABLE b\n    SQL", ['DROP TABLE 日', 'DROP TABLE b']],
    ['CRLF', 'execute <<~SQL\r\n  DROP TABLE 🎉a;\r\n  DROP TABLE b\r\nSQL\r\n', ['DROP TABLE 🎉a', 'DROP TABLE b']],
    ['two heredocs on a line', 'execute <<~A; execute <<~B\n  DROP TABLE é;\nA\n  DROP TABLE 日\nB', ['DROP TABLE é', 'DROP TABLE 日']],
    ['an unknown interpolation', 'execute <<~SQL\n  DROP TABLE #{ENV["日🎉"]};\n  DROP TABLE é\nSQL', ['DROP TABLE #{ENV["日🎉"]}', 'DROP TABLE é']],
    ['a known interpolation', 'execute <<~SQL\n  DROP TABLE é_#{NAME};\n  DROP TABLE b\nSQL', ['DROP TABLE é_#{NAME}', 'DROP TABLE b'], "NAME = 'long_name_日'"],
    ['an interpolation of several statements', 'execute "#{BOTH}; DROP TABLE é"', ['#{BOTH}', '#{BOTH}', 'DROP TABLE é'], "BOTH = 'DROP TABLE a; DROP TABLE b'"],
    ['adjacent strings', "execute 'DROP TABLE 日; ' \\\n  'DROP TABLE é, ' \"🎉\"", ['DROP TABLE 日', 'é', '🎉']],
    ['a concatenation', "execute('DROP TABLE 日; ' + \"DROP TABLE é\")", ['DROP TABLE 日', 'DROP TABLE é']],
    ['a statement over two strings', "execute('DROP TABLE é; DROP ' + 'TABLE b')", ['DROP TABLE é', "DROP ' + 'TABLE b"]],
    ['escapes', String.raw`execute "\u65e5\n\t-- é\n" "DROP TABLE \"é\"; DROP TABLE b"`.replace(String.raw`\u65e5\n`, '\\n'), ['DROP TABLE \\"é\\"', 'DROP TABLE b']],
    ['squish', 'execute <<~SQL.squish\n  ALTER TABLE é\n    ADD a int,\n    DROP   日\nSQL', ['ADD a int', 'DROP   日']],
    ['strip', 'execute <<~SQL.strip\n\n  DROP TABLE é;\n  DROP TABLE b\nSQL', ['DROP TABLE é', 'DROP TABLE b']],
    ['parts of a list', "%w[é 日].each { |t| execute \"DROP TABLE #{t}\" }", ['DROP TABLE #{t}', 'DROP TABLE #{t}']],
    ['a body in a string in a heredoc', "execute <<~SQL\n  DO $$\n  BEGIN\n    DROP TABLE é;\n    EXECUTE 'DROP TABLE 日';\n  END $$\nSQL", ['DROP TABLE é', 'DROP TABLE 日']],
  ];
  it.each(texts.map(([what, body, wanted, classBody = '']) => ({ what, body, wanted, classBody })))('$what', ({ body, wanted, classBody }) => {
    expect(places(`    ${body}`, classBody).at).toEqual(wanted);
  });

  it.each<readonly [string, string, readonly string[]]>([
    ['a heredoc', 'execute <<~SQL\n  SELECT \'🎉日é\';\n  DROP TABEL x;\n  DROP TABLE y\nSQL', ['TABEL']],
    ['a statement with astral characters before it', "execute <<~SQL\n  UPDATE 日 SET a = '🎉🎉' WHRE b;\n  DROP TABLE y\nSQL", ['WHRE']],
    ['adjacent strings', "execute 'SELECT \"日\"; DROP ' 'TABEL x'", ['TABEL']],
    ['escapes', 'execute "SELECT \\"é\\";\\n\\tDROP TABEL x"', ['TABEL']],
    ['an open quote', "execute <<~SQL\n  SELECT 'é;\nSQL", ["'é;\n"]],
  ])('errors in %s', (_, body, wanted) => {
    expect(places(`    ${body}`).problems).toEqual(wanted);
  });

  it('for MySQL too', () => {
    const body = '    execute <<~SQL\n      # é 日 🎉\n      ALTER TABLE `é` ADD `日` INT, DROP 🎉x;\n      DROP TABEL x\n    SQL';
    expect(places(body, '', mysql)).toEqual({ at: ['ADD `日` INT', 'DROP 🎉x', 'DROP TABEL x'], problems: ['TABEL'] });
  });

  it('as lines, columns and bytes', () => {
    const { operations, source } = readUp('    execute <<~SQL # 日本 🎉\n      DROP TABLE 🎉, é;\n    SQL\n', '', { sql: postgres });
    const table = byteTable(source.text);
    const shown = operations.map(({ at }) => ({ ...positionAt(source, at.start), byte: table.toByte(at.start), text: source.text.slice(at.start, at.end) }));
    const line = source.text.split('\n').findIndex((text) => text.includes('DROP TABLE 🎉')) + 1;
    expect(shown).toEqual(['🎉', 'é'].map((text) => {
      const start = source.text.indexOf(text, source.text.indexOf('DROP TABLE'));
      return { line, column: start - source.text.lastIndexOf('\n', start), byte: Buffer.byteLength(source.text.slice(0, start)), text };
    }));
  });
});
