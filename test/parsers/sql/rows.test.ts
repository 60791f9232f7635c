import { describe, expect, it } from 'vitest';
import { cases, deedsOf, name, readerOf, type Row } from './reading.ts';

const postgres = await readerOf('postgres');
const mysql = await readerOf('mysql');

describe('data changes', () => {
  const changes: readonly Row[] = [
    ['INSERT INTO t (a, b) VALUES (1, 2), (3, 4) ON CONFLICT DO NOTHING', { kind: 'insert-rows', table: name('t'), columns: ['a', 'b'], rows: 2, fromQuery: false, reads: [] }],
    ['INSERT INTO t DEFAULT VALUES', { kind: 'insert-rows', rows: 1 }],
    ['INSERT INTO t SELECT * FROM u', { kind: 'insert-rows', rows: null, fromQuery: true, reads: [name('u')] }],
    ['INSERT INTO t SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t)', { kind: 'insert-rows', rows: 1, fromQuery: false, reads: [name('t')] }],
    ['UPDATE a.t SET x = 1, y = 2 WHERE z IS NULL RETURNING id', { kind: 'update-rows', table: name('t', 'a'), columns: ['x', 'y'], scope: 'filtered', where: 'z IS NULL' }],
    ['DELETE FROM t', { kind: 'delete-rows', table: name('t'), scope: 'all', where: null }],
    ['WITH d AS (DELETE FROM a WHERE x RETURNING *) INSERT INTO b SELECT * FROM d', { kind: 'delete-rows', table: name('a'), where: 'x' }, { kind: 'insert-rows', table: name('b'), reads: [] }],
    ['WITH d AS (DELETE FROM a RETURNING *) SELECT count(*) FROM d', { kind: 'delete-rows', scope: 'all' }],
    ['MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)', { kind: 'update-rows', columns: ['a'] }, { kind: 'insert-rows', reads: [name('u')] }],
    ['CREATE TABLE b AS SELECT * FROM a JOIN c USING (id)', { kind: 'create-table', fromQuery: true, reads: [name('a'), name('c')] }],
    ['SELECT * INTO b FROM a', { kind: 'create-table', fromQuery: true, reads: [name('a')] }],
    ['TRUNCATE a, b CASCADE', { kind: 'truncate', tables: [name('a'), name('b')], cascade: true }],
    ['COPY t FROM stdin;\n1\t;DROP TABLE x\n\\.\nCOPY t TO stdout', { kind: 'load-rows', table: name('t') }, { kind: 'read-rows', tables: [name('t')] }],
    ['SELECT a FROM t, u WHERE EXISTS (SELECT 1 FROM v)', { kind: 'read-rows', tables: expect.arrayContaining([name('t'), name('u'), name('v')]), check: false }],
  ];
  it.each(cases(changes))('$sql', ({ sql, deeds }) => {
    expect(deedsOf(postgres(sql))).toMatchObject(deeds);
  });
});

describe('the rows a condition lets through', () => {
  const conditions: readonly (readonly [scope: string, condition: string])[] = [
    ['bounded', 'id = 5'], ['bounded', '5 = t.id'], ['bounded', 'user_id IN (1, 2)'], ['bounded', 'uuid = \'x\''], ['bounded', 'id BETWEEN 1 AND 100 AND b'],
    ['bounded', 'id >= 1 AND id < 100'], ['bounded', '(id = 1 OR id = 2)'], ['bounded', 'a AND (b AND id = 1)'],
    ['bounded', 'id IN (SELECT id FROM t WHERE x LIMIT 100)'], ['bounded', 'id = #{id}'], ['bounded', 'id IN (?)'], ['bounded', 'id = :id'],
    ['filtered', 'a IS NULL'], ['filtered', 'id > 5'], ['filtered', 'id <> 5'], ['filtered', 'id NOT IN (1)'], ['filtered', 'id = 1 OR a = 2'], ['filtered', 'id = other_id'],
    ['filtered', 'id IN (SELECT id FROM u)'], ['filtered', 'id BETWEEN a AND b'], ['filtered', 'EXISTS (SELECT 1 FROM u LIMIT 1)'], ['filtered', 'email = \'x\''],
    ['all', 'true'], ['all', '1 = 1'], ['all', '1'], ['all', '(1 = 1)'], ['all', '\'a\' = \'a\''], ['filtered', '1 = 2'], ['filtered', '0'], ['filtered', 'a = a'],
  ];
  it.each(conditions)('%s: %s', (scope, condition) => {
    const sql = `UPDATE t SET a = (SELECT b FROM u LIMIT 1) WHERE ${condition}`;
    expect(deedsOf(postgres(sql))).toMatchObject([{ kind: 'update-rows', scope }]);
    expect(deedsOf(mysql(sql))).toMatchObject([{ kind: 'update-rows', scope }]);
  });

  it('takes a join for a condition, unless it keeps every row', () => {
    const scopes = (sql: string) => deedsOf(mysql(sql)).map((deed) => ('scope' in deed ? deed.scope : null));
    expect(scopes('DELETE a FROM posts a JOIN b ON a.id = b.post_id; DELETE a FROM posts a LEFT JOIN b ON a.id = b.post_id')).toEqual(['filtered', 'all']);
    expect(scopes('UPDATE posts a INNER JOIN b ON a.id = b.post_id SET a.x = b.x; UPDATE posts a LEFT OUTER JOIN b USING (id) SET a.x = b.x')).toEqual(['filtered', 'all']);
  });

  it('knows batches by ctid, and keys taken from a limited WITH query', () => {
    expect(deedsOf(postgres('DELETE FROM t WHERE ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 10))'))).toMatchObject([{ scope: 'bounded' }]);
    expect(deedsOf(postgres('WITH b AS (SELECT id FROM t LIMIT 10) UPDATE t SET x = 1 FROM b WHERE b.id = t.id'))).toMatchObject([{ scope: 'bounded' }]);
  });
});
