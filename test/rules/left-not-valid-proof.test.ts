import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);

afterAll(() => database.close());

const outcome = (sql: string) => database.exec(sql).then(() => 'ok', (failure: { code?: string }) => failure.code);

// What constraint-left-not-valid says of rows that were there before.
describe('rows that break a constraint that is NOT VALID', () => {
  it('of a check and NOT NULL fail at every update, of a foreign key only when the key changes', async () => {
    await database.exec(`create table p (id int primary key); create table t (id int, a int, k int, n int); insert into t values (1, -1, 7, 1), (2, 1, 7, 1), (3, 1, 7, null);
      alter table t add constraint c check (a > 0) not valid, add constraint f foreign key (k) references p not valid, add constraint nn not null n not valid`);
    expect(await outcome('update t set n = 2 where id = 1')).toBe('23514');
    expect(await outcome('update t set a = 2 where id = 3')).toBe('23502');
    expect(await outcome('update t set a = 2 where id = 2')).toBe('ok');
    expect(await outcome('update t set k = 8 where id = 2')).toBe('23503');
  });

  it('of a check prove no NOT NULL', async () => {
    await database.exec('create table u (id int); insert into u values (null); alter table u add constraint c check (id is not null) not valid');
    expect(await outcome('alter table u alter id set not null')).toBe('23502');
  });
});
