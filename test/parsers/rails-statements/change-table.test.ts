import { describe, expect, it } from 'vitest';
import { lowered, proc, type Setting, type TableCall } from './lowered.ts';

describe('change_table', () => {
  const rows: readonly (readonly [call: TableCall, setting: Setting, expected: readonly unknown[]])[] = [
    [['string', [':a', ':b'], { null: false }], {}, [{ kind: 'add-column', table: { name: 'users' }, column: { name: 'a', nullable: false } }, { column: { name: 'b' } }]],
    [['column', [':a', ':jsonb']], {}, [{ column: { type: { name: 'jsonb' } } }]],
    [['string', [':a'], { index: { unique: true } }], {}, [{ kind: 'add-column' }, { kind: 'create-index', index: { unique: true } }]],
    [['string', [':a'], { index: true }], { rails: [5, 2] }, [{ kind: 'add-column' }]],
    [['timestamps'], {}, [{ column: { name: 'created_at', nullable: false } }, { column: { name: 'updated_at' } }]],
    [['references', [':a', ':b']], {}, [{ column: { name: 'a_id' } }, { kind: 'create-index' }, { column: { name: 'b_id' } }, { kind: 'create-index' }]],
    [['belongs_to', [':a'], { foreign_key: true, index: false }], {}, [{}, { kind: 'add-foreign-key' }]],
    [['index', [':a'], { unique: true }], {}, [{ kind: 'create-index', index: { table: { name: 'users' }, name: 'index_users_on_a' } }]],
    [['remove', [':a', ':b']], {}, [{ kind: 'drop-column', column: 'a' }, { kind: 'drop-column', column: 'b' }]],
    [['remove_index', [':a']], {}, [{ kind: 'drop-index', columns: ['a'] }]],
    [['remove_index', [], { name: 'x' }], {}, [{ kind: 'drop-index', name: { name: 'x' } }]],
    [['remove_references', [':a'], { polymorphic: true }], {}, [{ column: 'a_id' }, { column: 'a_type' }]],
    [['remove_belongs_to', [':a', ':b']], {}, [{ column: 'a_id' }, { column: 'b_id' }]],
    [['remove_timestamps'], {}, [{ kind: 'drop-column' }, { kind: 'drop-column' }]],
    [['rename', [':a', ':b']], {}, [{ kind: 'rename-column', column: 'a', to: 'b' }]],
    [['rename_index', ['a', 'b']], {}, [{ kind: 'rename-index', name: 'a' }]],
    [['change', [':a', ':text'], { null: false }], {}, [{ kind: 'alter-column-type' }, { kind: 'set-not-null' }]],
    [['change_default', [':a', 1]], {}, [{ kind: 'set-default', default: { value: 1 } }]],
    [['change_default', [':a'], { from: 1, to: 2 }], {}, [{ kind: 'set-default', default: { value: 2 }, from: { value: 1 } }]],
    [['change_null', [':a', false, 0]], {}, [{ kind: 'set-not-null', fill: { value: 0 } }]],
    [['foreign_key', [':posts']], {}, [{ kind: 'add-foreign-key' }]],
    [['remove_foreign_key', [':posts']], {}, [{ kind: 'drop-constraint', constraint: 'foreign-key' }]],
    [['check_constraint', ['a > 0']], {}, [{ kind: 'add-check' }]],
    [['remove_check_constraint', [], { name: 'c' }], {}, [{ kind: 'drop-constraint', constraint: 'check' }]],
    [['validate_check_constraint', [], { name: 'c' }], {}, [{ kind: 'validate-constraint' }]],
    [['unique_constraint', [':a']], {}, [{ kind: 'add-unique' }]],
    [['exclusion_constraint', ['a WITH =']], {}, [{ kind: 'add-exclusion' }]],
    [['primary_key', [':id']], {}, [{ column: { type: { name: 'bigserial' }, primaryKey: true } }]],
    [['datetime', [':a'], { default: proc('now()') }], {}, [{ column: { default: { kind: 'expression', functions: ['now'] } } }]],
    [['attachment', [':avatar']], {}, [{}, {}, {}, {}]],
    [['index_exists?', [':a']], {}, []],
    [['frobnicate', [':a']], {}, [{ kind: 'opaque' }]],
  ];
  it.each(rows)('%j %j', (call, setting, expected) => {
    for (const bulk of [true, false]) {
      const { deeds } = lowered('change_table', [':users'], { bulk }, setting, [call]);
      expect(deeds).toMatchObject(expected);
      expect(deeds).toHaveLength(expected.length);
    }
  });
});
