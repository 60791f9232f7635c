import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { difference, secondReading } from '../../../scripts/second-reader.ts';
import { parseRailsMigration } from '../../../src/parsers/rails/migration.ts';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import { createSource } from '../../../src/source/source.ts';
import { environment } from '../rails/read.ts';

const parser = await loadSqlParser('postgres');

/** Statements that an independent parser of Postgres reads too. */
const statements = [
  'CREATE TABLE a.users (id bigserial PRIMARY KEY, name varchar(50) NOT NULL DEFAULT \'x\', "Tags" text[], price numeric(10, 2), at timestamptz DEFAULT now())',
  'CREATE TABLE IF NOT EXISTS t (a int, b int, PRIMARY KEY (a), CONSTRAINT u UNIQUE (b), FOREIGN KEY (b) REFERENCES u (id))',
  'ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS b text, DROP COLUMN name, DROP COLUMN IF EXISTS c CASCADE',
  'ALTER TABLE users ALTER COLUMN a SET NOT NULL, ALTER COLUMN b DROP NOT NULL, ALTER COLUMN c SET DEFAULT 5, ALTER COLUMN d DROP DEFAULT, ALTER COLUMN e TYPE bigint',
  'ALTER TABLE users RENAME COLUMN a TO b', 'ALTER TABLE users RENAME TO people',
  'ALTER TABLE users ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id) ON DELETE CASCADE', 'ALTER TABLE users ADD CONSTRAINT u UNIQUE (a, b)', 'ALTER TABLE users ADD CONSTRAINT p PRIMARY KEY (id)',
  'ALTER TABLE users DROP CONSTRAINT c',
  'CREATE INDEX i ON users (a, lower(b))', 'CREATE UNIQUE INDEX CONCURRENTLY j ON a.users USING gin (c) WHERE d', 'DROP INDEX CONCURRENTLY i',
  'DROP TABLE a, b', 'INSERT INTO t (a, b) VALUES (1, 2), (3, 4)', 'UPDATE t SET a = 1, b = 2 WHERE c = 3', 'DELETE FROM a.t WHERE c', "CREATE TYPE e AS ENUM ('a', 'b')",
  'CREATE VIEW v AS SELECT 1', 'CREATE SEQUENCE s', 'CREATE SCHEMA IF NOT EXISTS s', 'BEGIN', 'COMMIT', 'ROLLBACK',
];

describe('a second reader agrees', () => {
  it.each(statements)('%s', (sql) => {
    const second = secondReading(sql);
    const [statement] = parser.parse(sql);
    expect(second).not.toBeNull();
    expect(statement && second && difference(statement, second)).toBeNull();
  });
});

describe('a second reader agrees on every text of the fixtures that it can read', () => {
  const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
  const otherEngine = /^(?:#|--)\s*engine:\s*(?:mysql|mariadb|sqlite)/;

  it('in files of SQL', () => {
    const files = globSync('**/*.sql', { cwd: root, ignore: ['sql/mysql/**', 'sql/sqlite/**', '**/*.mysql.sql'] }).sort().map((name) => ({ name, text: readFileSync(root + name, 'utf8') })).filter(({ text }) => !otherEngine.test(text));
    const read = files.map(({ name, text }) => differences(name, text));
    expect(read.flatMap(({ different }) => different)).toEqual([]);
    expect(read.reduce((sum, { both }) => sum + both, 0)).toBeGreaterThan(250);
  });

  it('in Ruby', () => {
    const files = globSync('**/*.rb', { cwd: root }).sort().map((name) => ({ name, text: readFileSync(root + name, 'utf8') })).filter(({ text }) => !otherEngine.test(text) && /\bexecute\b|exec_query|<<~SQL/.test(text));
    const read = files.flatMap(({ name, text }) => textsRun(name, text).map((sql) => differences(name, sql)));
    expect(read.flatMap(({ different }) => different)).toEqual([]);
    expect(read.reduce((sum, { both }) => sum + both, 0)).toBeGreaterThan(100);
  });
});

/** The texts of SQL that a migration hands to the database and that are wholly known. */
function textsRun(name: string, text: string): string[] {
  const texts: string[] = [];
  const sql = { degraded: null, parse: (run: string, holes: readonly unknown[] = []) => {
    if (!holes.length) texts.push(run);
    return [];
  } };
  parseRailsMigration(createSource(name, text), { ...environment(), sql });
  return texts;
}

function differences(name: string, text: string): { readonly both: number; readonly different: string[] } {
  const different: string[] = [];
  let both = 0;
  for (const { start, end, error, dynamic } of parser.parse(text)) {
    const sql = text.slice(start, end);
    const second = error || dynamic ? null : secondReading(sql);
    const [statement] = second ? parser.parse(sql) : [];
    if (!second || !statement) continue;
    both += 1;
    const found = difference(statement, second);
    if (found !== null) different.push(`${name}: ${sql}: ${found}`);
  }
  return { both, different };
}
