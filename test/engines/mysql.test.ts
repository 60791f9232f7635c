import { describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import { typeChange } from '../../src/engines/type-change.ts';
import { columnType } from '../../src/operations/index.ts';
import type { ColumnType, Engine, EngineName, Operation } from '../../src/operations/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import { addColumn, alterType, column, createIndex, createTable, dropColumn, foreignKey, index, name, run } from '../schema/deeds.ts';

const server = (engine: EngineName, ...version: number[]): Engine => ({ name: engine, version, from: 'test' });
const mysql = server('mysql');
const mariadb = server('mariadb');

const base = [
  createTable('parents', [column('id', 'bigint', [], { primaryKey: true })]),
  createTable('t', [
    column('id', 'bigint', [], { primaryKey: true }), column('cnt'), column('qty', 'integer', [], { nullable: false, default: { kind: 'constant', value: 1 }, comment: 'pieces' }),
    column('code', 'varchar', [50]), column('note', 'text'), column('parent_id', 'bigint'),
  ]),
  createTable('searched', [column('body', 'text')], { indexes: [index('searched', ['body'], { name: 'ft', method: 'fulltext' })] }),
];

function effect(operation: Operation, engine: Engine) {
  const schema = createSchema({ complete: true, engine: engine.name });
  for (const one of base) schema.apply(one, { inChangeSet: false });
  return effectOf(operation, schema, engine);
}

/** `instant`, `online rewrite`, `blocking rewrite`, ... */
function way(operation: Operation, engine: Engine): string {
  const { locks, cost } = effect(operation, engine);
  return cost === 'constant' ? 'instant' : `${locks[0]?.blocks.writes ? 'blocking' : 'online'} ${cost}`;
}

const alterNull = (nullable: boolean, title: string, type: string): Operation => alterType('t', title, type, [], { restated: column(title, type, [], { nullable }) });
const key = run({ kind: 'add-foreign-key', table: name('t'), foreignKey: foreignKey(['parent_id'], 'parents'), ifNotExists: false });
const check = run({ kind: 'add-check', table: name('t'), check: { name: 'c', expression: 'cnt > 0', validated: true }, ifNotExists: false });
const uuid = { kind: 'expression', sql: '(uuid())', functions: ['uuid'] } as const;

describe('InnoDB', () => {
  it.each([
    ['add column', addColumn('t', column('x')), 'instant', 'instant'],
    ['add column with UUID()', addColumn('t', column('x', 'char', [36], { default: uuid })), 'blocking rewrite', 'blocking rewrite'],
    ['add column with CURRENT_TIMESTAMP', addColumn('t', column('x', 'datetime', [], { default: { kind: 'expression', sql: 'CURRENT_TIMESTAMP', functions: ['current_timestamp'] } })), 'instant', 'instant'],
    ['add auto_increment', addColumn('t', column('x', 'integer', [], { autoIncrement: true, unique: true })), 'blocking rewrite', 'blocking rewrite'],
    ['add stored column', addColumn('t', column('x', 'integer', [], { generated: { expression: 'qty * 2', stored: true } })), 'blocking rewrite', 'blocking rewrite'],
    ['add column to a searched table', addColumn('searched', column('x')), 'blocking rewrite', 'blocking rewrite'],
    ['drop column', dropColumn('t', 'note'), 'instant', 'instant'],
    ['int to bigint', alterType('t', 'cnt', 'bigint'), 'blocking rewrite', 'blocking rewrite'],
    ['set NOT NULL by MODIFY', alterNull(false, 'cnt', 'integer'), 'online rewrite', 'online rewrite'],
    ['add index', createIndex(index('t', ['code'])), 'online index-build', 'online index-build'],
    ['add index, lock shared', createIndex(index('t', ['code']), { lock: 'shared' }), 'blocking index-build', 'blocking index-build'],
    ['add index, algorithm copy', createIndex(index('t', ['code']), { algorithm: 'copy' }), 'blocking rewrite', 'blocking rewrite'],
    ['first fulltext index', createIndex(index('t', ['note'], { method: 'fulltext' })), 'blocking rewrite', 'blocking rewrite'],
    ['second fulltext index', createIndex(index('searched', ['body'], { name: 'b', method: 'fulltext' })), 'blocking index-build', 'blocking index-build'],
    ['add foreign key', key, 'blocking rewrite', 'blocking rewrite'],
    ['add check', check, 'blocking rewrite', 'blocking rewrite'],
    ['convert charset', run({ kind: 'set-table-option', table: name('t'), option: 'convert-charset', value: 'utf8mb4' }), 'blocking rewrite', 'blocking rewrite'],
    ['optimize', run({ kind: 'set-table-option', table: name('t'), option: 'force-rebuild', value: null }), 'online rewrite', 'online rewrite'],
    ['partition by', run({ kind: 'alter-partitions', table: name('t'), action: 'PARTITION BY HASH (id)' }), 'blocking rewrite', 'blocking rewrite'],
  ] as const)('%s', (_, operation, onMysql, onMariadb) => {
    expect([way(operation, mysql), way(operation, mariadb)]).toEqual([onMysql, onMariadb]);
  });

  it('depends on the release', () => {
    const add = addColumn('t', column('x'));
    const first = addColumn('t', column('x', 'integer', [], { position: 'first' }));
    const drop = dropColumn('t', 'note');
    const ways = (engine: Engine) => [add, first, drop].map((operation) => way(operation, engine));
    expect(ways(server('mysql', 5, 7))).toEqual(['online rewrite', 'online rewrite', 'online rewrite']);
    expect(ways(server('mysql', 8, 0, 20))).toEqual(['instant', 'online rewrite', 'online rewrite']);
    expect(ways(server('mysql', 8, 0))).toEqual(['instant', 'instant', 'instant']);
    expect(ways(server('mariadb', 10, 3))).toEqual(['instant', 'online rewrite', 'online rewrite']);
    expect(ways(server('mariadb', 10, 11))).toEqual(['instant', 'instant', 'instant']);
  });

  it('knows what a clause allows', () => {
    const add = addColumn('t', column('x'));
    const grow = alterType('t', 'cnt', 'bigint');
    const refusal = (operation: Operation, engine: Engine, clauses: { algorithm?: string; lock?: string }) => effect({ ...operation, alter: { algorithm: null, lock: null, ignore: false, actions: [operation.kind], ...clauses } }, engine).refused?.error ?? null;
    expect([refusal(add, mysql, { algorithm: 'INSTANT' }), refusal(add, mysql, { algorithm: 'INPLACE', lock: 'NONE' }), refusal(grow, mysql, { algorithm: 'COPY', lock: 'SHARED' })]).toEqual([null, null, null]);
    expect([refusal(grow, mysql, { algorithm: 'INPLACE' }), refusal(grow, mysql, { lock: 'NONE' }), refusal(add, server('mysql', 5, 7), { algorithm: 'INSTANT' }), refusal(add, mysql, { algorithm: 'INSTANT', lock: 'NONE' })]).toEqual(['1845 or 1846', '1845 or 1846', '1800', '1221']);
    expect(way({ ...add, alter: { algorithm: 'COPY', lock: null, ignore: false, actions: ['add-column'] } }, mysql)).toBe('blocking rewrite');
    expect(effect({ ...grow, alter: { algorithm: 'COPY', lock: 'EXCLUSIVE', ignore: false, actions: ['alter-column-type'] } }, mysql).locks[0]?.blocks).toEqual({ reads: true, writes: true });
  });

  it('lets others write while MariaDB copies, from 11.2 on', () => {
    const grow = alterType('t', 'cnt', 'bigint');
    expect([server('mariadb', 11, 1), server('mariadb', 11, 2), mariadb].map((engine) => way(grow, engine))).toEqual(['blocking rewrite', 'online rewrite', 'blocking rewrite']);
    expect(effect({ ...grow, alter: { algorithm: null, lock: 'NONE', ignore: false, actions: ['alter-column-type'] } }, server('mariadb', 11, 4)).refused).toBeUndefined();
  });

  it('carries the actions of one ALTER TABLE out together', () => {
    const together = (operation: Operation, ...actions: Operation['kind'][]): Operation => ({ ...operation, alter: { algorithm: null, lock: null, ignore: false, actions } });
    expect(way(together(addColumn('t', column('x')), 'add-column', 'create-index'), mysql)).toBe('online rewrite');
    const drop = run({ kind: 'drop-constraint', table: name('t'), name: null, constraint: 'primary-key', columns: [], references: null, ifExists: false, cascade: false });
    expect([way(drop, mysql), way(together(drop, 'drop-constraint', 'add-primary-key'), mysql)]).toEqual(['blocking rewrite', 'online rewrite']);
  });

  it('commits with every schema change', () => {
    expect(effect(addColumn('t', column('x')), mysql).inTransaction).toBe('commits');
    expect(effect(createTable('n', [], { temporary: true }), mysql).inTransaction).toBe('allowed');
    expect(effect(run({ kind: 'truncate', tables: [name('t')], cascade: false }), mysql).inTransaction).toBe('commits');
  });

  it('fills a NOT NULL column silently, but for dates', () => {
    const add = (type: string) => effect(addColumn('t', column('x', type, [], { nullable: false })), mysql);
    expect(add('integer')).toMatchObject({ assumes: [{ of: 'empty', error: null }], loses: ['existing rows silently get 0 in "x"'] });
    expect(add('date')).toMatchObject({ assumes: [{ of: 'empty', error: '1292' }], loses: [] });
  });

  it('says what a restated definition leaves out', () => {
    expect(effect(alterNull(true, 'qty', 'bigint'), mariadb).loses.join()).toMatch(/NOT NULL.*the default.*the comment/);
  });

  it('locks the parent of a foreign key, and numbers the errors', () => {
    expect(effect(key, mysql).locks.map((lock) => [lock.table.name, lock.role])).toEqual([['t', 'target'], ['parents', 'parent']]);
    expect(effect(key, mysql).assumes[0]?.error).toBe('1452');
    expect(effect(check, mariadb).assumes[0]?.error).toBe('4025');
    expect(effect(createIndex(index('t', ['code'], { unique: true })), mysql).assumes[0]?.error).toBe('1062');
  });
});

describe('type changes', () => {
  const varchar = (length: number) => columnType('varchar', [length]);
  const labels = (...values: string[]): ColumnType => ({ name: 'enum', args: [], values });
  it.each([
    [varchar(50), varchar(60), 'free', null], [varchar(63), varchar(64), 'rewrite', null], [varchar(100), varchar(300), 'free', null], [varchar(50), varchar(20), 'rewrite', 'values longer than 20'],
    [columnType('integer', [11]), columnType('integer'), 'free', null], [columnType('integer'), columnType('bigint'), 'rewrite', null], [columnType('bigint'), columnType('integer'), 'rewrite', 'range'],
    [columnType('integer'), { ...columnType('integer'), unsigned: true }, 'rewrite', 'negative'], [columnType('decimal', [10, 2]), columnType('numeric', [12, 2]), 'rewrite', null],
    [labels('a', 'b'), labels('a', 'b', 'c'), 'free', null], [labels('a', 'b'), labels('a', 'x', 'b'), 'rewrite', null], [labels('a', 'b'), labels('a'), 'rewrite', 'rows that hold "b"'],
    [columnType('text'), columnType('mediumtext'), 'rewrite', null], [columnType('text'), varchar(200), 'rewrite', 'values longer than 200'], [columnType('datetime'), columnType('timestamp'), 'rewrite', '2038'],
    [columnType('datetime'), columnType('datetime', [6]), 'rewrite', null], [columnType('boolean'), columnType('tinyint', [1]), 'free', null],
  ] as const)('%j to %j', (from, to, cost, narrows) => {
    for (const engine of [mysql, mariadb]) {
      const change = typeChange(from, to, engine);
      expect(change.cost).toBe(cost);
      if (narrows === null) expect(change.narrows).toBeNull();
      else expect(change.narrows).toContain(narrows);
    }
  });

  it('takes the short texts of MariaDB for what they are: their length has one byte in both formats', () => {
    expect([mariadb, server('mariadb', 10, 3), mysql].map((engine) => typeChange(varchar(31), varchar(300), engine).cost)).toEqual(['free', 'rewrite', 'rewrite']);
  });

  it('counts bytes of the character set', () => {
    expect(typeChange(varchar(100), varchar(255), mysql, { charset: 'latin1' }).cost).toBe('free');
    expect(typeChange(varchar(255), varchar(256), mysql, { charset: 'latin1' }).cost).toBe('rewrite');
  });
});
