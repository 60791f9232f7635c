import { describe, expect, it } from 'vitest';
import { code, lowered, type Setting, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;

describe('what a change method cannot undo', () => {
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: boolean])[] = [
    ['add_column', [':a', ':b', ':string'], {}, {}, true],
    ['change_column', [':a', ':b', ':string'], {}, {}, false],
    ['drop_table', [':a'], {}, {}, false],
    ['drop_table', [':a'], { id: ':uuid' }, {}, true],
    ['drop_table', [':a', ':b'], { id: ':uuid' }, {}, false],
    ['remove_column', [':a', ':b'], {}, {}, false],
    ['remove_column', [':a', ':b', ':string'], {}, {}, true],
    ['remove_columns', [':a', ':b', ':c'], {}, {}, false],
    ['remove_columns', [':a', ':b', ':c'], { type: ':string' }, {}, true],
    ['remove_columns', [':a', ':b', ':c'], { type: ':string' }, { rails: [6, 0] }, false],
    ['remove_index', [':a'], { name: 'x' }, {}, false],
    ['remove_index', [':a'], { name: 'x', column: ':b' }, {}, true],
    ['remove_index', [':a', ':b'], {}, {}, true],
    ['remove_index', [':a', ':b'], {}, { rails: [4, 2], version: [4, 2] }, false],
    ['change_column_default', [':a', ':b', 1], {}, {}, false],
    ['change_column_default', [':a', ':b'], { from: 1, to: 2 }, {}, true],
    ['change_column_default', [':a', ':b', { from: 1, to: 2 }], {}, {}, true],
    ['change_column_comment', [':a', ':b', 'x'], {}, {}, false],
    ['change_column_comment', [':a', ':b', 'x'], {}, { version: [5, 2] }, true],
    ['change_table_comment', [':a'], { from: 'x', to: 'y' }, {}, true],
    ['change_table_comment', [':a', 'x'], {}, {}, false],
    ['change_column_null', [':a', ':b', false], {}, {}, true],
    ['remove_foreign_key', [':a', ':b'], {}, {}, true],
    ['remove_foreign_key', [':a'], { column: ':b' }, {}, false],
    ['remove_foreign_key', [':a'], { to_table: ':b' }, {}, true],
    ['remove_foreign_key', [':a'], { to_table: ':b' }, { rails: [5, 2] }, false],
    ['remove_check_constraint', [':a'], { name: 'x' }, {}, false],
    ['remove_check_constraint', [':a', 'b > 0'], { name: 'x' }, {}, true],
    ['remove_exclusion_constraint', [':a'], { name: 'x' }, {}, false],
    ['add_unique_constraint', [':a'], { using_index: 'x' }, {}, false],
    ['add_unique_constraint', [':a', ':b'], {}, {}, true],
    ['remove_unique_constraint', [':a'], { name: 'x' }, {}, false],
    ['drop_enum', [':a'], {}, {}, false],
    ['drop_enum', [':a', ['x']], {}, {}, true],
    ['create_enum', [':a', ['x']], {}, {}, true],
    ['create_enum', [':a', ['x']], {}, { rails: [7, 0], version: [7, 0] }, false],
    ['add_enum_value', [':a', 'x'], {}, {}, false],
    ['rename_enum', [':a', ':b'], {}, {}, true],
    ['rename_enum_value', [':a'], { from: 'x', to: 'y' }, {}, true],
    ['rename_schema', [':a', ':b'], {}, {}, false],
    ['create_schema', [':a'], {}, { rails: [7, 2] }, false],
    ['create_schema', [':a'], {}, { rails: [8, 0] }, true],
    ['drop_virtual_table', [':a'], {}, { engine: 'sqlite' }, false],
    ['drop_virtual_table', [':a', ':fts5', ['x']], {}, { engine: 'sqlite' }, true],
    ['remove_reference', [':a', ':b'], {}, {}, true],
    ['remove_timestamps', [':a'], {}, {}, true],
    ['update_view', [':a'], { version: 2 }, {}, false],
    ['update_view', [':a'], { version: 2, revert_to_version: 1 }, {}, true],
    ['remove_column', [':a', code('name')], {}, {}, true],
    ['remove_index', [':a'], { name: 'x' }, { incomplete: true }, true],
  ];
  it.each(rows)('%s %j %j %j: %s', (name, args, options, setting, reversible) => {
    const of = (reversing: boolean) => lowered(name, args, options, { ...setting, reversing }).problems.filter((problem) => problem.kind === 'irreversible');
    expect(of(true)).toHaveLength(reversible ? 0 : 1);
    expect(of(false)).toHaveLength(0);
  });

  it('judges t. calls by the statement they stand for', () => {
    const of = (call: readonly [string, readonly Written[]]) => lowered('change_table', [':a'], {}, { reversing: true }, [call]).problems;
    expect(of(['change', [':b', ':text']])).toMatchObject([{ kind: 'irreversible', call: 't.change' }]);
    expect(of(['remove', [':b']])).toMatchObject([{ call: 't.remove' }]);
    expect(of(['rename', [':b', ':c']])).toEqual([]);
    expect(lowered('drop_table', [':a'], {}, { reversing: true }, [['string', [':b']]]).problems).toEqual([]);
  });

  it('says what a rollback does where it does not raise', () => {
    expect(lowered('rename_schema', [':a', ':b'], {}, { reversing: true }).problems).toMatchObject([{ raises: false }]);
  });
});
