import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concurrentIndex, duplicatesQuery, foreignKeyInTwoSteps, notNullInSteps, uniqueIndexAlone } from '../../src/remedies/index.ts';
import type { Remedy } from '../../src/remedies/index.ts';
import { column, createTable, foreignKey, index, name } from '../schema/deeds.ts';
import { at, context, deploy, run, structure } from './scene.ts';

let database: PGlite;
beforeAll(() => {
  database = new PGlite();
});
afterAll(() => database.close());

const build = (definition: ReturnType<typeof index>) => at({ kind: 'create-index', index: definition, concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null });
const query = (remedy: Remedy): string => remedy.steps.flatMap((step) => (step.kind === 'query' ? [step.sql] : []))[0] ?? '';
const rows = async (sql: string): Promise<number> => (await database.query(sql)).rows.length;

describe('when the data is not good', () => {
  const users = createTable('users', [column('id', 'integer', [], { nullable: false }), column('email', 'text'), column('team_id', 'integer')], { primaryKey: ['id'] });

  it('the duplicates query says so, and the unique index can be built again after it failed', async () => {
    await run(database, [users]);
    await database.exec(`INSERT INTO users VALUES (1, 'a'), (2, 'a'), (3, NULL), (4, NULL)`);
    const c = context([users]);
    const remedy = uniqueIndexAlone(build(index('users', ['email'], { name: 'u', unique: true })), c);
    expect(await rows(query(remedy))).toBe(1);
    await expect(deploy(database, remedy, c)).rejects.toThrow('could not create unique index');
    expect((await structure(database)).indexes).toContainEqual(expect.objectContaining({ indisvalid: false }));
    await database.exec('DELETE FROM users WHERE id = 2');
    expect(await rows(query(remedy))).toBe(0);
    await deploy(database, remedy, c);
    expect((await structure(database)).indexes).not.toContainEqual(expect.objectContaining({ indisvalid: false }));
    await expect(database.exec(`INSERT INTO users VALUES (5, 'a')`)).rejects.toThrow('duplicate key');
  });

  it('the queries of keys with expressions, predicates and equal NULLs are exact', async () => {
    await database.exec(`DROP TABLE users`);
    await run(database, [users]);
    await database.exec(`INSERT INTO users VALUES (1, 'a', 1), (2, 'A', 2), (3, NULL, 3), (4, NULL, 3)`);
    const c = context([users]);
    const step = (definition: ReturnType<typeof index>) => query(uniqueIndexAlone(build({ ...definition, unique: true, name: 'u' }), c));
    expect(await rows(step(index('users', [], { keys: [{ column: null, expression: 'lower(email)' }] })))).toBe(1);
    expect(await rows(step(index('users', [], { keys: [{ column: null, expression: 'lower(email)' }], where: 'id > 1' })))).toBe(0);
    expect(await rows(step(index('users', ['email'], { nullsNotDistinct: true })))).toBe(1);
    expect(await rows(step(index('users', ['team_id', 'email'])))).toBe(0);
    const plain = duplicatesQuery(name('users'), ['team_id'], c);
    expect(plain.kind === 'query' ? await rows(plain.sql) : null).toBe(1);
  });

  it('the queries for orphans and NULLs find them', async () => {
    const c = context([users]);
    expect(await rows(query(foreignKeyInTwoSteps(name('users'), foreignKey(['team_id'], 'users', { referencedColumns: ['id'] }), c)))).toBe(0);
    await database.exec('UPDATE users SET team_id = 99 WHERE id = 1');
    expect(await rows(query(foreignKeyInTwoSteps(name('users'), foreignKey(['team_id'], 'users'), c)))).toBe(1);
    expect(await rows(query(notNullInSteps(name('users'), 'email', c)))).toBe(1);
    expect(await rows(query(notNullInSteps(name('users'), 'id', c)))).toBe(0);
  });
});

it('an index of a partitioned table is built on each partition and is valid in the end', async () => {
  const events = createTable('events', [column('id', 'integer'), column('day', 'date')], { partitionBy: 'RANGE (day)' });
  const partition = (title: string) => createTable(title, [], { partitionOf: name('events') });
  await database.exec(`CREATE TABLE events (id integer, day date) PARTITION BY RANGE (day);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE events_2 PARTITION OF events DEFAULT`);
  const c = context([events, partition('events_1'), partition('events_2')]);
  const remedy = concurrentIndex(build(index('events', ['id'])), c);
  await deploy(database, remedy, c);
  const indexes = (await structure(database)).indexes?.filter((each) => /events/.test(JSON.stringify(each)));
  expect(indexes).toHaveLength(3);
  expect(indexes).not.toContainEqual(expect.objectContaining({ indisvalid: false }));
});
