import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Operation } from '../../src/operations/index.ts';
import { outputColumns } from '../../src/schema/query-output.ts';
import { createSchema } from '../../src/schema/state.ts';
import { column, createTable, name, run } from './deeds.ts';

const tables = {
  users: [column('id', 'bigint'), column('name', 'text'), column('email', 'varchar', [80]), column('team_id', 'bigint'), column('made', 'timestamp')],
  teams: [column('id', 'integer'), column('title', 'text'), column('email', 'varchar', [40])],
} as const;
const newSchema = () => {
  const schema = createSchema({ complete: true });
  for (const [title, columns] of Object.entries(tables)) schema.apply(createTable(title, columns), { inChangeSet: false });
  return schema;
};

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
  await database.exec('create table users (id bigint, name text, email varchar(80), team_id bigint, made timestamp); create table teams (id int, title text, email varchar(40))');
}, 60_000);
afterAll(() => database.close());

/** Queries, and whether each name is told. */
const queries: readonly (readonly [sql: string, known: boolean])[] = [
  ['SELECT u.id, u.email, users.name FROM users u, public.users WHERE u.id > 1', true],
  ['SELECT * FROM users', true],
  ['SELECT t.*, u.name n FROM users u JOIN teams t ON t.id = u.team_id', true],
  ['SELECT DISTINCT ON (u.id, u.name) u.id AS "Key", count(*) OVER (PARTITION BY name) total FROM users u', true],
  ['SELECT lower(email), count(*), coalesce(max(name), \'none\') FROM users GROUP BY email', true],
  ['SELECT CASE WHEN id > 1 THEN \'a\' END AS size, made AT TIME ZONE \'utc\' AS made_at, (SELECT title FROM teams t WHERE t.id = users.team_id) AS team FROM users', true],
  ['SELECT id AS a FROM users UNION ALL SELECT id FROM teams', true],
  ['SELECT (name || email) both_names, id + 1 AS next, "email" AS "E Mail" FROM users ORDER BY id LIMIT 5', true],
  ['SELECT id::text, CASE WHEN id > 1 THEN name ELSE email END, extract(year FROM made), made AT TIME ZONE \'utc\', name COLLATE "C", name ISNULL FROM users', false],
  ['SELECT made::timestamp without time zone, trim(name), made::date due FROM users', false],
  ['SELECT name IS NOT NULL FROM users', false],
];

describe('the columns of a query', () => {
  it.each(queries)('%s', async (sql, known) => {
    await database.exec(`drop view if exists v; create view v as ${sql}`);
    const { rows } = await database.query<{ column_name: string }>('select column_name from information_schema.columns where table_name = \'v\' order by ordinal_position');
    const told = outputColumns(sql, (table) => newSchema().table(table));
    expect(told).toHaveLength(rows.length);
    for (const [at, one] of (told ?? []).entries()) if (one.name !== null || known) expect(one.name).toBe(rows[at]?.column_name);
  });

  it.each(['WITH a AS (SELECT 1 AS x) SELECT x FROM a', 'VALUES (1, 2)', 'SELECT * FROM users JOIN teams USING (id)', 'SELECT * FROM (SELECT 1 AS x) s', 'SELECT * FROM elsewhere', 'SELECT s.*, 1 AS y FROM users, LATERAL (SELECT name) s'])('are not told: %s', (sql) => {
    expect(outputColumns(sql, (table) => newSchema().table(table))).toBeNull();
  });
});

const view = (query: string, replace: boolean, columns?: readonly string[]): Operation => run({ kind: 'create-view', view: name('v'), materialized: false, replace, query, reads: [], ...(columns ? { columns } : {}) });

describe('OR REPLACE', () => {
  it.each<[string, string, boolean, (readonly string[])?]>([
    ['SELECT id, name FROM users', 'SELECT id, name, email FROM users', false],
    ['SELECT id, name FROM users', 'SELECT u.id, u.name FROM users u WHERE id > 1', false],
    ['SELECT id, name FROM users', 'SELECT id, name || \'x\' AS name FROM users', false],
    ['SELECT id, name FROM users', 'SELECT id FROM users', true],
    ['SELECT id, name FROM users', 'SELECT name, id FROM users', true],
    ['SELECT id, name FROM users', 'SELECT id, email, name FROM users', true],
    ['SELECT id, name FROM users', 'SELECT id, email AS name FROM users', true],
    ['SELECT id, email FROM users', 'SELECT u.id, t.email FROM users u JOIN teams t ON t.id = u.team_id', true],
    ['SELECT id, email FROM users', 'SELECT t.id, u.email FROM users u JOIN teams t ON t.id = u.team_id', true],
    ['SELECT * FROM teams', 'SELECT id, title, email FROM teams', false],
    ['SELECT * FROM teams', 'SELECT id, title AS name, email FROM teams', true],
    ['SELECT id, count(*) AS n FROM users GROUP BY id', 'SELECT id, count(*) AS total FROM users GROUP BY id', true],
    ['SELECT id FROM users', 'SELECT team_id FROM users', false, ['id']],
    ['SELECT id FROM users', 'SELECT id FROM users', true, ['key']],
  ])('%s -> %s', async (before, after, isRefused, columns) => {
    await database.exec(`drop view if exists v; create view v as ${before}`);
    const schema = newSchema();
    schema.apply(view(before, false), { inChangeSet: false });
    const told = effectOf(view(after, true, columns), schema, { name: 'postgres', version: [18], from: 'test' }).refused?.error;
    const error = await database.exec(`create or replace view v${columns ? ` (${columns.join()})` : ''} as ${after}`).then(() => undefined, (failure: { code: string }) => failure.code);
    expect(error).toBe(isRefused ? '42P16' : undefined);
    expect(told).toBe(error);
  });

  it('knows columns that were renamed, and not what may have been dropped', () => {
    const schema = newSchema();
    schema.apply(view('SELECT id, name FROM users', false), { inChangeSet: false });
    schema.apply(run({ kind: 'rename-column', table: name('v'), column: 'name', to: 'label' }), { inChangeSet: false });
    const refused = (query: string) => effectOf(view(query, true), schema, { name: 'postgres', version: [18], from: 'test' }).refused?.because;
    expect(refused('SELECT id, name AS label FROM users')).toBeUndefined();
    expect(refused('SELECT id, name FROM users')).toContain('has "name" in the place of "label"');
    schema.apply({ ...run({ kind: 'drop-view', view: name('v'), materialized: false, ifExists: true, cascade: false }), certain: false }, { inChangeSet: false });
    expect(refused('SELECT id, name FROM users')).toBeUndefined();
  });
});
