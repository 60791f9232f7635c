import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualified } from '../../src/operations/index.ts';
import { tablesNamed, usesColumn } from '../../src/schema/query-columns.ts';
import { createSchema } from '../../src/schema/state.ts';
import { column, createTable, run } from './deeds.ts';

const tables = { users: ['id', 'name', 'email', 'team_id'], teams: ['id', 'name', 'plan', 'created_at'], notes: ['id', 'body', 'user_id', 'email'] } as const;

const schema = createSchema({ complete: true });
for (const [name, columns] of Object.entries(tables)) schema.apply(createTable(name, columns.map((one) => column(one, one === 'created_at' ? 'timestamp' : 'text'))), { inChangeSet: false });

const queries: readonly string[] = [
  'SELECT id, email FROM users',
  'SELECT u.id, t.plan AS email FROM users u JOIN teams t ON t.id = u.team_id',
  'SELECT users.id, (SELECT count(*) FROM notes WHERE notes.user_id = users.id) AS body FROM users',
  'SELECT * FROM teams',
  'SELECT u.*, 1 AS plan FROM users AS u, teams',
  'SELECT count(*) FROM users WHERE email IS NOT NULL',
  'WITH busy AS (SELECT user_id, count(*) AS n FROM notes GROUP BY user_id) SELECT u.name, busy.n FROM users u JOIN busy ON busy.user_id = u.id',
  'SELECT extract(year FROM created_at) AS id FROM teams',
  'SELECT plan FROM ((users u JOIN teams t ON (u.team_id = t.id)) LEFT JOIN notes n ON n.user_id = u.id)',
  'SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM notes n WHERE n.user_id = u.id AND n.body <> u.email)',
  'SELECT id::text, CAST(plan AS text) AS name FROM teams ORDER BY created_at DESC',
  'SELECT a.id FROM users a, LATERAL (SELECT b.body FROM notes b WHERE b.user_id = a.id LIMIT 1) c WHERE c.body IS DISTINCT FROM a.name',
  'SELECT lower(email) AS lower, coalesce(name, \'team_id\') FROM users GROUP BY email, name',
  'SELECT plan, row_number() OVER (PARTITION BY name ORDER BY created_at) AS id FROM teams',
  'SELECT "t"."plan" FROM public."teams" "t" UNION ALL SELECT body FROM notes',
  'SELECT max(x) FROM (SELECT email AS x FROM users) s',
  'SELECT *, (SELECT count(*) FROM notes) AS n FROM teams',
  'WITH a AS (SELECT t.* FROM teams t) SELECT a.plan, u.email FROM users u CROSS JOIN a UNION ALL SELECT body, NULL FROM notes',
  'SELECT * FROM users WHERE team_id IN (SELECT id FROM teams) UNION ALL SELECT id, body, email, user_id FROM notes',
  'SELECT id FROM notes WHERE user_id IN (SELECT id FROM users WHERE email = \'x\' AND body = name)',
  'SELECT lower(body) AS email FROM notes ORDER BY email',
  'SELECT (SELECT plan FROM teams t WHERE t.id = team_id) AS plan FROM users',
  'SELECT plan || trim(both \' \' from teams.name) FROM teams',
];

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  for (const [name, columns] of Object.entries(tables)) await database.exec(`create table ${name} (${columns.map((one) => `${one} ${one === 'created_at' ? 'timestamp' : 'text'}`).join(', ')})`);
}, 60_000);

afterAll(() => database.close());

/** The columns on which the server says that the view depends. */
async function used(): Promise<string[]> {
  const { rows } = await database.query<{ use: string }>(`select distinct d.refobjid::regclass || '.' || a.attname as use from pg_depend d join pg_rewrite r on r.oid = d.objid
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where r.ev_class = 'v'::regclass and d.refobjsubid > 0 and d.refobjid <> r.ev_class order by 1`);
  return rows.map((row) => row.use);
}

describe('the columns that a query uses are those that a view of it depends on', () => {
  it.each(queries)('%s', async (query) => {
    await database.exec(`create view v as ${query}`);
    const wanted = await used();
    await database.exec('drop view v');
    const view = qualified('v');
    schema.apply(run({ kind: 'create-view', view, materialized: false, replace: false, query, reads: [] }), { inChangeSet: false });
    const starred = schema.view(view)?.starred;
    const found = Object.entries(tables).flatMap(([name, columns]) => columns.filter((one) =>
      starred?.get(name)?.has(one) || usesColumn(query, qualified(name), one, (table) => schema.table(table)) === 'surely').map((one) => `${name}.${one}`));
    expect(found.sort()).toEqual(wanted);
  });
});

describe('what the text does not tell', () => {
  it('says perhaps for a column that two tables of one query have, and for one that an unknown table may have', () => {
    const lookup = schema.table.bind(schema);
    expect(usesColumn('SELECT body FROM notes JOIN users USING (email)', qualified('users'), 'email', lookup)).toBe('perhaps');
    expect(usesColumn('SELECT id FROM users WHERE EXISTS (SELECT 1 FROM ghosts WHERE team_id = 1)', qualified('users'), 'team_id', lookup)).toBe('perhaps');
    expect(usesColumn('SELECT ghosts.plan FROM teams, ghosts', qualified('teams'), 'plan', lookup)).toBe('no');
  });

  it('takes a condition as one on its own table', () => {
    const own = qualified('notes');
    expect(usesColumn('user_id = current_user', own, 'user_id', (table) => schema.table(table), own)).toBe('surely');
    expect(usesColumn('EXISTS (SELECT 1 FROM users u WHERE u.id = notes.user_id)', qualified('users'), 'id', (table) => schema.table(table), own)).toBe('surely');
  });

  it('names the tables, but no WITH query', () => {
    expect(tablesNamed('WITH x AS (SELECT 1 FROM a.users) SELECT * FROM x JOIN ONLY teams USING (id), generate_series(1, 2) n')).toEqual([qualified('teams'), qualified('users', 'a')]);
  });
});
