import { describe, expect, it } from 'vitest';
import { loadMysqlReference } from '../../../scripts/mysql-reference.ts';
import { agreed, onlyOurs, rejected, seenDifferently } from './mysql-forms.ts';
import { readerOf } from './reading.ts';

const reference = await loadMysqlReference();
const mysql = await readerOf('mysql');
const mariadb = await readerOf('mariadb');

/** Accepted, and what it does. */
const ours = (sql: string) => mysql(sql).map(({ error, deeds }) => [error?.message ?? null, ...deeds.map(({ deed }) => deed.kind)]);

describe('our reader of MySQL and an independent one', () => {
  it.each(agreed.map(([sql, ...kinds]) => ({ sql, kinds })))('see the same in $sql', ({ sql, kinds }) => {
    const theirs = reference(sql);
    expect(theirs.error).toBeNull();
    expect(theirs.kinds ?? kinds).toEqual(kinds);
    expect(ours(sql)).toEqual([[null, ...kinds]]);
    expect(mariadb(sql)).toEqual(mysql(sql));
  });

  it.each(onlyOurs.map(([why, sql, ...kinds]) => ({ why, sql, kinds })))('$why: $sql', ({ sql, kinds }) => {
    expect(reference(sql).error).not.toBeNull();
    expect(ours(sql)).toEqual([[null, ...kinds]]);
  });

  it.each(seenDifferently.map(([why, sql, ...kinds]) => ({ why, sql, kinds })))('$why: $sql', ({ sql, kinds }) => {
    const theirs = reference(sql);
    expect(theirs.error).toBeNull();
    expect(theirs.kinds).not.toEqual(kinds);
    expect(ours(sql)).toEqual([[null, ...kinds]]);
  });

  it.each(rejected)('both reject %s', (sql) => {
    expect(reference(sql).error).not.toBeNull();
    expect(mysql(sql).some(({ error }) => error !== null)).toBe(true);
  });

  it('compares enough', () => {
    expect(agreed.length).toBeGreaterThanOrEqual(100);
  });
});

describe('an action of ALTER TABLE that is not known', () => {
  it('costs only itself', () => {
    const sql = 'ALTER TABLE t ADD a INT, FROBNICATE (x, y) HARD, DROP b';
    const [statement] = mysql(sql);
    expect(statement?.error).toBeNull();
    expect(statement?.deeds.map(({ deed, at }) => [deed.kind, sql.slice(at.start, at.end)])).toEqual([['add-column', 'ADD a INT'], ['opaque', 'FROBNICATE (x, y) HARD'], ['drop-column', 'DROP b']]);
  });
});
