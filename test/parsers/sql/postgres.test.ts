import { describe, expect, it } from 'vitest';
import { cases, deedsOf, name, readerOf, type Expected, type Row } from './reading.ts';

const read = await readerOf('postgres');
const table = name('t');

/** One statement a row, and what it does. */
const rows: readonly Row[] = [
  // Tables
  ['CREATE TABLE a.t (id bigserial PRIMARY KEY, n varchar(5) DEFAULT \'x\'::character varying NOT NULL)', {
    kind: 'create-table', table: name('t', 'a'), primaryKey: ['id'], ifNotExists: false, temporary: false, unlogged: false,
    columns: [
      { name: 'id', type: { name: 'bigserial', args: [] }, nullable: false, primaryKey: true },
      { name: 'n', type: { name: 'varchar', args: [5] }, nullable: false, default: { kind: 'constant', value: 'x' } },
    ],
  }],
  ['CREATE TABLE t (a int, b int CONSTRAINT c CHECK (b > 0), PRIMARY KEY (a, b), CONSTRAINT u UNIQUE (b), CHECK ((a IS NOT NULL)), EXCLUDE USING gist (r WITH &&), FOREIGN KEY (a) REFERENCES x (y) ON DELETE SET NULL)', {
    kind: 'create-table', primaryKey: ['a', 'b'],
    columns: [{ name: 'a', nullable: false }, { name: 'b', nullable: false, check: { name: 'c', expression: 'b > 0', validated: true } }],
    constraints: [{ kind: 'unique', name: 'u', columns: ['b'] }, { kind: 'exclusion', name: null, columns: ['r'] }],
    checks: [{ name: null, expression: 'a IS NOT NULL', validated: true }],
    foreignKeys: [{ columns: ['a'], references: name('x'), referencedColumns: ['y'], onDelete: 'set null', onUpdate: null, validated: true }],
  }],
  ['CREATE UNLOGGED TABLE IF NOT EXISTS t (LIKE u INCLUDING ALL) INHERITS (p, q) WITH (fillfactor = 70)', {
    kind: 'create-table', unlogged: true, ifNotExists: true, like: name('u'), inherits: [name('p'), name('q')], options: 'fillfactor=70',
  }],
  ['CREATE TABLE m (a int) PARTITION BY RANGE (a, lower(b)) TABLESPACE x', { kind: 'create-table', partitionBy: 'RANGE (a, lower(b))', partitionOf: null }],
  ['CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (1) TO (2)', { kind: 'create-table', partitionOf: name('m'), partitionBounds: 'FOR VALUES FROM (1) TO (2)', inherits: [] }],
  ["CREATE TABLE m2 PARTITION OF m (b DEFAULT 3) FOR VALUES IN ('x', lower('Y'), NULL) PARTITION BY LIST (b)", { kind: 'create-table', partitionBounds: "FOR VALUES IN ('x', lower('Y'), NULL)", partitionBy: 'LIST (b)' }],
  ['CREATE TABLE m3 PARTITION OF m FOR VALUES WITH (MODULUS 4, REMAINDER 0) WITH (fillfactor = 70)', { kind: 'create-table', partitionBounds: 'FOR VALUES WITH (MODULUS 4, REMAINDER 0)' }],
  ['CREATE TABLE m4 PARTITION OF m DEFAULT', { kind: 'create-table', partitionBounds: 'DEFAULT' }],
  ['CREATE TEMP TABLE t AS SELECT * FROM u', { kind: 'create-table', temporary: true, fromQuery: true }],
  ['CREATE TABLE t AS SELECT * FROM u WITH NO DATA', { kind: 'create-table', fromQuery: false }],
  ['SELECT * INTO t FROM u', { kind: 'create-table', table, fromQuery: true }],
  ['CREATE TABLE t (g int GENERATED ALWAYS AS (n * 2) STORED, i int GENERATED ALWAYS AS IDENTITY, u uuid DEFAULT gen_random_uuid() UNIQUE, x text COLLATE "C")', {
    kind: 'create-table', columns: [
      { generated: { expression: 'n * 2', stored: true } }, { identity: 'always', nullable: false },
      { default: { kind: 'expression', sql: 'gen_random_uuid()', functions: ['gen_random_uuid'] }, unique: true }, { collation: 'C' },
    ],
  }],
  ['CREATE FOREIGN TABLE t (a int) SERVER s', { kind: 'create-table', options: 'SERVER s' }],
  ['DROP TABLE IF EXISTS a.b, c CASCADE', { kind: 'drop-table', table: name('b', 'a'), ifExists: true, cascade: true }, { kind: 'drop-table', table: name('c'), ifExists: true, cascade: true }],
  ['ALTER TABLE a.t RENAME TO s', { kind: 'rename-table', table: name('t', 'a'), to: name('s', 'a') }],
  ['ALTER TABLE t SET SCHEMA x', { kind: 'set-table-schema', table, schema: 'x' }],
  // Columns
  ['ALTER TABLE t ADD COLUMN IF NOT EXISTS c int DEFAULT 0 NOT NULL', {
    kind: 'add-column', table, ifNotExists: true, column: { name: 'c', type: { name: 'integer', args: [] }, nullable: false, default: { kind: 'constant', value: 0 } },
  }],
  ['ALTER TABLE t ADD c timestamptz DEFAULT now() + interval \'1 day\'', { kind: 'add-column', column: { default: { kind: 'expression', sql: "now() + interval '1 day'", functions: ['now'] } } }],
  ['ALTER TABLE t ADD c bool DEFAULT NULL', { kind: 'add-column', column: { type: { name: 'boolean' }, default: { kind: 'constant', value: null } } }],
  ['ALTER TABLE t ADD c int CONSTRAINT f REFERENCES u ON UPDATE CASCADE DEFERRABLE', {
    kind: 'add-column', column: { references: { name: 'f', columns: ['c'], references: name('u'), referencedColumns: [], onUpdate: 'cascade', deferrable: true } },
  }],
  ['ALTER TABLE t DROP COLUMN IF EXISTS "Old" CASCADE', { kind: 'drop-column', table, column: 'Old', ifExists: true, cascade: true }],
  ['ALTER TABLE ONLY t RENAME a TO b', { kind: 'rename-column', table, column: 'a', to: 'b' }],
  ['ALTER TABLE t ALTER c TYPE numeric(10, 2)[] USING c::numeric', { kind: 'alter-column-type', column: 'c', type: { name: 'numeric', args: [10, 2], array: true }, using: 'c::numeric', restated: null }],
  ['ALTER TABLE t ALTER c TYPE text COLLATE "C"', { kind: 'alter-column-type', collation: 'C', using: null }],
  ['ALTER TABLE t ALTER c SET NOT NULL, ALTER c DROP NOT NULL', { kind: 'set-not-null', column: 'c', fill: { kind: 'none' } }, { kind: 'drop-not-null', column: 'c' }],
  ['ALTER TABLE t ALTER c SET DEFAULT CURRENT_TIMESTAMP, ALTER c DROP DEFAULT', {
    kind: 'set-default', column: 'c', default: { kind: 'expression', sql: 'CURRENT_TIMESTAMP', functions: ['current_timestamp'] },
  }, { kind: 'set-default', default: { kind: 'none' } }],
  ['ALTER TABLE t ALTER c SET STATISTICS 100, ALTER c SET STORAGE EXTERNAL, ALTER c DROP IDENTITY, ALTER c DROP EXPRESSION', {
    kind: 'set-column-option', option: 'statistics', value: '100',
  }, { kind: 'set-column-option', option: 'storage', value: 'EXTERNAL' }, { kind: 'set-column-option', option: 'drop-identity' }, { kind: 'set-column-option', option: 'drop-expression' }],
  ["COMMENT ON COLUMN a.t.c IS 'x'", { kind: 'set-column-option', table: name('t', 'a'), column: 'c', option: 'comment', value: 'x' }],
  // Indexes
  ['CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY a.t USING gin (lower(c) public.gin_trgm_ops DESC NULLS LAST, d) INCLUDE (e) NULLS NOT DISTINCT WHERE (f IS NULL)', {
    kind: 'create-index', concurrently: true, ifNotExists: true, only: true,
    index: {
      name: 'i', table: name('t', 'a'), unique: true, method: 'gin', include: ['e'], nullsNotDistinct: true, where: 'f IS NULL',
      keys: [{ column: null, expression: 'lower(c)', opclass: 'gin_trgm_ops', order: 'desc', nulls: 'last' }, { column: 'd', expression: null }],
    },
  }],
  ["CREATE INDEX ON t ((data -> 'x') jsonb_path_ops)", { kind: 'create-index', only: false, index: { name: null, method: 'btree', keys: [{ expression: "data -> 'x'", opclass: 'jsonb_path_ops' }] } }],
  ['DROP INDEX CONCURRENTLY a.i, j', { kind: 'drop-index', table: null, name: name('i', 'a'), concurrently: true }, { kind: 'drop-index', name: name('j') }],
  ['ALTER INDEX i RENAME TO j', { kind: 'rename-index', name: 'i', to: 'j' }],
  ['ALTER INDEX i ATTACH PARTITION j', { kind: 'attach-index-partition', index: name('i'), partition: name('j') }],
  ['REINDEX (CONCURRENTLY) TABLE t', { kind: 'reindex', target: 'table', name: table, concurrently: true }],
  ['CLUSTER t USING i', { kind: 'cluster', table, index: 'i' }],
  // Constraints
  ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (c) NOT VALID', { kind: 'add-foreign-key', table, foreignKey: { name: 'f', columns: ['a'], validated: false } }],
  ['ALTER TABLE t ADD CHECK (a > 0) NOT VALID', { kind: 'add-check', check: { name: null, expression: 'a > 0', validated: false } }],
  ['ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i DEFERRABLE', { kind: 'add-unique', name: 'u', columns: [], usingIndex: 'i', deferrable: true }],
  ['ALTER TABLE t ADD UNIQUE NULLS NOT DISTINCT (a, b)', { kind: 'add-unique', columns: ['a', 'b'], usingIndex: null, nullsNotDistinct: true }],
  ['ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY USING INDEX i', { kind: 'add-primary-key', columns: [], usingIndex: 'i' }],
  ['ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)', { kind: 'add-exclusion', name: 'x', expression: 'USING gist (r WITH &&)' }],
  ['ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID', { kind: 'add-not-null', name: 'n', column: 'a', validated: false }],
  ['ALTER TABLE t VALIDATE CONSTRAINT c', { kind: 'validate-constraint', name: 'c', constraint: 'unknown' }],
  ['ALTER TABLE t DROP CONSTRAINT IF EXISTS c CASCADE', { kind: 'drop-constraint', name: 'c', ifExists: true, cascade: true }],
  ['ALTER TABLE t RENAME CONSTRAINT a TO b', { kind: 'rename-constraint', name: 'a', to: 'b' }],
  ['ALTER TABLE t ALTER CONSTRAINT c DEFERRABLE', { kind: 'alter-constraint', name: 'c' }],
  // Table options
  ['ALTER TABLE t SET LOGGED, SET UNLOGGED, SET TABLESPACE s, OWNER TO o, REPLICA IDENTITY FULL, INHERIT p, NO INHERIT q, CLUSTER ON i, SET (fillfactor = 70), SET ACCESS METHOD heap', ...[
    ['logged', null], ['unlogged', null], ['tablespace', 's'], ['owner', 'o'], ['replica-identity', 'FULL'], ['inherit', 'p'], ['no-inherit', 'q'], ['cluster-on', 'i'],
    ['storage', 'fillfactor=70'], ['access-method', 'heap'],
  ].map(([option, value]): Expected => ({ kind: 'set-table-option', table, option, value }))],
  ["COMMENT ON TABLE t IS 'x'", { kind: 'set-table-option', table, option: 'comment', value: 'x' }],
  ['CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)', { kind: 'set-table-option', table, option: 'other' }],
  // Partitions
  ['ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)', { kind: 'attach-partition', table: name('m'), partition: name('m1'), bounds: 'FOR VALUES IN (1)' }],
  ['ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY', { kind: 'detach-partition', partition: name('m1'), concurrently: true }],
  ['ALTER TABLE m DETACH PARTITION m1 FINALIZE', { kind: 'detach-partition', partition: name('m1'), concurrently: false, finalize: true }],
  // Types
  ["CREATE TYPE a.e AS ENUM ('x', 'y')", { kind: 'create-enum', type: name('e', 'a'), values: ['x', 'y'] }],
  ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'z' AFTER 'y'", { kind: 'add-enum-value', value: 'z', ifNotExists: true, before: null, after: 'y' }],
  ["ALTER TYPE e RENAME VALUE 'x' TO 'w'", { kind: 'rename-enum-value', value: 'x', to: 'w' }],
  ['ALTER TYPE e RENAME TO f', { kind: 'rename-type', to: 'f' }],
  ['DROP TYPE e CASCADE', { kind: 'drop-type', type: name('e'), cascade: true }],
  ["CREATE DOMAIN d AS text CHECK (value <> '')", { kind: 'create-domain', base: { name: 'text' }, constrained: true }],
  ['ALTER DOMAIN d ADD CHECK (value > 0) NOT VALID', { kind: 'alter-domain', action: 'add-constraint', validated: false }],
  ['ALTER DOMAIN d SET NOT NULL', { kind: 'alter-domain', action: 'set-not-null' }],
  // Views, routines, triggers
  ['CREATE OR REPLACE VIEW v AS WITH c AS (SELECT 1 FROM x) SELECT * FROM c JOIN s.b ON true', {
    kind: 'create-view', view: name('v'), materialized: false, replace: true, query: 'WITH c AS (SELECT 1 FROM x) SELECT * FROM c JOIN s.b ON true', reads: expect.arrayContaining([name('x'), name('b', 's')]),
  }],
  ['CREATE MATERIALIZED VIEW v AS SELECT 1', { kind: 'create-view', materialized: true }],
  ['REFRESH MATERIALIZED VIEW CONCURRENTLY v', { kind: 'refresh-materialized-view', concurrently: true }],
  ['DROP MATERIALIZED VIEW v', { kind: 'drop-view', materialized: true }],
  ['ALTER VIEW v RENAME TO w', { kind: 'rename-view', to: 'w' }],
  ['CREATE FUNCTION s.f() RETURNS int STABLE LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$', { kind: 'create-function', function: name('f', 's'), volatility: 'stable', language: 'plpgsql' }],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$', { kind: 'create-function', definer: { searchPath: null } }],
  ["CREATE PROCEDURE f() LANGUAGE sql SECURITY DEFINER SET work_mem = '1MB' SET search_path TO a, pg_temp AS $$ SELECT 1 $$", { kind: 'create-function', definer: { searchPath: 'a, pg_temp' } }],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$ SELECT 1 $$", { kind: 'create-function', definer: { searchPath: '' } }],
  ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END', { kind: 'create-function', volatility: 'volatile', language: 'sql' }],
  ['DROP FUNCTION f(int)', { kind: 'drop-function', function: name('f') }],
  ['CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()', { kind: 'create-trigger', table, name: 'g', function: name('f'), events: ['insert', 'update'] }],
  ['CREATE TRIGGER g BEFORE UPDATE OF a, b ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION f(); ALTER TRIGGER g ON t RENAME TO h', { kind: 'create-trigger', columns: ['a', 'b'], when: 'NEW.a > 1' }, { kind: 'rename-trigger', table, name: 'g', to: 'h' }],
  ['DROP TRIGGER IF EXISTS g ON a.t', { kind: 'drop-trigger', table: name('t', 'a'), name: 'g', ifExists: true }],
  ['ALTER TABLE t DISABLE TRIGGER ALL, ENABLE TRIGGER g', { kind: 'set-trigger-state', name: 'all', enabled: false }, { kind: 'set-trigger-state', name: 'g', enabled: true }],
  // Other objects and rights
  ['CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY t.id; DROP SEQUENCE s', { kind: 'create-sequence', sequence: name('s') }, { kind: 'alter-sequence' }, { kind: 'drop-sequence' }],
  ['CREATE SCHEMA IF NOT EXISTS a; ALTER SCHEMA a RENAME TO b; DROP SCHEMA b', { kind: 'create-schema', schema: 'a', ifNotExists: true }, { kind: 'rename-schema', schema: 'a', to: 'b' }, { kind: 'drop-schema', schema: 'b' }],
  ['CREATE EXTENSION IF NOT EXISTS x; DROP EXTENSION x', { kind: 'create-extension', extension: 'x', ifNotExists: true }, { kind: 'drop-extension', extension: 'x' }],
  ['ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', { kind: 'set-row-security', enabled: true, force: false }, { kind: 'set-row-security', force: true }],
  ['CREATE POLICY p ON t FOR UPDATE TO app USING (a IN (SELECT b FROM u)) WITH CHECK (c = 1); DROP POLICY p ON t', { kind: 'create-policy', table, name: 'p', using: 'a IN (SELECT b FROM u)', check: 'c = 1', reads: [name('u')] }, { kind: 'drop-policy', table, name: 'p' }],
  ['ALTER POLICY p ON t WITH CHECK (c = 2); ALTER POLICY p ON t RENAME TO q', { kind: 'alter-policy', table, name: 'p', to: null, using: null, check: 'c = 2' }, { kind: 'alter-policy', to: 'q', using: null, check: null }],
  ['GRANT SELECT ON t TO r; REVOKE ALL ON t FROM r', { kind: 'grant', text: 'GRANT SELECT ON t TO r' }, { kind: 'revoke' }],
  // Session, transaction, maintenance
  ["SET LOCAL lock_timeout = '5s'; SET statement_timeout TO 0; RESET lock_timeout", { kind: 'set-setting', name: 'lock_timeout', value: '5s', local: true }, { kind: 'set-setting', value: '0', local: false }, { kind: 'set-setting', value: null }],
  ["SELECT set_config('lock_timeout', '1s', true)", { kind: 'set-setting', name: 'lock_timeout', value: '1s', local: true }],
  ['SET CONSTRAINTS ALL DEFERRED', { kind: 'set-setting', name: 'constraints', value: 'all deferred' }],
  ['BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT a; ROLLBACK TO SAVEPOINT a; RELEASE a; COMMIT; ROLLBACK', { kind: 'begin', isolation: 'serializable' }, { kind: 'savepoint', name: 'a' }, { kind: 'rollback-to-savepoint', name: 'a' }, { kind: 'release-savepoint', name: 'a' }, { kind: 'commit' }, { kind: 'rollback' }],
  ['LOCK TABLE a, b IN SHARE MODE NOWAIT', { kind: 'lock-table', tables: [name('a'), name('b')], mode: 'SHARE', nowait: true }],
  ['VACUUM (FULL) a, b; ANALYZE t', { kind: 'vacuum', table: name('a'), full: true }, { kind: 'vacuum', table: name('b') }, { kind: 'analyze', table }],
  // Of no consequence, and not to be read
  ["SELECT 1; SELECT setval('s', 1); SELECT pg_advisory_lock(1); SELECT create_hypertable('a', 'b'); EXPLAIN SELECT 1; CREATE STATISTICS s ON a, b FROM t", ...Array.from({ length: 6 }, (): Expected => ({ kind: 'other' }))],
  ['SELECT backfill(); CALL p(); EXECUTE q; DROP OWNED BY r', ...Array.from({ length: 4 }, (): Expected => ({ kind: 'opaque' }))],
];

describe('statements of Postgres', () => {
  it.each(cases(rows))('$sql', ({ sql, deeds }) => {
    const statements = read(sql);
    expect(statements.map(({ error }) => error)).toEqual(statements.map(() => null));
    expect(deedsOf(statements)).toMatchObject(deeds);
  });

  it('gives each action of ALTER TABLE its own place and all of them the statement', () => {
    const sql = 'ALTER TABLE t ADD a numeric(1, 2) DEFAULT f(1, 2), DROP b;';
    const [statement] = read(sql);
    expect(statement).toMatchObject({ start: 0, end: sql.length - 1, verb: 'ALTER TABLE' });
    expect(statement?.deeds.map(({ at }) => sql.slice(at.start, at.end))).toEqual(['ADD a numeric(1, 2) DEFAULT f(1, 2)', 'DROP b']);
  });

  it('tells IF [NOT] EXISTS as guards', () => {
    const [statement] = read('ALTER TABLE IF EXISTS t ADD COLUMN IF NOT EXISTS a int');
    expect(statement?.deeds[0]?.guards).toEqual([
      { kind: 'exists', text: 'IF EXISTS', inStatement: true }, { kind: 'not-exists', text: 'IF NOT EXISTS', inStatement: true },
    ]);
  });
});

describe('names longer than Postgres keeps', () => {
  const long = `index_${'a'.repeat(60)}`;
  const japanese = 'お客様が注文時に入力した配送に関する備考の欄'.repeat(2);
  it.each(cases([
    [`CREATE INDEX ${long} ON t (a); DROP INDEX s."${long}B"`, { kind: 'create-index', index: { name: long } }, { kind: 'drop-index', name: name(`${long}B`, 's') }],
    [`CREATE TABLE ${long.toUpperCase()} ("${japanese}" int, CONSTRAINT c_${long} CHECK (a > 0))`, { kind: 'create-table', table: name(long), columns: [{ name: japanese }], checks: [{ name: `c_${long}` }] }],
    [`ALTER TABLE ${japanese} ADD COLUMN ${japanese}x int, DROP COLUMN ${long}`, { kind: 'add-column', table: name(japanese), column: { name: expect.stringContaining(japanese) } }, { kind: 'drop-column', column: long }],
    [`CREATE TYPE e AS ENUM ('${'x'.repeat(63)}'); COMMENT ON TABLE t IS '${'y'.repeat(63)}'`, { kind: 'create-enum', values: ['x'.repeat(63)] }, { kind: 'set-table-option', value: 'y'.repeat(63) }],
  ]))('are given as they are written: $sql', ({ sql, deeds }) => {
    expect(deedsOf(read(sql))).toMatchObject(deeds);
  });
});
