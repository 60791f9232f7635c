import { describe, expect, it } from 'vitest';
import { cases, deedsOf, readerOf } from './reading.ts';

const both = [['postgres', await readerOf('postgres')], ['mysql', await readerOf('mysql')]] as const;

describe.each(both)('computed parts on %s', (_, read) => {
  it.each(cases([
    ['ALTER TABLE #{table} ADD COLUMN #{column} int', { kind: 'add-column', table: { name: '#{table}', dynamic: true }, column: { name: '#{column}' } }],
    ['CREATE INDEX idx_#{a}_on_#{b} ON #{s}.t (c)', { kind: 'create-index', index: { name: 'idx_#{a}_on_#{b}', table: { schema: '#{s}', name: 't', dynamic: true } } }],
    ['ALTER TABLE t ADD COLUMN x varchar(#{limit}) #{null}', { kind: 'add-column', column: { type: { name: 'varchar', args: [], dynamic: true } } }],
    ['ALTER TABLE t ADD COLUMN x int DEFAULT #{value}', { kind: 'add-column', column: { default: { kind: 'unknown', text: '#{value}' } } }],
    ["UPDATE t SET a = '#{x}' WHERE id = #{id}", { kind: 'update-rows', columns: ['a'], scope: 'bounded', where: 'id = #{id}' }],
    // What is left out may be a condition.
    ['DELETE FROM t #{where}', { kind: 'delete-rows', scope: 'filtered', where: null }],
    ['UPDATE t SET a = 1 #{where}', { kind: 'update-rows', scope: 'filtered' }],
    ['DELETE FROM #{table}', { kind: 'delete-rows', scope: 'all' }],
    ['#{sql}', { kind: 'opaque' }],
    ['ALTER TABLE t #{action}', { kind: 'opaque' }],
    ['DROP TABLE ${t}; DROP TABLE {{ u }}', { kind: 'drop-table', table: { name: '${t}', dynamic: true } }, { kind: 'drop-table', table: { name: '{{ u }}', dynamic: true } }],
    ['DELETE FROM ? WHERE a = :a', { kind: 'delete-rows', table: { name: '?', dynamic: true }, scope: 'filtered' }],
  ]))('$sql', ({ sql, deeds }) => {
    const statements = read(sql);
    expect(deedsOf(statements)).toMatchObject(deeds);
    expect(statements.every(({ dynamic, error }) => dynamic && error === null)).toBe(true);
  });

  it('leaves statements without holes alone, and their places true', () => {
    const sql = "DROP TABLE #{'a; 日本 🎉'}; DROP TABLE b";
    const statements = read(sql);
    expect(statements.map(({ start, end, dynamic }) => [sql.slice(start, end), dynamic])).toEqual([["DROP TABLE #{'a; 日本 🎉'}", true], ['DROP TABLE b', false]]);
  });

  it('still tells errors that no hole explains', () => {
    expect(read('ALTR TABLE x; DROP TABLE #{y}')[0]?.error).toMatchObject({ at: { start: 0, end: 4 } });
  });

  it('takes no braces inside strings for holes', () => {
    expect(read("UPDATE t SET a = '{{1,2},{3,4}}'")[0]?.dynamic).toBe(false);
  });
});

describe('placeholders that are SQL in some places', async () => {
  const read = await readerOf('postgres');
  it('leaves operators and casts alone', () => {
    expect(read("SELECT a ? 'b', c::int, d[1:2], e % 2 FROM t")[0]).toMatchObject({ error: null, dynamic: false });
    expect(read('SELECT * FROM t WHERE a = %(name)s')[0]).toMatchObject({ error: null, dynamic: true });
  });
});

describe('a computed part of a function body', () => {
  it('does not end the dollar quoting', async () => {
    const read = await readerOf('postgres');
    const text = 'CREATE FUNCTION f() RETURNS trigger AS $$\nBEGIN\n  NEW.x := #{a};\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;\nUPDATE t SET b = 1;';
    expect(read(text).map((statement) => [statement.error, ...statement.deeds.map(({ deed }) => deed.kind)])).toEqual([[null, 'create-function'], [null, 'update-rows']]);
  });
});
