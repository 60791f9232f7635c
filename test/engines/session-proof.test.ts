import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec('create table t (id int)');
}, 60_000);

afterAll(() => database.close());

/** Sends each text by itself and gives the SQLSTATE of its warning or error, or `ok`; ends what is open. */
async function outcomes(...texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const text of texts) {
    const notices: string[] = [];
    try {
      await database.exec(text, { onNotice: (notice) => notices.push(notice.code ?? '') });
      found.push(notices[0] ?? 'ok');
    } catch (failure) {
      found.push(`error ${(failure as { code?: string }).code}`);
    }
  }
  await database.exec('rollback');
  return found;
}

const timeout = async () => (await database.query<{ lock_timeout: string }>('show lock_timeout')).rows[0]?.lock_timeout;

// What the rules on transaction statements say of Postgres.
describe('transactions of a session', () => {
  it('a second BEGIN warns, and its COMMIT ends the first', async () => {
    expect(await outcomes('begin', 'begin', 'commit', 'commit')).toEqual(['ok', '25001', 'ok', '25P01']);
  });

  it('SET LOCAL, SET CONSTRAINTS and SET TRANSACTION do nothing outside of one', async () => {
    expect(await outcomes("set local lock_timeout = '1s'", 'set constraints all deferred', 'set transaction isolation level serializable')).toEqual(['25P01', '25P01', '25P01']);
    expect(await timeout()).toBe('0');
  });

  it('several statements of one text are one, and a DO block is', async () => {
    expect(await outcomes("set local lock_timeout = '1s'; select 1", 'lock table t; select 1', "do $$ begin lock table t; set local lock_timeout = '1s'; end $$")).toEqual(['ok', 'ok', 'ok']);
    expect(await outcomes('create index concurrently on t (id); select 1')).toEqual(['error 25001']);
  });

  it('BEGIN in a text takes in what stands before it', async () => {
    expect(await outcomes('select 1; begin; create index concurrently on t (id)')).toEqual(['error 25001']);
    expect(await outcomes('create table u (id int); begin', 'rollback', 'select * from u')).toEqual(['ok', 'ok', 'error 42P01']);
  });

  it('LOCK TABLE is refused outside of one', async () => {
    expect(await outcomes('lock table t')).toEqual(['error 25P01']);
  });

  it('SET LOCAL ends with it, SET stays', async () => {
    await database.exec("begin; set local lock_timeout = '1s'; commit");
    expect(await timeout()).toBe('0');
    await database.exec("begin; set lock_timeout = '1s'; commit");
    expect(await timeout()).toBe('1s');
    await database.exec('reset all');
    expect(await timeout()).toBe('0');
  });
});
