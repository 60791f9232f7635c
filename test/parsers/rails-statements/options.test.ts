import { describe, expect, it } from 'vitest';
import { code, lowered, type Setting, type TableCall, type Written } from './lowered.ts';

type Options = Readonly<Record<string, Written>>;

const old: Setting = { version: [7, 0] };
const mysql: Setting = { engine: 'mysql' };

function found(name: string, args: readonly Written[], options: Options, setting: Setting, block?: readonly TableCall[]): readonly string[] {
  return lowered(name, args, options, setting, block).problems.map((problem) => (problem.kind === 'ignored-option' ? `${problem.option}: ${problem.effect} ${problem.instead ?? '-'}` : problem.kind));
}

describe('options that Active Record drops or refuses', () => {
  const rows: readonly (readonly [name: string, args: readonly Written[], options: Options, setting: Setting, expected: readonly (string | RegExp)[]])[] = [
    ['add_column', [':a', ':b', ':string'], { index: true }, old, ['index: Rails ignores it: no index is created. "add_index"']],
    ['add_column', [':a', ':b', ':string'], { index: true }, {}, [/raises ArgumentError.*"add_index"/]],
    ['add_column', [':a', ':b', ':string'], { unique: true }, old, [/no unique index is created/]],
    ['add_column', [':a', ':b', ':integer'], { foreign_key: true }, old, [/no foreign key is created.*"add_reference"/]],
    ['add_column', [':a', ':b', ':string'], { nul: false }, old, ['nul: Rails ignores it. "null:"']],
    ['add_column', [':a', ':b', ':string'], { defualt: 1 }, old, [/"default:"/]],
    ['add_column', [':a', ':b', ':string'], { frobnicate: 1 }, old, ['frobnicate: Rails ignores it. -']],
    ['add_column', [':a', ':b', ':geometry'], { srid: 4326, null: false, limit: 3, after: ':c' }, {}, []],
    ['add_column', [':a', ':b', ':string'], { nul: false }, { incomplete: true }, []],
    ['add_column', [':a', ':b', ':string'], { nul: false }, { schemaFile: true }, []],
    ['change_column', [':a', ':b', ':string'], { nulll: false }, old, [/"null:"/]],
    ['add_timestamps', [':a'], { nul: true }, old, [/"null:"/]],
    ['add_reference', [':a', ':b'], { unique: true }, old, [/"index: \{ unique: true \}"/]],
    ['add_reference', [':a', ':b'], { to_table: ':users' }, old, [/"foreign_key: \{ to_table: \.\.\. \}"/]],
    ['add_reference', [':a', ':b'], { algorithm: ':concurrently' }, {}, [/raises.*"index: \{ algorithm: :concurrently \}"/]],
    ['add_reference', [':a', ':b'], { index: { concurrently: true } }, {}, [/^concurrently/]],
    ['add_reference', [':a', ':b'], { foreign_key: { dependent: ':destroy' } }, {}, [/^dependent/]],
    ['add_reference', [':a', ':b'], { type: ':uuid', null: false, index: { unique: true, name: 'x' }, foreign_key: { to_table: ':c', on_delete: ':cascade' } }, {}, []],
    ['add_index', [':a', ':b'], { concurrently: true }, old, [/raises.*"algorithm: :concurrently"/]],
    ['add_index', [':a', ':b'], { algorithm: ':inplace' }, {}, [/raises.*no index algorithm of this engine\. :concurrently/]],
    ['add_index', [':a', ':b'], { algorithm: ':concurrently' }, mysql, [/raises.*:inplace/]],
    ['add_index', [':a', ':b'], { algorithm: 'concurrently' }, {}, [/has to be a symbol/]],
    ['add_index', [':a', ':b'], { algorithm: code('algorithm') }, mysql, []],
    ['add_index', [':a', ':b'], { where: 'c' }, mysql, [/no partial indexes/]],
    ['add_index', [':a', 'lower(b)'], { order: ':desc' }, {}, [/one text of SQL/]],
    ['remove_index', [':a', ':b'], { algorithm: ':inplace' }, { engine: 'mysql', rails: [8, 0] }, [/^algorithm/]],
    ['remove_index', [':a', ':b'], { if_exists: true }, { rails: [6, 0] }, [/^if_exists/]],
    ['add_foreign_key', [':a', ':b'], { on_delete: ':set_null' }, {}, [/raises.*"on_delete: :nullify"/]],
    ['add_foreign_key', [':a', ':b'], { on_delete: 'cascade' }, {}, [/"on_delete: :cascade"/]],
    ['add_foreign_key', [':a', ':b'], { colunm: ':c' }, {}, [/"column:"/]],
    ['add_foreign_key', [':a', ':b'], { validate: false }, mysql, [/checks the existing rows/]],
    ['add_check_constraint', [':a', 'b > 0'], { validat: false }, {}, [/"validate:"/]],
    ['remove_columns', [':a', ':b', ':c'], { if_exists: true }, {}, [/several columns/]],
    ['create_table', [':a'], { timestamps: true }, old, [/no timestamps/]],
    ['create_table', [':a'], { id: false, primary_key: ':b' }, {}, [/no primary key/]],
    ['create_table', [':a'], { id: ':uuid', force: true, comment: 'x', options: 'y' }, {}, []],
    ['create_join_table', [':a', ':b'], { column_options: {}, table_name: ':c' }, {}, []],
    ['change_table', [':a'], { bulkk: true }, {}, [/"bulk:"/]],
  ];
  it.each(rows)('%s %j %j %j', (name, args, options, setting, expected) => {
    const problems = found(name, args, options, setting, []);
    expect(problems).toHaveLength(expected.length);
    expected.forEach((pattern, at) => {
      if (typeof pattern === 'string') expect(problems[at]).toBe(pattern);
      else expect(problems[at]).toMatch(pattern);
    });
  });

  it('knows that t.string takes index: and not unique:', () => {
    const calls: TableCall[] = [['string', [':a'], { index: true, unique: true }]];
    expect(found('create_table', [':a'], {}, old, calls)).toEqual(['unique: Rails ignores it: no unique index is created. "index: { unique: true }"']);
    expect(found('change_table', [':a'], {}, old, calls)).toHaveLength(1);
    expect(found('change_table', [':a'], {}, { version: [5, 2], rails: [5, 2] }, [['string', [':a'], { index: true }]])).toMatchObject([expect.stringMatching(/before 6\.0/)]);
  });
});
