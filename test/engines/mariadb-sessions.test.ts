import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, runStatements, socket } from './mariadb-server.ts';
import type { Session } from './mariadb-server.ts';
import { told } from './mariadb-told.ts';

const database = 'anzen_sessions';
const table = 'CREATE TABLE w (id INT NOT NULL PRIMARY KEY, a INT, code VARCHAR(20), pad CHAR(180)) ENGINE=InnoDB CHARACTER SET latin1';
const rows = 400_000;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.skipIf(socket === '')('what other sessions of MariaDB see', () => {
  let [changing, using, watching]: Session[] = [];
  beforeAll(async () => {
    runStatements([`DROP DATABASE IF EXISTS ${database}`, `CREATE DATABASE ${database}`]);
    [changing, using, watching] = [await openSession(database), await openSession(database), await openSession(database)];
  }, 60_000);
  afterAll(() => [changing, using, watching].forEach((session) => session?.close()));

  /** Waits until the changing session is in a state; false when its statement has ended before. */
  async function reaches(state: RegExp, ended: () => boolean): Promise<boolean> {
    for (;;) {
      const { rows: [now = ''] = [] } = await watching!.run(`SELECT state FROM information_schema.processlist WHERE id = ${changing!.id}`);
      if (state.test(now)) return true;
      if (ended()) return false;
      await wait(5);
    }
  }

  it.each([
    'ALTER TABLE w ADD COLUMN x INT, ALGORITHM=INSTANT', 'ALTER TABLE w ADD INDEX k (code), ALGORITHM=NOCOPY, LOCK=NONE', 'CREATE INDEX k ON w (code)', 'ALTER TABLE w DROP COLUMN code', 'ALTER TABLE w MODIFY a BIGINT',
    'RENAME TABLE w TO w2', 'TRUNCATE TABLE w', 'UPDATE w SET a = 1',
  ])('while it waits for an open transaction: %s', async (statement) => {
    runStatements([`USE ${database}`, 'DROP TABLE IF EXISTS w, w2', table, 'INSERT INTO w VALUES (1, 1, 1, 1), (2, 2, 2, 2)']);
    const waits = told(statement, [table]).some(({ locks }) => locks.some(({ mode }) => mode === 'metadata exclusive'));
    await using!.run('START TRANSACTION');
    await using!.run('SELECT count(*) FROM w');
    let ended = false;
    const change = changing!.run(statement).then((result) => {
      ended = true;
      return result;
    });
    expect(await reaches(/^Waiting for table metadata lock/, () => ended)).toBe(waits);
    await watching!.run('SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1');
    const reading = await watching!.run('SELECT count(*) FROM w');
    const writing = await watching!.run('INSERT INTO w (id) VALUES (9)');
    await using!.run('COMMIT');
    expect((await change).error).toBeNull();
    expect([reading.error, writing.error]).toEqual(waits ? ['1205', '1205'] : [null, null]);
  }, 60_000);

  it.each([
    'ALTER TABLE w ADD INDEX k (pad), LOCK=NONE', 'ALTER TABLE w ADD INDEX k (pad)', 'ALTER TABLE w FORCE, LOCK=NONE', 'ALTER TABLE w ADD INDEX k (pad), LOCK=SHARED', 'ALTER TABLE w MODIFY a BIGINT',
    'ALTER TABLE w FORCE, ALGORITHM=COPY', 'ALTER TABLE w ADD INDEX k (pad), LOCK=EXCLUSIVE',
  ])('while it works: %s', async (statement) => {
    runStatements([`USE ${database}`, 'DROP TABLE IF EXISTS w, w2', table, `INSERT INTO w SELECT seq, seq, seq, MD5(seq) FROM seq_1_to_${rows}`]);
    const blocks = told(statement, [table]).map((effect) => effect.locks[0]?.blocks)[0];
    await Promise.all([using!.run('SELECT 1'), watching!.run('SET SESSION lock_wait_timeout = 60')]);
    let ended = false;
    const change = changing!.run(statement).then((result) => {
      ended = true;
      return result;
    });
    expect(await reaches(/^(?:altering table|copy to tmp table)/, () => ended)).toBe(true);
    const passed = async (session: Session, sql: string) => {
      const { error } = await session.run(sql);
      expect(error).toBeNull();
      // What was let go at the end of the change may be heard of before that end.
      await wait(100);
      return !ended;
    };
    const [reads, writes] = await Promise.all([passed(watching!, 'SELECT a FROM w WHERE id = 1'), passed(using!, 'UPDATE w SET a = 2 WHERE id = 2')]);
    expect((await change).error).toBeNull();
    expect({ reads: !reads, writes: !writes }).toEqual(blocks);
  }, 120_000);
});
