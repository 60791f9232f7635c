import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSqlParser } from '../../../src/parsers/sql/parser.ts';
import type { SqlParser } from '../../../src/parsers/sql/statement.ts';
import { cases, deedsOf, name } from './reading.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('without WebAssembly', () => {
  it('Postgres is read all the same, and it says so', () => {
    const script = `const { loadSqlParser } = await import(${JSON.stringify(new URL('../../../src/parsers/sql/parser.ts', import.meta.url).href)});
      const parser = await loadSqlParser('postgres');
      const [statement] = parser.parse('ALTER TABLE users ADD COLUMN age integer NOT NULL DEFAULT 0');
      console.log(JSON.stringify([typeof WebAssembly, parser.degraded, statement.error, statement.deeds[0].deed.kind, statement.deeds[0].deed.column.type.name, (await loadSqlParser('mysql')).degraded]));`;
    const run = spawnSync(process.execPath, ['--jitless', '--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
    // Node says of its own that the two flags do not go together.
    expect(run.stderr.replace(/^Warning: disabling flag --expose_wasm.*\n/, '')).toBe('');
    expect(JSON.parse(run.stdout)).toEqual(['undefined', expect.stringContaining('WebAssembly is not available'), null, 'add-column', 'integer', null]);
  });
});

describe('the plain reader of Postgres', () => {
  const grammar = loadSqlParser('postgres');
  let plain: SqlParser;
  const saved = globalThis.WebAssembly;
  beforeAll(async () => {
    await grammar;
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    plain = await loadSqlParser('postgres');
    Object.assign(globalThis, { WebAssembly: saved });
  });
  afterAll(() => void Object.assign(globalThis, { WebAssembly: saved }));

  it('says why less is understood', async () => {
    expect(plain.degraded).toContain('WebAssembly');
    expect((await grammar).degraded).toBeNull();
  });

  it('sees what the grammar of the server sees in nearly all of the fixtures', async () => {
    const whole = await grammar;
    const texts = globSync(['sql/postgres/*.sql', 'same/**/*.sql', 'rules/*/*/*.sql'], { cwd: `${root}fixtures/`, ignore: ['**/*.mysql.sql'] }).map((file) => readFileSync(`${root}fixtures/${file}`, 'utf8')).filter((text) => !/^-- engine: (?!postgres)/.test(text));
    const counts = { all: 0, same: 0, silent: [] as string[] };
    for (const text of texts) {
      for (const { start, end } of whole.parse(text).filter(({ error }) => error === null)) {
        const sql = text.slice(start, end);
        const [ours, theirs] = [deedsOf(whole.parse(sql)), deedsOf(plain.parse(sql))];
        counts.all += 1;
        if (ours.map(({ kind }) => kind).join() === theirs.map(({ kind }) => kind).join()) counts.same += 1;
        else if (!theirs.some(({ kind }) => kind === 'opaque')) counts.silent.push(sql);
      }
    }
    expect(counts.silent).toEqual([]);
    expect(counts.same / counts.all).toBeGreaterThan(0.97);
  });

  it.each(cases([
    ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (c) NOT VALID', { kind: 'add-foreign-key', table: name('t'), foreignKey: { name: 'f', validated: false } }],
    ['ALTER TABLE t VALIDATE CONSTRAINT f', { kind: 'validate-constraint', name: 'f' }],
    ['ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i', { kind: 'add-unique', name: 'u', usingIndex: 'i' }],
    ['CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (lower(a) text_pattern_ops DESC NULLS LAST) INCLUDE (b) WHERE c', { kind: 'create-index', concurrently: true, ifNotExists: true, index: { include: ['b'], where: 'c', keys: [{ expression: 'lower(a)', opclass: 'text_pattern_ops', order: 'desc', nulls: 'last' }] } }],
    ['DO $$ BEGIN IF a THEN DROP TABLE x; END IF; END $$', { kind: 'drop-table', table: name('x') }],
    ['REINDEX TABLE CONCURRENTLY t', { kind: 'reindex', target: 'table', name: name('t'), concurrently: true }],
    ['VACUUM (FULL, ANALYZE) a, b; VACUUM c', { kind: 'vacuum', table: name('a'), full: true }, { kind: 'vacuum', table: name('b') }, { kind: 'vacuum', table: name('c'), full: false }],
    ['ALTER TABLE m ATTACH PARTITION p FOR VALUES IN (1); ALTER TABLE m DETACH PARTITION p CONCURRENTLY', { kind: 'attach-partition', partition: name('p'), bounds: 'FOR VALUES IN (1)' }, { kind: 'detach-partition', concurrently: true }],
    ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'; ALTER TYPE e RENAME VALUE 'a' TO 'b'", { kind: 'add-enum-value', value: 'x', before: 'y', ifNotExists: true }, { kind: 'rename-enum-value', value: 'a', to: 'b' }],
    ['ALTER TABLE t DISABLE TRIGGER ALL, ENABLE ROW LEVEL SECURITY, SET (fillfactor = 70), SET UNLOGGED, REPLICA IDENTITY FULL', { kind: 'set-trigger-state', name: 'all', enabled: false }, { kind: 'set-row-security', enabled: true }, { kind: 'set-table-option', option: 'storage' }, { kind: 'set-table-option', option: 'unlogged' }, { kind: 'set-table-option', option: 'replica-identity', value: 'FULL' }],
    ['CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)', { kind: 'create-table', partitionOf: name('p'), partitionBounds: 'FOR VALUES FROM (1) TO (2)' }],
    ['SELECT f(); CALL p(); MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE', { kind: 'opaque' }, { kind: 'opaque' }, { kind: 'opaque' }],
  ]))('reads $sql', ({ sql, deeds }) => {
    const statements = plain.parse(sql);
    expect(statements.filter(({ error }) => error)).toEqual([]);
    expect(deedsOf(statements)).toMatchObject(deeds);
  });

  it('tells what is certainly wrong, at its place, and leaves the rest', () => {
    const sql = 'ALTR TABLE x;\nDROP TABLE 日;\nCREATE TABLE t (a int;\nALTER TABLE t FROBNICATE;';
    const statements = plain.parse(sql);
    expect(statements.map(({ error }) => error && sql.slice(error.at.start, error.at.end))).toEqual(['ALTR', null, '(', null]);
    expect(statements.map(({ deeds }) => deeds[0]?.deed.kind)).toEqual(['opaque', 'drop-table', 'create-table', 'opaque']);
  });
});
