import { describe, expect, it } from 'vitest';
import { isStatementName, spellStatement } from '../../../src/parsers/rails/statements/lower.ts';
import { lowered } from './lowered.ts';

it('says so when a splat may hold more', () => {
  expect(lowered('add_column', [':a', ':b', ':string'], {}, { incomplete: true }).deeds).toMatchObject([{ kind: 'add-column' }, { kind: 'opaque' }]);
  expect(lowered('create_table', [':a'], {}, { incomplete: true, schemaFile: true }, [['string', [':b']]]).deeds).toMatchObject([{ kind: 'create-table' }]);
});

describe('statement names', () => {
  it.each(['add_index', 'add_belongs_to', 'create_join_table', 'validate_check_constraint', 'unsafe_add_column', 'add_concurrent_index', 'create_view'])('%s is one', (name) => {
    expect(isStatementName(name)).toBe(true);
  });

  it.each(['constructor', 'toString', '__proto__', 'puts', 'safe_', 'unsafe_anything', 'execute', 'update'])('%s is none', (name) => {
    expect(isStatementName(name)).toBe(false);
    expect(lowered(name, [':a']).known).toBe(false);
  });

  it.each([
    ['add_colum', 'add_column'], ['add_idnex', 'add_index'], ['remove_colunm', 'remove_column'], ['creat_table', 'create_table'], ['change_colum_null', 'change_column_null'],
    ['add_forign_key', 'add_foreign_key'],
  ])('%s is a slip of %s', (name, meant) => {
    expect(spellStatement(name)).toBe(meant);
  });

  it.each(['add_column', 'create_tables', 'add_indexes', 'execute', 'puts', 'create_user', 'drop_views', 'add_role', 'say_with_time', 'down', 'update_all', 'add_trigger', 'rename_type', 'create_role'])('%s is no slip', (name) => {
    expect(spellStatement(name)).toBeNull();
  });
});
