import { describe, expect, it } from 'vitest';
import type { EngineName, Operation } from '../../src/operations/index.ts';
import { foldingOf } from '../../src/schema/folding.ts';
import { createSchema } from '../../src/schema/state.ts';
import { column, createTable, name, run } from './deeds.ts';

const inside = { transaction: 1 };
const begin = run({ kind: 'begin', isolation: null }, inside);
const commit = run({ kind: 'commit' }, inside);
const rollback = run({ kind: 'rollback' }, inside);
const savepoint = (title: string) => run({ kind: 'savepoint', name: title }, inside);
const backTo = (title: string) => run({ kind: 'rollback-to-savepoint', name: title }, inside);
const release = (title: string) => run({ kind: 'release-savepoint', name: title }, inside);
const create = (table: string) => createTable(table, [column('id')], {}, inside);
const insert = (table: string) => run({ kind: 'insert-rows', table: name(table), columns: [], rows: 1, fromQuery: false, reads: [], mode: { by: 'statement', batchedRead: false, model: null } }, inside);

/** The tables after the operations; one with rows carries a star. */
function tablesAfter(operations: readonly Operation[], engine: EngineName = 'postgres'): string[] {
  const schema = createSchema({ complete: true, engine });
  schema.apply(createTable('old', [column('id')]), { inChangeSet: false });
  const fold = foldingOf(schema, operations, engine);
  for (const operation of operations) fold(operation, { inChangeSet: true });
  return [...schema.tables()].map((table) => `${table.name.name}${table.written ? '*' : ''}`);
}

describe('what ROLLBACK undoes', () => {
  it.each<[string, readonly Operation[], readonly string[]]>([
    ['all of the transaction', [begin, create('a'), run({ kind: 'drop-table', table: name('old'), ifExists: false, cascade: false }, inside), rollback], ['old']],
    ['nothing that was committed before', [begin, create('a'), commit, rollback], ['old', 'a']],
    ['what came after the savepoint', [begin, create('a'), savepoint('s'), create('b'), insert('a'), backTo('s'), commit], ['old', 'a']],
    ['only the newest savepoint of a name', [begin, savepoint('s'), create('a'), savepoint('s'), create('b'), backTo('s')], ['old', 'a']],
    ['an outer savepoint, too, once the inner one is released', [begin, savepoint('s'), create('a'), savepoint('s'), create('b'), release('s'), backTo('s')], ['old']],
    ['more than once to one savepoint', [begin, savepoint('s'), create('a'), backTo('s'), create('b'), backTo('s'), create('c')], ['old', 'c']],
    ['what savepoints kept, with the transaction', [begin, create('a'), savepoint('s'), create('b'), backTo('s'), rollback], ['old']],
    ['nothing when it only may run', [begin, create('a'), { ...rollback, certain: false }], ['old', 'a']],
  ])('%s', (_, operations, tables) => expect(tablesAfter(operations)).toEqual(tables));

  it('is rows, not tables, on MySQL: a schema statement commits', () => {
    expect(tablesAfter([begin, create('a'), rollback], 'mysql')).toEqual(['old', 'a']);
    expect(tablesAfter([begin, create('a'), insert('a'), rollback], 'mysql')).toEqual(['old', 'a']);
    expect(tablesAfter([begin, create('a'), insert('a'), rollback], 'sqlite')).toEqual(['old']);
  });
});
