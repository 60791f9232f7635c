import { describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import { typeChange } from '../../src/engines/type-change.ts';
import { columnType } from '../../src/operations/index.ts';
import type { Engine, Operation } from '../../src/operations/index.ts';
import { addColumn, alterType, column, createIndex, createTable, dropIndex, foreignKey, index, name, run } from '../schema/deeds.ts';
import { baseSchema } from './base.ts';

const postgres = (...version: number[]): Engine => ({ name: 'postgres', version, from: 'test' });
const effect = (operation: Operation, ...version: number[]) => effectOf(operation, baseSchema(), postgres(...version));
const notNull = (title: string) => run({ kind: 'set-not-null', table: name('orders'), column: title, fill: { kind: 'none' } });

describe('releases that the embedded server is not', () => {
  it('rewrote for a constant default before 11', () => {
    const add = addColumn('orders', column('x', 'integer', [], { default: { kind: 'constant', value: 1 } }));
    expect([effect(add, 10).rewrites, effect(add, 11).rewrites, effect(add).rewrites]).toEqual([true, false, false]);
  });

  it('scanned for SET NOT NULL before 12, whatever the checks', () => {
    expect([effect(notNull('proved'), 11).cost, effect(notNull('proved'), 12).cost]).toEqual(['scan', 'constant']);
  });

  it('refused ADD VALUE in a transaction before 12', () => {
    const add = run({ kind: 'add-enum-value', type: name('mood'), value: 'x', ifNotExists: false, before: null, after: null });
    expect([effect(add, 11).inTransaction, effect(add, 12).inTransaction]).toEqual(['forbidden', 'allowed']);
  });

  it('locked the parent for ATTACH PARTITION before 12, and the table for ALTER INDEX RENAME', () => {
    const attach = run({ kind: 'attach-partition', table: name('events'), partition: name('events_new'), bounds: null });
    expect([effect(attach, 11).locks[0]?.mode, effect(attach, 12).locks[0]?.mode]).toEqual(['ACCESS EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE']);
    const rename = run({ kind: 'rename-index', table: null, name: 'orders_code_idx', to: 'i' });
    expect([effect(rename, 11).locks[0]?.blocks.reads, effect(rename, 12).locks.length]).toEqual([true, 0]);
  });

  it('did not know REINDEX CONCURRENTLY before 12', () => {
    const reindex = run({ kind: 'reindex', target: 'table', name: name('orders'), concurrently: true });
    expect([effect(reindex, 11).refused?.error, effect(reindex, 12).refused, effect(reindex).refused]).toEqual(['42601', undefined, undefined]);
  });

  it('did not know DETACH CONCURRENTLY before 14, nor indexes on partitioned tables before 11', () => {
    const detach = run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: true });
    expect([effect(detach, 13).refused?.error, effect(detach, 14).refused]).toEqual(['42601', undefined]);
    const build = createIndex(index('events', ['v'], { name: 'i' }));
    expect([effect(build, 10).refused?.error, effect(build, 11).refused]).toEqual(['42809', undefined]);
  });

  it('rewrote timestamps for timestamptz before 12', () => {
    const change = (...version: number[]) => typeChange(columnType('timestamp'), columnType('timestamptz'), postgres(...version)).cost;
    expect([change(11), change(12)]).toEqual(['rewrite', 'unknown']);
  });
});

describe('what cannot be told', () => {
  it('says so for a session\'s time zone, an unknown old type and an unknown function', () => {
    expect(effect(alterType('orders', 'ts', 'timestamptz'))).toMatchObject({ cost: 'rewrite', unsure: expect.stringContaining('TimeZone') as string });
    expect(effect(alterType('ghosts', 'x', 'bigint'))).toMatchObject({ cost: 'rewrite', unsure: 'the old type is not known' });
    const add = addColumn('orders', column('x', 'integer', [], { default: { kind: 'expression', sql: 'mystery()', functions: ['mystery'] } }));
    expect(effect(add)).toMatchObject({ rewrites: true, unsure: expect.stringContaining('mystery()') as string });
  });

  it('does not guess at what could not be read', () => {
    expect(effect(run({ kind: 'opaque', reason: 'dynamic', text: '' }))).toMatchObject({ locks: [], unsure: expect.any(String) as string });
  });

  it('names the index when its table is not known', () => {
    expect(effect(dropIndex({ name: name('ghost_idx') }))).toMatchObject({ locks: [{ table: name('ghost_idx'), mode: 'ACCESS EXCLUSIVE' }], unsure: expect.stringContaining('ghost_idx') as string });
  });
});

describe('roles', () => {
  it('completes an interrupted detachment under a weak lock', () => {
    const finalize = run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: false, finalize: true });
    expect(effect(finalize).locks.map((lock) => [lock.table.name, lock.mode])).toEqual([['events', 'SHARE UPDATE EXCLUSIVE'], ['events_p0', 'ACCESS EXCLUSIVE']]);
  });

  it('does not lock a table that is being created', () => {
    expect(effect(createTable('n', [column('id')])).locks).toEqual([]);
    expect(effect(createTable('orders', [column('id')], { force: true })).loses).toEqual(['the rows of "orders"']);
  });

  it('lists what goes with a dropped column', () => {
    const drop = run({ kind: 'drop-column', table: name('orders'), column: 'qty', ifExists: false, cascade: false });
    expect(effect(drop).loses).toEqual(['the index "orders_qty_idx"', 'the check "orders_qty_check"']);
  });

  it('lists whose rows go with deleted ones, and whose rows forbid it', () => {
    const schema = baseSchema([
      createTable('shipments', [column('id', 'bigint'), column('item', 'bigint', [], { references: foreignKey(['item'], 'order_items', { onDelete: 'cascade' }) })]),
      createTable('labels', [column('s', 'bigint', [], { references: foreignKey(['s'], 'shipments', { onDelete: 'cascade' }) })]),
    ]);
    const all = (table: string) => effectOf(run({ kind: 'delete-rows', table: name(table), scope: 'all', where: null, mode: { by: 'statement', batchedRead: false, model: null } }), schema, postgres());
    expect(all('order_items')).toMatchObject({ loses: ['the rows of "shipments" that refer to them', 'the rows of "labels" that refer to them'], assumes: [] });
    expect(all('orders')).toMatchObject({ loses: [], assumes: [{ of: 'foreign-key', table: name('order_items'), error: '23503' }] });
  });

  it('scans the DEFAULT partition for a new one', () => {
    const schema = baseSchema([createTable('events_rest', [], { partitionOf: name('events'), partitionBounds: 'DEFAULT' })]);
    const create = effectOf(createTable('events_p5', [], { partitionOf: name('events') }), schema, postgres());
    expect(create.locks.map((lock) => [lock.table.name, lock.mode, lock.cost])).toEqual([['events', 'ACCESS EXCLUSIVE', 'scan'], ['events_rest', 'ACCESS EXCLUSIVE', 'scan']]);
  });

  it('tells a materialized view\'s index by its role', () => {
    expect(effect(createIndex(index('mv_stats', ['v']))).locks[0]?.role).toBe('view');
  });

  it('has an answer on SQLite', () => {
    const set = effectOf(notNull('cnt'), baseSchema(), { name: 'sqlite', version: [], from: 'test' });
    expect(set).toMatchObject({ rewrites: true, assumes: [{ of: 'not-null' }] });
  });
});
