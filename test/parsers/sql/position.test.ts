import { describe, expect, it } from 'vitest';
import { readerOf } from './reading.ts';

const both = [['postgres', await readerOf('postgres')], ['mysql', await readerOf('mysql')]] as const;

describe.each(both)('places on %s are UTF-16 units', (_, read) => {
  it('after é, 日, 🎉 and CRLF', () => {
    const text = "\ufeff-- é 日 🎉\r\nINSERT INTO a VALUES ('🎉');\r\nALTER TABLE é ADD 日 int DEFAULT 1, DROP 🎉x;\r\n";
    const statements = read(text);
    const last = statements.at(-1);
    expect(text.slice(last?.start, last?.end)).toBe('ALTER TABLE é ADD 日 int DEFAULT 1, DROP 🎉x');
    expect(last?.deeds.map(({ at }) => text.slice(at.start, at.end))).toEqual(['ADD 日 int DEFAULT 1', 'DROP 🎉x']);
    expect(last?.deeds[1]?.deed).toMatchObject({ kind: 'drop-column', column: '🎉x', table: { name: 'é' } });
  });

  it('of errors', () => {
    const sql = "SELECT 'é 日 🎉';\r\nDROP TABEL x;\r\n";
    const broken = read(sql)[1];
    expect(sql.slice(broken?.error?.at.start, broken?.error?.at.end)).toBe('TABEL');
    expect(broken?.error?.message).toBe('Syntax error at or near "TABEL".');
  });
});

describe('places on postgres', async () => {
  const read = await readerOf('postgres');
  const texts = (sql: string) => read(sql).flatMap(({ deeds }) => deeds.map(({ at }) => sql.slice(at.start, at.end)));

  it.each<readonly [string, string, readonly string[]]>([
    ['after rows of COPY', "COPY 日 FROM stdin;\n🎉\t'é;\n\\.\nDROP TABLE é, 🎉;", ['COPY 日 FROM stdin', 'é', '🎉']],
    ['after lines of psql', '\\echo 日 🎉\nDROP TABLE é;', ['\\echo 日 🎉', 'DROP TABLE é']],
    ['in blocks', "DO $é$ BEGIN -- 日 🎉\n  DROP TABLE 日;\n  EXECUTE 'DROP TABLE 🎉'; END $é$", ['DROP TABLE 日', 'DROP TABLE 🎉']],
    ['after escape strings', "SELECT E'日\\'🎉;'; ALTER TABLE é ADD 日 text DEFAULT E'\\'', DROP b", ["SELECT E'日\\'🎉;'", "ADD 日 text DEFAULT E'\\''", 'DROP b']],
    ['in statements that are not valid', "ALTER TABLE 日 ADD é int, DROP 🎉, FROB;\nDROP TABLE é", ['ADD é int', 'DROP 🎉', 'DROP TABLE é']],
    ['with a byte order mark and carriage returns', '\ufeffDROP TABLE 日;\r\rDROP TABLE 🎉\r', ['DROP TABLE 日', 'DROP TABLE 🎉']],
  ])('%s', (_, sql, wanted) => {
    expect(texts(sql)).toEqual(wanted);
  });
  it('of errors behind astral characters in the same statement', () => {
    const sql = "UPDATE t SET a = '🎉🎉', 日 = 'é' WHRE b";
    const error = read(sql)[0]?.error;
    expect(sql.slice(error?.at.start, error?.at.end)).toBe('WHRE');
  });

  it('of expressions', () => {
    const sql = "ALTER TABLE t ADD a text DEFAULT '🎉' || f('日', 1) NOT NULL, ADD CHECK (é > '🎉')";
    expect(read(sql)[0]?.deeds.map(({ deed }) => deed)).toMatchObject([{ column: { default: { sql: "'🎉' || f('日', 1)" } } }, { check: { expression: "é > '🎉'" } }]);
  });
});
