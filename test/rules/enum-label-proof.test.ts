import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found } from './deployed.ts';

const schema = `CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE other AS ENUM ('happy', 'x');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok', note text, o other);
CREATE FUNCTION g(m mood) RETURNS int LANGUAGE plpgsql AS 'begin return 1; end';`;

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(schema);
  await database.exec("insert into people select n, 'ok', 'sad', 'happy' from generate_series(1, 5) n");
}, 60_000);

afterAll(() => database.close());

const add = "ALTER TYPE mood ADD VALUE 'happy';";

/** True when Postgres refuses the statement with 55P04 in the transaction that adds the label; any other error is the test's own mistake. */
async function isRefused(statement: string): Promise<boolean> {
  await database.exec('begin');
  try {
    await database.exec(add);
    await database.exec(statement);
    return false;
  } catch (failure) {
    if ((failure as { code?: string }).code !== '55P04') throw failure;
    return true;
  } finally {
    await database.exec('rollback');
  }
}

/** True when the rule finds the statement in a file that the tool wraps in a transaction. */
async function isFound(statement: string): Promise<boolean> {
  return (await found(schema, `${add}\n${statement};\n`)).includes('enum-value-used-in-transaction');
}

describe('what Postgres says of a new label is what the rule says', () => {
  it.each([
    "UPDATE people SET mood = 'happy'", "UPDATE people SET mood = 'happy' WHERE false", "UPDATE people SET note = 'happy'", "UPDATE people SET o = 'happy'", "UPDATE people SET mood = 'sad' WHERE mood = 'happy'",
    "DELETE FROM people WHERE mood = 'happy'", "DELETE FROM people WHERE mood::text = 'happy'", "DELETE FROM people WHERE mood IN ('sad', 'happy')", "DELETE FROM people WHERE (mood)::text = ANY (ARRAY['sad', 'happy'])",
    "DELETE FROM people WHERE mood = ANY (ARRAY['sad'::mood, 'happy'::mood])", "DELETE FROM people WHERE 'happy' = note", "DELETE FROM people p WHERE p.mood IS DISTINCT FROM 'happy'", "DELETE FROM people WHERE note = 'happy' AND mood = 'sad'",
    "INSERT INTO people VALUES (9, 'happy')", "INSERT INTO people (id, note) VALUES (9, 'happy')", "INSERT INTO people (id, mood) VALUES (9, 'sad') ON CONFLICT (id) DO UPDATE SET mood = 'happy'", "INSERT INTO people (id, mood) SELECT 9, 'happy'",
    "INSERT INTO people (id, mood) SELECT id + 10, 'happy' FROM people WHERE false", "SELECT * FROM people WHERE mood = 'happy'", "SELECT 'happy'::mood", "SELECT 'happy'::text", "SELECT cast('happy' AS mood)",
    "ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'happy'", "ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'happy'::mood", "ALTER TABLE people ALTER COLUMN note SET DEFAULT 'happy'",
    "ALTER TABLE people ADD COLUMN m mood DEFAULT 'happy'", "ALTER TABLE people ADD COLUMN m mood NOT NULL DEFAULT 'happy'", "ALTER TABLE people ADD COLUMN m mood CHECK (m <> 'happy')", "ALTER TABLE people ADD CHECK (mood <> 'happy')",
    "ALTER TABLE people ADD CHECK (mood::text <> 'happy')", "ALTER TABLE people ADD CONSTRAINT c CHECK (mood <> 'happy') NOT VALID", "ALTER TABLE people ADD COLUMN g text GENERATED ALWAYS AS (CASE WHEN mood = 'happy' THEN 'a' ELSE 'b' END) STORED",
    "CREATE INDEX ON people (id) WHERE mood = 'happy'", "CREATE INDEX ON people ((mood = 'happy'))", "CREATE TABLE t (m mood DEFAULT 'happy')", "CREATE TABLE t (m mood CHECK (m <> 'happy'))", "CREATE TABLE t (m mood, CHECK (m <> 'happy'))",
    "CREATE VIEW v AS SELECT * FROM people WHERE mood = 'happy'", "CREATE MATERIALIZED VIEW v AS SELECT * FROM people WHERE mood = 'happy'", "DO $$ BEGIN UPDATE people SET mood = 'happy'; END $$", "COMMENT ON TABLE people IS 'happy'",
    "ALTER TABLE people ALTER COLUMN note TYPE mood USING 'happy'::mood", "ALTER TYPE mood ADD VALUE 'joy' AFTER 'happy'", "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy'", "UPDATE people SET mood = CASE WHEN id > 100 THEN 'happy'::mood ELSE mood END",
    "CREATE POLICY p ON people USING (mood = 'happy')", "CREATE TRIGGER tr AFTER UPDATE ON people FOR EACH ROW WHEN (new.mood = 'happy') EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "MERGE INTO people USING (SELECT 1 AS i) s ON id = i WHEN MATCHED THEN UPDATE SET mood = 'happy'", 'ALTER TABLE people ALTER COLUMN mood TYPE text USING mood::text',
  ])('%s', async (statement) => expect(await isFound(statement)).toBe(await isRefused(statement)), 30_000);

  // What is not read of these statements is where the label stands; nothing is said of them.
  it.each([
    "CREATE FUNCTION h() RETURNS mood LANGUAGE sql AS $$ SELECT 'happy'::mood $$", "SELECT g('happy')", "CREATE DOMAIN d AS mood DEFAULT 'happy'", 'SELECT enum_range(null::mood)',
    "CREATE TABLE t (m mood[] DEFAULT '{happy}')",
  ])('but not %s', async (statement) => {
    expect(await isRefused(statement)).toBe(true);
    expect(await isFound(statement)).toBe(false);
  });
});
