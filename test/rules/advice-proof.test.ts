import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres16Words, postgresWords } from '../../src/rules/shared/reserved-words.data.ts';

// What the advice rules say of Postgres, on Postgres.

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);

afterAll(() => database.close());

async function value(sql: string): Promise<unknown> {
  const { rows } = await database.query<Record<string, unknown>>(sql);
  return Object.values(rows[0] ?? {})[0];
}

async function errorOf(...statements: string[]): Promise<string | undefined> {
  try {
    for (const statement of statements) await database.exec(statement);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('column types', () => {
  it('integers end, with 22003', async () => {
    await database.exec('CREATE TABLE counts (a integer, b smallint)');
    expect(await errorOf('INSERT INTO counts (a) VALUES (2147483648)')).toBe('22003');
    expect(await errorOf('INSERT INTO counts (b) VALUES (32768)')).toBe('22003');
  });

  it('timestamp drops the offset of what is written, and now() is the session\'s own time', async () => {
    expect(await value("SELECT '2026-01-01 12:00+09'::timestamp::text")).toBe('2026-01-01 12:00:00');
    await database.exec("SET TimeZone = 'UTC'; CREATE TABLE moments (at timestamp, zoned timestamptz); BEGIN; INSERT INTO moments VALUES (now(), now()); SET TimeZone = 'Asia/Tokyo'; INSERT INTO moments VALUES (now(), now()); COMMIT; SET TimeZone = 'UTC'");
    expect(await value('SELECT count(DISTINCT at) || \' \' || count(DISTINCT zoned) FROM moments')).toBe('2 1');
  });

  it('char pads what is stored: equal to its literal, and no match for it', async () => {
    await database.exec("CREATE TABLE codes (code char(4)); INSERT INTO codes VALUES ('ab')");
    expect(await value("SELECT code = 'ab' FROM codes")).toBe(true);
    expect(await value("SELECT code LIKE 'ab' FROM codes")).toBe(false);
    expect(await value('SELECT octet_length(code) || \' \' || length(code) FROM codes')).toBe('4 2');
  });

  it('a view refuses a change of varchar(n), and a lower limit rewrites while a higher one does not', async () => {
    await database.exec('CREATE TABLE labels (a varchar(20), b varchar(20), c varchar(20)); CREATE VIEW shown AS SELECT c FROM labels');
    const file = () => value("SELECT relfilenode FROM pg_class WHERE relname = 'labels'");
    const before = await file();
    await database.exec('ALTER TABLE labels ALTER a TYPE varchar(30)');
    expect(await file()).toBe(before);
    await database.exec('ALTER TABLE labels ALTER b TYPE varchar(10)');
    expect(await file()).not.toBe(before);
    expect(await errorOf('ALTER TABLE labels ALTER c TYPE varchar(30)')).toBe('0A000');
  });

  it('identity refuses a value that serial takes and later collides with', async () => {
    await database.exec('CREATE TABLE numbered (id serial PRIMARY KEY); CREATE TABLE identified (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY); INSERT INTO numbered VALUES (1)');
    expect(await errorOf('INSERT INTO numbered DEFAULT VALUES')).toBe('23505');
    expect(await errorOf('INSERT INTO identified VALUES (1)')).toBe('428C9');
  });

  it('serial needs rights on its sequence, identity does not', async () => {
    await database.exec('CREATE ROLE clerk; CREATE TABLE serials (id serial, n int); CREATE TABLE identities (id int GENERATED ALWAYS AS IDENTITY, n int); GRANT INSERT ON serials, identities TO clerk; SET ROLE clerk');
    expect(await errorOf('INSERT INTO serials (n) VALUES (1)')).toBe('42501');
    expect(await errorOf('INSERT INTO identities (n) VALUES (1)')).toBeUndefined();
    await database.exec('RESET ROLE');
  });

  it('jsonb refuses half a document, text takes it', async () => {
    await database.exec('CREATE TABLE documents (a text, b jsonb)');
    expect(await errorOf("INSERT INTO documents (a) VALUES ('{')")).toBeUndefined();
    expect(await errorOf("INSERT INTO documents (b) VALUES ('{')")).toBe('22P02');
  });

  it('floating-point sums miss by a little', async () => expect(await value('SELECT 0.1::float8 + 0.2::float8 = 0.3::float8')).toBe(false));

  it('a boolean with NULL is found neither as true nor as false', async () => {
    await database.exec('CREATE TABLE flags (f boolean); INSERT INTO flags VALUES (NULL)');
    expect(await value('SELECT count(*)::int FROM flags WHERE f OR NOT f')).toBe(0);
  });
});

describe('indexes and keys', () => {
  it('an index may name a column twice, a key may not', async () => {
    await database.exec('CREATE TABLE twice (a int NOT NULL)');
    expect(await errorOf('CREATE INDEX ON twice (a, a)')).toBeUndefined();
    expect(await errorOf('ALTER TABLE twice ADD UNIQUE (a, a)')).toBe('42701');
    expect(await errorOf('ALTER TABLE twice ADD PRIMARY KEY (a, a)')).toBe('42701');
  });

  it('an unnamed index is built once more at every run', async () => {
    await database.exec('CREATE TABLE again (a int); CREATE INDEX ON again (a); CREATE INDEX ON again (a)');
    expect(await value("SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'again'")).toBe('again_a_idx again_a_idx1');
  });

  it('a hash index has no order, no second column and no uniqueness', async () => {
    await database.exec('CREATE TABLE hashed (a text, b text)');
    expect(await errorOf('CREATE INDEX ON hashed USING hash (a, b)')).toBe('0A000');
    expect(await errorOf('CREATE UNIQUE INDEX ON hashed USING hash (a)')).toBe('0A000');
    expect(await errorOf('CREATE INDEX ON hashed USING hash (a DESC)')).toBe('0A000');
  });

  it('deletes are refused without ON DELETE, with 23503', async () => {
    await database.exec('CREATE TABLE owners (id int PRIMARY KEY); CREATE TABLE owned (owner_id int REFERENCES owners); INSERT INTO owners VALUES (1); INSERT INTO owned VALUES (1)');
    expect(await errorOf('DELETE FROM owners')).toBe('23503');
  });

  it('a published table without key or identity refuses updates', async () => {
    await database.exec('CREATE TABLE keyless (a int); CREATE TABLE silent (a int PRIMARY KEY); ALTER TABLE silent REPLICA IDENTITY NOTHING; INSERT INTO keyless VALUES (1); INSERT INTO silent VALUES (1); CREATE PUBLICATION all_of_it FOR TABLE keyless, silent');
    expect(await errorOf('UPDATE keyless SET a = 2')).toBe('55000');
    expect(await errorOf('UPDATE silent SET a = 2')).toBe('55000');
    await database.exec('ALTER TABLE keyless REPLICA IDENTITY FULL');
    expect(await errorOf('UPDATE keyless SET a = 2')).toBeUndefined();
    await database.exec('DROP PUBLICATION all_of_it');
  });
});

describe('names and rights', () => {
  it('the reserved words are the server\'s own', async () => {
    const words = await value("SELECT string_agg(word, ' ' ORDER BY word) FROM pg_get_keywords() WHERE catcode IN ('R', 'T')");
    expect(String(words).split(' ')).toEqual([...postgresWords, ...postgres16Words].sort());
  });

  // (like int) is a clause of its own.
  it('each of them is refused without quotes', async () => {
    for (const word of [...postgresWords, ...postgres16Words].filter((one) => one !== 'like')) expect(`${word} ${await errorOf(`CREATE TABLE kept (${word} int)`)}`).toBe(`${word} 42601`);
  });

  it('an unquoted "user" is another value', async () => {
    await database.exec('CREATE TABLE people ("user" text); INSERT INTO people VALUES (\'somebody\')');
    expect(await value('SELECT user FROM people')).toBe(await value('SELECT current_user'));
  });

  it('a function with its owner\'s rights reads the table that its caller puts first', async () => {
    await database.exec("CREATE TABLE rates (n int); INSERT INTO rates VALUES (1); CREATE FUNCTION rate() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT n FROM rates'; CREATE FUNCTION fixed_rate() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT n FROM rates'; CREATE TEMP TABLE rates (n int); INSERT INTO pg_temp.rates VALUES (666)");
    expect(await value('SELECT rate()')).toBe(666);
    expect(await value('SELECT fixed_rate()')).toBe(1);
  });

  it('rows that refer to nothing go in while all triggers are off, and stay', async () => {
    await database.exec('CREATE TABLE roots (id int PRIMARY KEY); CREATE TABLE leaves (root_id int CONSTRAINT leaves_root REFERENCES roots); ALTER TABLE leaves DISABLE TRIGGER ALL; INSERT INTO leaves VALUES (1); ALTER TABLE leaves ENABLE TRIGGER ALL');
    expect(await value("SELECT convalidated AND (SELECT count(*) FROM leaves) = 1 FROM pg_constraint WHERE conname = 'leaves_root'")).toBe(true);
    await database.exec('SET session_replication_role = replica; INSERT INTO leaves VALUES (2); RESET session_replication_role');
    expect(await errorOf('INSERT INTO leaves VALUES (3)')).toBe('23503');
  });
});

describe('one ALTER TABLE', () => {
  it('verifies NOT NULL and a check in one pass, where two statements make two', async () => {
    const scans = async (...statements: string[]) => {
      const messages: string[] = [];
      await database.exec("DROP TABLE IF EXISTS passes; CREATE TABLE passes (a int, b int); INSERT INTO passes SELECT n, n FROM generate_series(1, 10) n; SET client_min_messages = debug1");
      for (const statement of statements) await database.exec(statement, { onNotice: ({ message }) => messages.push(message ?? '') });
      await database.exec('RESET client_min_messages');
      return messages.filter((message) => message.startsWith('verifying table "passes"')).length;
    };
    expect(await scans('ALTER TABLE passes ALTER a SET NOT NULL', 'ALTER TABLE passes ADD CHECK (b > 0)')).toBe(2);
    expect(await scans('ALTER TABLE passes ALTER a SET NOT NULL, ADD CHECK (b > 0)')).toBe(1);
  });
});
