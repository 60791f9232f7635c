import { describe, expect, it } from 'vitest';
import type { EngineName, Operation } from '../../src/operations/index.ts';
import { rollbacksIn } from '../../src/operations/index.ts';
import { column, createTable, name, run } from './deeds.ts';

const inside = { transaction: 1 };
const rollback = run({ kind: 'rollback' }, inside);
const savepoint = (title: string) => run({ kind: 'savepoint', name: title }, inside);
const backTo = (title: string) => run({ kind: 'rollback-to-savepoint', name: title }, inside);
const release = (title: string) => run({ kind: 'release-savepoint', name: title }, inside);
const create = (table: string, transaction: number | null = 1) => createTable(table, [column('id')], {}, { transaction });
const remove = (table: string) => run({ kind: 'delete-rows', table: name(table), scope: 'all', where: null, mode: { by: 'statement', batchedRead: false, model: null } }, inside);

/** Each operation that is taken back, as `table by place`. */
function undone(operations: readonly Operation[], engine: EngineName = 'postgres'): string[] {
  return [...rollbacksIn(operations, engine)].map(([operation, at]) => `${'table' in operation && operation.table !== null && typeof operation.table === 'object' ? operation.table.name : operation.kind} by ${at}`);
}

describe('which operations are taken back, and where', () => {
  it.each<[string, readonly Operation[], readonly string[]]>([
    ['all of the transaction', [create('a', null), create('b'), create('c'), rollback, create('d', null)], ['b by 3', 'c by 3']],
    ['those after the savepoint, at once', [create('a'), savepoint('s'), create('b'), backTo('s'), create('c'), rollback], ['b by 3', 'a by 5', 'c by 5']],
    ['those of a released savepoint with what is around it', [savepoint('s'), create('a'), savepoint('t'), create('b'), release('t'), backTo('s')], ['a by 5', 'b by 5']],
    ['none of another transaction', [create('a', 2), create('b'), rollback], ['b by 2']],
    ['none when the rollback runs on a condition', [create('a'), { ...rollback, certain: false }, rollback], []],
    ['none without a rollback', [create('a'), savepoint('s'), create('b')], []],
  ])('%s', (_, operations, expected) => expect(undone(operations)).toEqual(expected));

  it('is what no schema statement has committed, on MySQL', () => {
    expect(undone([remove('a'), create('b'), remove('c'), rollback], 'mysql')).toEqual(['c by 3']);
    expect(undone([remove('a'), create('b'), remove('c'), rollback], 'sqlite')).toEqual(['a by 3', 'b by 3', 'c by 3']);
  });
});
