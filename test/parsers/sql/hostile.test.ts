import { describe, expect, it } from 'vitest';
import { deedsOf, readerOf } from './reading.ts';

const engines = [['postgres', await readerOf('postgres')], ['mysql', await readerOf('mysql')]] as const;
const times = (text: string, count: number) => text.repeat(count);

describe.each(engines)('any input on %s', (_, read) => {
  it.each<readonly [string, string]>([
    ['20,000 nested parentheses', `SELECT ${times('(', 20_000)}1${times(')', 20_000)}`],
    ['a sum of 10,000 terms', `SELECT ${times('1+', 10_000)}1`],
    ['a megabyte of rows', `INSERT INTO t (a, b) VALUES ${times("(1, 'abc'),", 90_000)}(1, 'x')`],
    ['a megabyte of cases', `UPDATE t SET a = CASE ${times('WHEN id = 1 THEN 2 ', 55_000)}END`],
    ['many columns', `CREATE TABLE t (${Array.from({ length: 3000 }, (_, at) => `c${at} int DEFAULT ${at} NOT NULL`).join(',')})`],
    ['many placeholders', times('UPDATE t SET a = ? WHERE id = :id;\n', 1000)],
  ])('%s, and the next statement is read', (_, sql) => {
    expect(deedsOf(read(`${sql};\nDROP TABLE x;`)).at(-1)).toMatchObject({ kind: 'drop-table', table: { name: 'x' } });
  });

  it.each<readonly [string, string]>([
    ['unbalanced quotes', times("SELECT 'a\n", 5000)], ['open parentheses', times('DROP TABLE (\n', 5000)], ['open comments', times('/* ', 20_000)], ['dollars', times('$a$ ', 5001)],
    ['open blocks', `DO $$ ${times('BEGIN ', 20_000)} $$`], ['open conditions', `DO $$ BEGIN ${times('IF a THEN ', 20_000)} END $$`], ['templates', times('${ {{ ', 10_000)],
    ['backslashes', times('\\', 20_000)], ['delimiters', times('DELIMITER ;;\n', 5000)], ['lone surrogates', "SELECT '\ud800', \udc00"], ['control characters', times('\u0001\u0002\u007f', 1000)],
    ['empty', ''], ['only semicolons', ';;;'], ['only a comment', '-- x'],
  ])('%s does not throw', (_, sql) => {
    expect(Array.isArray(read(sql))).toBe(true);
  });

  it('tells a NUL at its place and reads on', () => {
    const sql = 'DROP TABLE a\0b; DROP TABLE c';
    const statements = read(sql);
    expect(statements[0]?.error).toMatchObject({ at: { start: 12, end: 13 } });
    expect(deedsOf(statements).at(-1)).toMatchObject({ kind: 'drop-table', table: { name: 'c' } });
  });

  it('reads on after many statements too deep to read', () => {
    const deep = `SELECT ${times('1+', 1400)}1 ${times('UNION SELECT 1 ', 300)};\n`;
    expect(deedsOf(read(`${times(deep, 40)}DROP TABLE x`)).at(-1)).toMatchObject({ kind: 'drop-table' });
  });

  it('counts the rows of a long INSERT', () => {
    expect(deedsOf(read(`INSERT INTO t (a) VALUES ${times("('x;'),", 40_000)}(2)`))).toMatchObject([{ kind: 'insert-rows', rows: 40_001, columns: ['a'] }]);
  });

  it('reads a thousand actions of one ALTER TABLE and says that there are more', () => {
    const statements = read(`ALTER TABLE t ${Array.from({ length: 1500 }, (_, at) => `ADD COLUMN c${at} int NOT NULLL`).join(', ')};\nDROP TABLE x;`);
    const deeds = deedsOf(statements);
    expect(deeds.filter(({ kind }) => kind !== 'opaque')).toHaveLength(1001);
    // Postgres's grammar tells that the statement is broken; elsewhere only the cap is told.
    expect(statements[0]?.error !== null || deeds.some((deed) => deed.kind === 'opaque' && deed.reason === 'the statement has more actions than are read')).toBe(true);
    expect(deeds.at(-1)).toMatchObject({ kind: 'drop-table', table: { name: 'x' } });
  });

  it('reads on after rows of COPY that never end', () => {
    expect(deedsOf(read(times('COPY t (a) FROM stdin;\n1\n', 3000) + ';DROP TABLE x')).at(-1)).toMatchObject({ kind: 'drop-table' });
  });
});

describe('functions that call each other', async () => {
  const read = await readerOf('postgres');

  it('are read to a bounded depth and length, and the next statement is read', () => {
    const body = (at: number) => `${times(`PERFORM f${(at + 1) % 8}(); `, 50)} DROP TABLE a${at};`;
    const functions = Array.from({ length: 8 }, (_, at) => `CREATE FUNCTION f${at}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${body(at)} END $$;`).join('\n');
    const deeds = deedsOf(read(`${functions}\n${times('SELECT f0();\n', 200)}DROP TABLE x;`));
    expect(deeds.length).toBeLessThan(20_000);
    expect(deeds.at(-1)).toMatchObject({ kind: 'drop-table', table: { name: 'x' } });
  });
});
