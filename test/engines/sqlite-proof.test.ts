import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Engine } from '../../src/operations/index.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import { createSchema } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';

const engine: Engine = { name: 'sqlite', version: [3, 40], from: 'test' };
const sql = await loadSqlParser('sqlite');
const situation = { version: [], inTransaction: null, mixed: false, sending: null };

const tables = [
  'CREATE TABLE parents (id INTEGER PRIMARY KEY, n INT)',
  'CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, ref TEXT UNIQUE, cnt INT, note TEXT, low TEXT, a INT, b INT, seen INT, spare INT, dup TEXT, gen INT AS (cnt * 2), UNIQUE (a, b))',
  'CREATE INDEX k_code ON t (code)',
  'CREATE INDEX k_part ON t (seen) WHERE note IS NOT NULL',
  'CREATE INDEX k_low ON t (lower(low))',
  'CREATE TABLE viewed (x INT, y INT)',
  'CREATE VIEW v AS SELECT x FROM viewed',
];
const rows = [
  'INSERT INTO parents VALUES (1, 1)',
  'INSERT INTO t (id, code, ref, cnt, note, low, a, b, seen, dup) VALUES (1, \'c\', \'r\', 1, \'n\', \'l\', 1, 1, 1, \'d\'), (2, \'c\', \'s\', 1, \'n\', \'l\', 1, 2, 1, \'d\')',
  'INSERT INTO viewed VALUES (1, 1)',
];

/** Refused whatever the rows; refused as soon as there is a row; refused for these rows; done. */
type Told = 'always' | 'rows' | 'these' | 'done';

const claims: readonly (readonly [statement: string, told: Told])[] = [
  ['ALTER TABLE t ADD COLUMN x INT', 'done'], ['ALTER TABLE t ADD COLUMN x INT NOT NULL DEFAULT 0', 'done'], ['ALTER TABLE t ADD COLUMN x INT NOT NULL', 'rows'],
  ['ALTER TABLE t ADD COLUMN x TEXT DEFAULT CURRENT_TIMESTAMP', 'rows'], ['ALTER TABLE t ADD COLUMN x INT DEFAULT (random())', 'rows'], ['ALTER TABLE t ADD COLUMN x INT DEFAULT (1 + 1)', 'rows'],
  ['ALTER TABLE t ADD COLUMN x INT AS (cnt * 3) STORED', 'rows'], ['ALTER TABLE t ADD COLUMN x INT AS (cnt * 3)', 'done'],
  ['ALTER TABLE t ADD COLUMN x INT DEFAULT 0 CHECK (x > 0)', 'these'], ['ALTER TABLE t ADD COLUMN x INT CHECK (x > 0)', 'done'], ['ALTER TABLE t ADD COLUMN x INT REFERENCES parents (id)', 'done'],
  ['ALTER TABLE t ADD COLUMN x INT UNIQUE', 'always'], ['ALTER TABLE t ADD COLUMN x INT PRIMARY KEY', 'always'],
  ['ALTER TABLE t DROP COLUMN id', 'always'], ['ALTER TABLE t DROP COLUMN code', 'always'], ['ALTER TABLE t DROP COLUMN ref', 'always'], ['ALTER TABLE t DROP COLUMN a', 'always'],
  ['ALTER TABLE t DROP COLUMN cnt', 'always'], ['ALTER TABLE t DROP COLUMN note', 'always'], ['ALTER TABLE t DROP COLUMN low', 'always'], ['ALTER TABLE t DROP COLUMN gen', 'done'], ['ALTER TABLE t DROP COLUMN spare', 'done'],
  ['ALTER TABLE viewed DROP COLUMN x', 'always'], ['ALTER TABLE viewed DROP COLUMN y', 'done'],
  ['ALTER TABLE t RENAME COLUMN code TO code2', 'done'], ['ALTER TABLE viewed RENAME COLUMN x TO z', 'done'], ['ALTER TABLE t RENAME TO t2', 'done'],
  ['ALTER TABLE t ALTER COLUMN cnt TYPE bigint', 'always'], ['ALTER TABLE t ADD PRIMARY KEY (id)', 'always'], ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (cnt) REFERENCES parents (id)', 'always'],
  ['ALTER TABLE t ADD CONSTRAINT u UNIQUE (code)', 'always'],
  ['CREATE UNIQUE INDEX u ON t (dup)', 'these'], ['CREATE INDEX i ON t (dup)', 'done'], ['DROP INDEX k_code', 'done'], ['DROP TABLE viewed', 'done'],
];

function operations(text: string) {
  return parseSqlMigration(createSource('1_x.sql', text), { engine, sql, tool: 'sql', situation, version: '1', hasDownFile: false }).operations;
}

function told(statement: string): Told {
  const schema = createSchema({ complete: true, engine: 'sqlite' });
  for (const operation of operations(tables.join(';\n'))) schema.apply(operation, { inChangeSet: false });
  const effects = operations(statement).map((operation) => effectOf(operation, schema, engine));
  if (effects.some(({ refused }) => refused)) return 'always';
  const assumes = effects.flatMap((effect) => effect.assumes);
  return assumes.some(({ of }) => of === 'empty') ? 'rows' : assumes.length > 0 ? 'these' : 'done';
}

/** The error that the statement meets, or null. */
function executed(before: readonly string[], statement: string): string | null {
  const { status, stderr } = spawnSync('sqlite3', ['-bail', ':memory:'], { input: `${[...before, statement].join(';\n')};\n`, encoding: 'utf8' });
  return status === 0 ? null : stderr.trim();
}

const isInstalled = spawnSync('sqlite3', ['--version']).status === 0;

describe('SQLite', () => {
  it.each(claims)('%s: %s', (statement, wanted) => {
    expect(told(statement)).toBe(wanted);
  });

  it.skipIf(!isInstalled)('starts from tables that it takes', () => {
    expect(executed([...tables, ...rows], 'SELECT 1')).toBeNull();
  });

  it.skipIf(!isInstalled).each(claims)('executes %s: %s', (statement, wanted) => {
    const full = executed([...tables, ...rows], statement);
    const empty = executed(tables, statement);
    expect([statement, full === null, empty === null]).toEqual([statement, wanted === 'done', wanted !== 'always']);
  });
});
