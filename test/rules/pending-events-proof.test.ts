import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found } from './deployed.ts';

const schema = `CREATE TABLE parents (id int PRIMARY KEY, n text);
CREATE TABLE kids (id int PRIMARY KEY, parent_id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED, other_id int REFERENCES parents, n text, m int);
CREATE TABLE late (id int PRIMARY KEY, parent_id int CONSTRAINT late_fk REFERENCES parents DEFERRABLE INITIALLY IMMEDIATE, n text);
CREATE TABLE cascaded (id int PRIMARY KEY, parent_id int REFERENCES late ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE watched (id int PRIMARY KEY, n text);
CREATE TABLE lone (id int PRIMARY KEY, n text UNIQUE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE parts (id int, parent_id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (1) TO (100);
CREATE TABLE part_2 (id int, parent_id int);
CREATE INDEX kids_n ON kids (n);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end';
CREATE CONSTRAINT TRIGGER look AFTER INSERT OR UPDATE ON watched DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE kids ADD CONSTRAINT chk CHECK (n <> 'q') NOT VALID;
CREATE SCHEMA away;`;

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  for (const statement of schema.split(';\n')) await database.exec(statement);
  for (const rows of [
    "parents select n, 'x' from generate_series(1, 10) n", "kids select n, n, n, 'x', n from generate_series(1, 9) n", "late select n, n, 'x' from generate_series(1, 9) n", 'cascaded select n, n from generate_series(1, 9) n',
    "watched select n, 'x' from generate_series(1, 9) n", "lone select n, n::text from generate_series(1, 9) n", 'tree select n, n from generate_series(1, 9) n',
  ]) await database.exec(`insert into ${rows}`);
}, 60_000);

afterAll(() => database.close());

/** True when Postgres refuses the last statement with 55006 in one transaction with those before it; any other error is the test's own mistake. */
async function isRefused(statements: readonly string[]): Promise<boolean> {
  await database.exec('begin');
  try {
    for (const [at, statement] of statements.entries()) {
      try {
        await database.exec(statement);
      } catch (failure) {
        if ((failure as { code?: string }).code !== '55006' || at < statements.length - 1) throw failure;
        return true;
      }
    }
    return false;
  } finally {
    await database.exec('rollback');
  }
}

const change = 'UPDATE kids SET parent_id = 3 WHERE id = 1';

const sequences: readonly (readonly string[])[] = [
  ...[
    'ALTER TABLE kids ADD COLUMN extra int', 'ALTER TABLE kids DROP COLUMN n', "ALTER TABLE kids ALTER COLUMN n SET DEFAULT 'a'", 'ALTER TABLE kids ALTER COLUMN n SET NOT NULL', 'ALTER TABLE kids ALTER COLUMN m TYPE bigint',
    'ALTER TABLE kids RENAME TO kids2', 'ALTER TABLE kids RENAME COLUMN n TO nn', 'ALTER TABLE kids RENAME CONSTRAINT chk TO chk2', 'ALTER TABLE kids SET SCHEMA away', 'ALTER TABLE kids SET (fillfactor = 70)', 'ALTER TABLE kids OWNER TO postgres',
    'ALTER TABLE kids ALTER COLUMN n SET STATISTICS 10', 'ALTER TABLE kids VALIDATE CONSTRAINT chk', 'ALTER TABLE kids ADD CONSTRAINT c CHECK (m > 0) NOT VALID', 'ALTER TABLE kids ADD UNIQUE (m)', 'ALTER TABLE kids DROP CONSTRAINT chk',
    'ALTER TABLE kids DROP CONSTRAINT kids_parent_id_fkey', 'ALTER TABLE kids DISABLE TRIGGER ALL', 'ALTER TABLE kids ENABLE ROW LEVEL SECURITY', 'ALTER TABLE kids REPLICA IDENTITY FULL',
    'ALTER TABLE kids ADD FOREIGN KEY (m) REFERENCES parents NOT VALID', 'ALTER TABLE kids ALTER CONSTRAINT kids_parent_id_fkey NOT DEFERRABLE', 'CREATE INDEX ON kids (m)', 'CREATE UNIQUE INDEX ON kids (m)', 'DROP INDEX kids_n', 'REINDEX TABLE kids',
    'DROP TABLE kids', 'TRUNCATE kids', 'CLUSTER kids USING kids_n', 'CREATE TRIGGER t BEFORE UPDATE ON kids FOR EACH ROW EXECUTE FUNCTION f()', 'CREATE POLICY p ON kids USING (true)', "COMMENT ON TABLE kids IS 'x'", "COMMENT ON COLUMN kids.n IS 'x'",
    'GRANT SELECT ON kids TO public', 'CREATE VIEW v AS SELECT * FROM kids', 'ANALYZE kids', 'LOCK TABLE kids', 'CREATE TABLE grandkids (id int REFERENCES kids)', 'ALTER TABLE parents ADD COLUMN x int', 'CREATE INDEX ON parents (n)',
  ].map((statement) => [change, statement]),
  ...[
    'INSERT INTO kids VALUES (100, 1, 1)', 'INSERT INTO kids (id, n) VALUES (101, \'x\')', 'INSERT INTO kids (id, parent_id) SELECT 102, 1', 'UPDATE kids SET parent_id = NULL WHERE id = 1', "UPDATE kids SET n = 'z'", 'UPDATE kids SET other_id = 2', 'DELETE FROM kids WHERE id = 3',
  ].map((statement) => [statement, 'ALTER TABLE kids ADD COLUMN extra int']),
  ['DELETE FROM parents WHERE id = 10', 'ALTER TABLE parents ADD COLUMN x int'], ['DELETE FROM parents WHERE id = 10', 'ALTER TABLE kids ADD COLUMN x int'], ['UPDATE parents SET id = 110 WHERE id = 10', 'ALTER TABLE parents ADD COLUMN x int'],
  ["UPDATE parents SET n = 'y'", 'ALTER TABLE parents ADD COLUMN x int'], ["INSERT INTO parents VALUES (50, 'x')", 'ALTER TABLE parents ADD COLUMN x int'], ['DELETE FROM parents WHERE id = 10', 'DROP TABLE parents CASCADE'],
  ['DELETE FROM tree WHERE id = 9', 'ALTER TABLE tree ADD COLUMN x int'], ['DELETE FROM late WHERE id = 9', 'ALTER TABLE late ADD COLUMN x int'], ["UPDATE lone SET n = n || 'a'", 'ALTER TABLE lone ADD COLUMN x int'],
  ["INSERT INTO watched VALUES (50, 'x')", 'ALTER TABLE watched ADD COLUMN x int'], ["UPDATE watched SET n = 'y'", 'CREATE INDEX ON watched (n)'], ['DELETE FROM watched WHERE id = 1', 'ALTER TABLE watched ADD COLUMN x int'],
  ['UPDATE late SET parent_id = 3', 'ALTER TABLE late ADD COLUMN x int'], ['SET CONSTRAINTS ALL DEFERRED', 'UPDATE late SET parent_id = 3', 'ALTER TABLE late ADD COLUMN x int'],
  ['SET CONSTRAINTS late_fk DEFERRED', 'UPDATE late SET parent_id = 3', 'ALTER TABLE late ADD COLUMN x int'], ['UPDATE late SET parent_id = 3', 'SET CONSTRAINTS ALL DEFERRED', 'ALTER TABLE late ADD COLUMN x int'],
  [change, 'SET CONSTRAINTS ALL IMMEDIATE', 'ALTER TABLE kids ADD COLUMN x int'], ['SET CONSTRAINTS ALL IMMEDIATE', change, 'ALTER TABLE kids ADD COLUMN x int'], [change, 'SET CONSTRAINTS kids_parent_id_fkey IMMEDIATE', 'ALTER TABLE kids ADD COLUMN x int'],
  ['SET CONSTRAINTS ALL IMMEDIATE', 'SET CONSTRAINTS kids_parent_id_fkey DEFERRED', change, 'ALTER TABLE kids ADD COLUMN x int'], [change, 'SET CONSTRAINTS ALL IMMEDIATE', 'UPDATE kids SET parent_id = 4 WHERE id = 1', 'ALTER TABLE kids ADD COLUMN x int'],
  ['ALTER TABLE kids ADD COLUMN x int', change], ['SAVEPOINT s', change, 'RELEASE s', 'ALTER TABLE kids ADD COLUMN x int'], ['SAVEPOINT s', change, 'ROLLBACK TO s', 'ALTER TABLE kids ADD COLUMN x int'],
  ['SET session_replication_role = replica', change, 'ALTER TABLE kids ADD COLUMN x int'], ['ALTER TABLE kids DISABLE TRIGGER ALL', change, 'ALTER TABLE kids ENABLE TRIGGER ALL'], ['ALTER TABLE kids DROP CONSTRAINT kids_parent_id_fkey', change, 'ALTER TABLE kids ADD COLUMN x int'],
  ['ALTER TABLE late ALTER CONSTRAINT late_fk DEFERRABLE INITIALLY DEFERRED', 'UPDATE late SET parent_id = 3', 'ALTER TABLE late ADD COLUMN x int'],
  ['CREATE TABLE fresh (id int, p int REFERENCES parents DEFERRABLE INITIALLY DEFERRED)', 'INSERT INTO fresh VALUES (1, 1)', 'CREATE INDEX ON fresh (p)'],
  ['CREATE TABLE fresh (id int, p int)', 'INSERT INTO fresh VALUES (1, 1)', 'ALTER TABLE fresh ADD FOREIGN KEY (p) REFERENCES parents DEFERRABLE INITIALLY DEFERRED', 'CREATE INDEX ON fresh (p)'],
  ['INSERT INTO parts VALUES (1, 1)', 'ALTER TABLE parts ADD COLUMN x int'], ['INSERT INTO part_1 VALUES (1, 1)', 'ALTER TABLE parts ADD COLUMN x int'], ['INSERT INTO part_1 VALUES (1, 1)', 'CREATE INDEX ON parts (id)'], ['INSERT INTO parts VALUES (1, 1)', 'DROP TABLE parts'],
  ['INSERT INTO parts VALUES (1, 1)', 'ALTER TABLE parts ATTACH PARTITION part_2 FOR VALUES FROM (100) TO (200)'], ['INSERT INTO parts VALUES (1, 1)', 'ALTER TABLE parts DETACH PARTITION part_1'],
  ['MERGE INTO kids USING (SELECT 1 AS i) s ON kids.id = s.i WHEN MATCHED THEN UPDATE SET parent_id = 2', 'ALTER TABLE kids ADD COLUMN x int'],
  ['DO $$ BEGIN UPDATE kids SET parent_id = 3 WHERE id = 1; ALTER TABLE kids ADD COLUMN x int; END $$'],
];

describe('what Postgres says of a table with pending checks is what the rule says', () => {
  it.each(sequences.map((statements) => [statements.join('; '), statements] as const))('%s', async (text, statements) => {
    expect((await found(schema, `${text};\n`)).includes('pending-trigger-events')).toBe(await isRefused(statements));
  }, 30_000);
});
