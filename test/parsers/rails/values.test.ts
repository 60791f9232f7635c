import { describe, expect, it } from 'vitest';
import { readUp, up } from './read.ts';

describe('values that are known without running the code', () => {
  const cases: readonly [what: string, body: string, wanted: readonly string[], classBody?: string][] = [
    ['a constant of the class', 'TABLES.each { |table| add_column table, :a, :string }', ['add-column users.a', 'add-column posts.a'], 'TABLES = %i[users posts].freeze'],
    ['a constant of another constant', 'ALL.each { |t| drop_table t }', ['drop-table a', 'drop-table b', 'drop-table c'], 'SOME = %w[a b]\nALL = (SOME + ["c"]).freeze'],
    ['local variables and interpolation', 'name = "users"\nadd_column "#{name}_old", :a, :string', ['add-column users_old.a']],
    ['instance variables', '@table = :users\nadd_column @table, "x_#{1 + 1}".to_sym, :string', ['add-column users.x_2']],
    ['concatenation', "t = 'us'\nt << 'ers'\nt += '_x'\ndrop_table t", ['drop-table users_x']],
    ['format', "drop_table format('%s_%d', 'users', 3)\ndrop_table '%{a}_log' % { a: 'post' }", ['drop-table users_3', 'drop-table post_log']],
    ['string methods', "drop_table ' Users '.strip.downcase.singularize.pluralize.gsub('s', 'z')", ['drop-table uzerz']],
    ['hashes', '{ users: [:a, :b], posts: %i[c] }.each do |table, columns|\n  columns.each { |c| remove_column table, c }\nend', ['drop-column users.a', 'drop-column users.b', 'drop-column posts.c']],
    ['options merged and splatted', 'options = { null: false }\nadd_column :users, :a, :string, **options.merge(default: "x")\nadd_column(*[:users, :b, :string])', ['add-column users.a', 'add-column users.b']],
    ['array functions', '(%i[a b c] - %i[b]).each_with_index { |c, i| add_column :users, "#{c}#{i}", :string }', ['add-column users.a0', 'add-column users.c1']],
    ['map, select, flat_map', "names = %w[a b ab].select { |n| n.include?('a') }.flat_map { |n| [n, n.upcase] }\nnames.map(&:to_sym).each { remove_column :users, _1 }", ['drop-column users.a', 'drop-column users.A', 'drop-column users.ab', 'drop-column users.AB']],
    ['each_with_object and index', 'h = %w[a b].each_with_object({}) { |n, memo| memo[n] = "#{n}s" }\nh.each_value { |t| drop_table t }\ndrop_table h["a"]', ['drop-table as', 'drop-table bs', 'drop-table as']],
    ['zip, product and destructuring', '%w[a b].zip(%w[c d]).each { |from, to| rename_table from, to }\n[[:x, [:y, :z]]].each { |t, (a, b)| rename_column t, a, b }', ['rename-table a', 'rename-table b', 'rename-column x.y z']],
    ['ranges and times', '(1..2).each { |n| drop_table "t#{n}" }\n2.times { |n| drop_table "u#{n}" }\n3.downto(2) { drop_table "v#{it}" }', ['drop-table t1', 'drop-table t2', 'drop-table u0', 'drop-table u1', 'drop-table v3', 'drop-table v2']],
    ['multiple assignment', 'a, (b, *c) = :users, [:x, :y]\nrename_column a, b, c.first', ['rename-column users.x y']],
    ['send', "send(:add_column, :users, :a, :string)\npublic_send(\"remove_#{'column'}\", :users, :b)", ['add-column users.a', 'drop-column users.b']],
    ['lambdas', 'add = ->(t) { add_column t, :a, :string }\nadd.call(:users)\nadd.(:posts)', ['add-column users.a', 'add-column posts.a']],
    ['with_options', 'with_options(null: false) { |m| m.add_column :users, :a, :string }', ['add-column users.a']],
    ['for', 'for t in %i[a b] do\n  drop_table t\nend', ['drop-table a', 'drop-table b']],
  ];
  it.each(cases)('%s', (_what, body, wanted, classBody) => {
    expect(up(body, classBody)).toEqual(wanted);
  });

  it('gives places of the loop to unrolled operations', () => {
    const body = '    %i[users posts].each { |t| add_column t, :a, :string }';
    const migration = readUp(body);
    const text = migration.source.text;
    expect(migration.operations.map(({ via }) => via.map((place) => text.slice(place.start, place.end)))).toEqual([['users'], ['posts']]);
  });

  it('passes options on with their places', () => {
    const { operations, source } = readUp('    add_column :users, :a, :string, null: false');
    const [operation] = operations;
    expect(operation?.kind === 'add-column' && operation.column.nullable).toBe(false);
    expect(operation && source.text.slice(operation.at.start, operation.at.end)).toBe('add_column :users, :a, :string, null: false');
  });
});

describe('code that asks for too much', () => {
  const bombs: readonly [what: string, body: string][] = [
    ['a long loop', '5_000.times { |n| drop_table "t#{n}" }'],
    ['loops in loops', '1000.times { 1000.times { 1000.times { x = 1 } } }'],
    ['a growing string', 's = "xxxxxxxxxxxxxxxxxxxx"\n900.times { s = s + s }\nexecute s'],
    ['a growing list', 'a = [1, 2, 3]\n900.times { a = a + a }\na.each { |x| drop_table "t#{x}" }'],
    ['multiplication', "drop_table 'x' * 10_000_000_000\n[1] * 10_000_000_000"],
    ['a costly pattern', `drop_table '${'a'.repeat(3000)}'.gsub(/(a+)+$/, '')`],
    ['a call that calls itself', 'again'],
    ['deep nesting', `x = ${'('.repeat(3000)}1${')'.repeat(3000)}`],
    ['a long sum', `x = ${Array.from({ length: 5000 }, () => "'a'").join(' + ')}`],
  ];
  it.each(bombs)('%s', (_what, body) => {
    const migration = readUp(body, 'def again; again; end');
    expect(migration.operations.length).toBeLessThan(20_001);
  });

  it('says where it stopped', () => {
    expect(up('2_000.times { |n| drop_table "t#{n}" }').at(-1)).toMatch(/opaque the loop runs more than 1000 times/);
    expect(up('1000.times { |a| 1000.times { |b| drop_table "t#{a}_#{b}" } }').at(-1)).toMatch(/does more than can be followed/);
  });
});

describe('patterns', () => {
  it.each([
    ["'users'.gsub(/s$/, 'z')", 'userz'],
    ["'A-b'.sub(/[A-Z]-/i, '')", 'b'],
    ["('x' + '1').match?(/\\Ax\\d\\z/) ? 'yes' : 'no'", 'yes'],
  ])('%s', (expression, name) => {
    expect(up(`drop_table(${expression})`)).toEqual([`drop-table ${name}`]);
  });

  it('does not try those that may take long', () => {
    for (const pattern of ['(a|aa)+$', '.*.*.*.*x', `${'a?'.repeat(50)}${'a'.repeat(50)}`, '(a{1,50}){1,50}$']) {
      expect(up(`drop_table '${'a'.repeat(90)}'.gsub(/${pattern}/, 'b')`)[0]).not.toMatch(/^drop-table a{90}$/);
    }
  });
});
