import { describe, expect, it } from 'vitest';
import { lowered, type Setting, type TableCall, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;
type Row = readonly [name: string, args: readonly Written[], options: Options, expected: readonly unknown[], setting?: Setting];

const online: Setting = { libraries: ['online_migrations'] };

describe('verbs of libraries', () => {
  const rows: readonly Row[] = [
    // scenic and fx
    ['create_view', [':reports'], { version: 1, materialized: true }, [{ kind: 'create-view', view: { name: 'reports' }, materialized: true, replace: false, query: null }]],
    ['create_view', [':reports'], { sql_definition: 'SELECT 1' }, [{ query: 'SELECT 1', materialized: false }]],
    ['update_view', [':reports'], { version: 2, revert_to_version: 1, materialized: { side_by_side: true } }, [{ kind: 'drop-view', materialized: true }, { kind: 'create-view', materialized: true }]],
    ['replace_view', [':reports'], { version: 2 }, [{ kind: 'create-view', replace: true }]],
    ['drop_view', [':reports'], { revert_to_version: 1 }, [{ kind: 'drop-view', ifExists: false, cascade: false }]],
    ['refresh_materialized_view', [':reports'], { concurrently: true }, [{ kind: 'refresh-materialized-view', view: { name: 'reports' }, concurrently: true }]],
    ['refresh_materialized_view', [':reports'], { cascade: true }, [{ concurrently: false }, { kind: 'opaque' }]],
    ['create_function', [':f'], { version: 1 }, [{ kind: 'create-function', function: { name: 'f' } }]],
    ['create_function', [':f'], { sql_definition: 'CREATE FUNCTION f()' }, [{ kind: 'other', text: 'CREATE FUNCTION f()' }]],
    ['drop_function', [':f'], {}, [{ kind: 'drop-function' }]],
    ['create_trigger', [':t'], { on: ':users' }, [{ kind: 'create-trigger', table: { name: 'users' }, name: 't' }]],
    ['create_trigger', ['t'], { generated: true }, [{ kind: 'opaque' }]],
    ['update_trigger', [':t'], { on: ':users', version: 2 }, [{ kind: 'drop-trigger' }, { kind: 'create-trigger' }]],
    ['drop_trigger', ['t', 'users'], { generated: true }, [{ kind: 'drop-trigger', table: { name: 'users' }, name: 't' }]],
    // online_migrations
    ['add_index_in_background', [':users', ':a'], {}, [{ kind: 'other' }]],
    ['add_reference_concurrently', [':posts', ':user'], { foreign_key: true }, [{ kind: 'add-column' }, { kind: 'create-index', concurrently: true }, { kind: 'add-foreign-key', foreignKey: { validated: false } }, { kind: 'validate-constraint' }]],
    ['add_reference_concurrently', [':posts', ':user'], { index: { unique: true } }, [{}, { concurrently: true, index: { unique: true } }]],
    ['add_reference_concurrently', [':posts', ':user'], { index: false, foreign_key: { validate: false } }, [{}, { kind: 'add-foreign-key' }]],
    ['add_column_with_default', [':users', ':a', ':integer'], { default: 0, null: false }, [{ kind: 'add-column', column: { default: { value: 0 }, nullable: false } }]],
    ['add_column_with_default', [':users', ':a', ':integer'], { default: 0 }, [{ column: { nullable: false } }]],
    ['add_column_with_default', [':users', ':a', ':integer'], { default: 0, allow_null: true }, [{ column: { nullable: true } }]],
    ['add_column_with_default', [':users', ':a', ':integer'], { default: 0 }, [{ column: { nullable: true } }], online],
    ['update_column_in_batches', [':users', ':a', 1], {}, [{ kind: 'update-rows', columns: ['a'], scope: 'all', mode: { by: 'batches' } }]],
    ['update_columns_in_batches', [':users', [[':a', 1], [':b', 2]]], {}, [{ columns: ['a', 'b'] }]],
    ['add_not_null_constraint', [':users', ':a'], { name: 'n', validate: false }, [{ kind: 'add-check', check: { name: 'n', expression: 'a IS NOT NULL', validated: false } }], online],
    ['add_not_null_constraint', [':users', ':a'], {}, [{ check: { validated: true } }], online],
    ['validate_not_null_constraint', [':users', ':a'], { name: 'n' }, [{ kind: 'validate-constraint', name: 'n', columns: ['a'] }]],
    ['remove_text_limit_constraint', [':users', ':a'], {}, [{ kind: 'drop-constraint', constraint: 'check', columns: ['a'] }]],
    ['initialize_column_rename', [':users', ':a', ':b'], {}, [{ kind: 'opaque' }]],
    ['initialize_column_type_change', [':users', ':id', ':bigint'], {}, [{ kind: 'add-column', column: { name: 'id_for_type_change', type: { name: 'bigint' } } }, { kind: 'create-trigger' }]],
    ['cleanup_column_type_change', [':users', ':id'], {}, [{ kind: 'drop-column', column: 'id_for_type_change' }]],
    // GitLab
    ['add_concurrent_index', [':users', ':a'], { unique: true }, [{ kind: 'create-index', concurrently: true, ifNotExists: true, index: { unique: true } }]],
    ['remove_concurrent_index', [':users', ':a'], {}, [{ kind: 'drop-index', name: { name: 'index_users_on_a' }, concurrently: true }]],
    ['remove_concurrent_index_by_name', [':users', 'x'], {}, [{ name: { name: 'x' } }]],
    ['add_concurrent_foreign_key', [':posts', ':users'], { column: ':user_id' }, [{ foreignKey: { onDelete: 'cascade', validated: false } }, { kind: 'validate-constraint' }]],
    ['add_concurrent_foreign_key', [':posts', ':users'], { column: ':user_id', on_delete: ':nullify', validate: false }, [{ foreignKey: { onDelete: 'set null' } }]],
    ['add_text_limit', [':users', ':a', 255], {}, [{ check: { expression: 'char_length(a) <= 255', validated: false } }, { kind: 'validate-constraint' }]],
    ['add_not_null_constraint', [':users', ':a'], {}, [{ check: { validated: false } }, { kind: 'validate-constraint' }]],
    ['change_column_type_concurrently', [':users', ':a', ':bigint'], {}, [{ kind: 'add-column', column: { name: 'a_for_type_change', type: { name: 'bigint' } } }, { kind: 'create-trigger' }, { kind: 'update-rows', mode: { by: 'batches' } }]],
    ['rename_column_concurrently', [':users', ':a', ':b'], {}, [{ kind: 'add-column', column: { name: 'b', type: { dynamic: true } } }, { kind: 'create-trigger' }, { kind: 'update-rows' }]],
    ['cleanup_concurrent_column_rename', [':users', ':a', ':b'], {}, [{ kind: 'drop-trigger' }, { kind: 'drop-column', column: 'a' }]],
    ['cleanup_concurrent_column_type_change', [':users', ':a'], {}, [{ kind: 'opaque' }]],
    ['prepare_async_index', [':users', ':a'], {}, [{ kind: 'other' }]],
    // pg_ha_migrations
    ['safe_add_column', [':users', ':a', ':text'], {}, [{ kind: 'add-column' }]],
    ['unsafe_drop_table', [':users'], {}, [{ kind: 'drop-table' }]],
    ['raw_rename_column', [':users', ':a', ':b'], {}, [{ kind: 'rename-column' }]],
    ['safe_add_concurrent_index', [':users', ':a'], {}, [{ kind: 'create-index', concurrently: true }]],
    ['safe_remove_concurrent_index', [':users'], { name: ':x' }, [{ kind: 'drop-index', concurrently: true }]],
    ['safe_make_column_not_nullable', [':users', ':a'], {}, [{ kind: 'add-check' }, { kind: 'validate-constraint' }, { kind: 'set-not-null' }, { kind: 'drop-constraint' }]],
    ['unsafe_make_column_not_nullable', [':users', ':a'], {}, [{ kind: 'set-not-null' }]],
    ['safe_add_unvalidated_check_constraint', [':users', 'a > 0'], { name: ':c' }, [{ check: { validated: false } }]],
    ['safe_rename_constraint', [':users'], { from: ':a', to: ':b' }, [{ kind: 'rename-constraint', name: 'a', to: 'b' }]],
    ['safe_create_enum_type', [':mood', ['a']], {}, [{ kind: 'create-enum' }]],
    ['safe_create_partitioned_table', [':events'], { type: ':range', partition_key: ':created_at' }, [{ kind: 'create-table', partitionBy: 'RANGE (created_at)' }]],
    // pg_party and Paperclip
    ['create_range_partition', [':events'], { partition_key: ':at' }, [{ kind: 'create-table', partitionBy: 'RANGE (at)' }]],
    ['create_list_partition_of', [':events'], { name: ':events_a', values: [1] }, [{ kind: 'create-table', table: { name: 'events_a' }, partitionOf: { name: 'events' }, partitionBounds: "FOR VALUES IN ('1')" }]],
    ['create_default_partition_of', [':events'], { name: ':events_rest' }, [{ kind: 'create-table', partitionBounds: 'DEFAULT' }]],
    ['attach_range_partition', [':events', ':events_b'], { start_range: '2025-01-01', end_range: '2025-02-01' }, [{ bounds: "FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')" }]],
    ['attach_range_partition', [':events', ':events_a'], {}, [{ kind: 'attach-partition', bounds: null }]],
    ['detach_partition', [':events', ':events_a'], {}, [{ kind: 'detach-partition' }]],
    ['add_attachment', [':users', ':avatar'], {}, [{ column: { name: 'avatar_file_name' } }, {}, {}, {}]],
    ['remove_attachment', [':users', ':avatar'], {}, [{ column: 'avatar_file_name' }, {}, {}, {}]],
  ];
  it.each(rows.map(([name, args, options, expected, setting]) => [name, args, options, expected, setting ?? {}] as const))('%s %j %j', (name, args, options, expected, setting) => {
    const { known, deeds } = lowered(name, args, options, setting);
    expect(known).toBe(true);
    expect(deeds).toMatchObject(expected);
    expect(deeds).toHaveLength(expected.length);
  });

  it('fills a computed default in batches', () => {
    const computed = { default: { value: { type: 'lambda', value: null, node: { type: 'literal', value: 'nil', start: 0, end: 0 }, at: { start: 0, end: 0 } } } } as const;
    expect(lowered('add_column_with_default', [':users', ':a', ':uuid'], { ...computed, null: false }).deeds.map((deed) => deed.kind)).toEqual([
      'add-column', 'set-default', 'update-rows', 'add-check', 'validate-constraint', 'set-not-null', 'drop-constraint',
    ]);
  });

  it('reads the block of a partitioned parent', () => {
    const calls: TableCall[] = [['datetime', [':at']]];
    expect(lowered('create_range_partition', [':events'], { partition_key: ':at', id: false }, {}, calls).deeds).toMatchObject([{ columns: [{ name: 'at' }] }]);
  });
});
