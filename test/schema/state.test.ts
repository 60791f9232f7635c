import { describe, expect, it } from 'vitest';
import type { EngineName, Operation } from '../../src/operations/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import type { SchemaState } from '../../src/schema/state.ts';
import { addColumn, alterType, column, createIndex, createTable, dropColumn, dropIndex, foreignKey, index, name, run } from './deeds.ts';

function folded(operations: readonly Operation[], options: { inChangeSet?: boolean; engine?: EngineName; complete?: boolean } = {}): SchemaState {
  const schema = createSchema({ complete: options.complete ?? true, engine: options.engine ?? 'postgres' });
  for (const operation of operations) schema.apply(operation, { inChangeSet: options.inChangeSet ?? false });
  return schema;
}

const orders = createTable('orders', [
  column('id', 'bigserial', [], { primaryKey: true }), column('a'), column('b'), column('ref', 'varchar', [50], { unique: true }),
  column('customer_id', 'bigint', [], { references: foreignKey([], 'customers', { referencedColumns: ['id'] }) }),
  column('qty', 'integer', [], { check: { name: null, expression: 'qty > 0', validated: true } }),
]);
const customers = createTable('customers', [column('id', 'bigserial', [], { primaryKey: true })]);

const table = (schema: SchemaState, title: string) => schema.table(name(title));
const names = (list: readonly { readonly name: string | null }[] | undefined) => list?.map((item) => item.name);

describe('tables', () => {
  it('keeps columns, and gives inline constraints the names the database would', () => {
    const found = table(folded([customers, orders]), 'orders');
    expect(found?.columns.get('id')).toMatchObject({ type: { name: 'bigint' }, nullable: false });
    expect(found?.primaryKey).toEqual(['id']);
    expect(names(found?.uniques)).toEqual(['orders_ref_key']);
    expect(names(found?.foreignKeys)).toEqual(['orders_customer_id_fkey']);
    expect(names(found?.checks)).toEqual(['orders_qty_check']);
    expect(found?.complete).toBe(true);
  });

  it('takes public.x and x as one table', () => {
    expect(table(folded([createTable('public.x', [])]), 'x')).toBeDefined();
  });

  it('makes a table that was never created an incomplete one', () => {
    expect(table(folded([addColumn('ghost', column('a'))]), 'ghost')).toMatchObject({ complete: false, isNew: false });
  });

  it('knows what is new and what has been written', () => {
    const schema = folded([orders, addColumn('orders', column('c'))], { inChangeSet: true });
    expect(table(schema, 'orders')).toMatchObject({ isNew: true, written: false });
    expect(table(schema, 'orders')?.newColumns.has('c')).toBe(true);
    schema.apply(run({ kind: 'insert-rows', table: name('orders'), columns: [], rows: 1, fromQuery: false, reads: [], mode: { by: 'statement', batchedRead: false, model: null } }), { inChangeSet: true });
    expect(table(schema, 'orders')?.written).toBe(true);
    schema.markAllOld();
    expect(table(schema, 'orders')).toMatchObject({ isNew: false, written: false, newColumns: new Set() });
    expect(table(folded([createTable('t', [], { fromQuery: true })], { inChangeSet: true }), 't')?.written).toBe(true);
  });

  it('keeps triggers and policies with what they name', () => {
    const schema = createSchema({ complete: true });
    const apply = (...operations: Operation[]) => { for (const one of operations) schema.apply(one, { inChangeSet: false }); };
    apply(
      createTable('t', [column('a')]),
      run({ kind: 'create-trigger', table: name('t'), name: 'g', function: name('f'), events: ['update'], columns: ['a'], when: 'new.a > 1' }), run({ kind: 'rename-trigger', table: name('t'), name: 'g', to: 'h' }),
      run({ kind: 'create-policy', table: name('t'), name: 'p', using: 'a = 1', check: null, reads: [name('u')] }), run({ kind: 'alter-policy', table: name('t'), name: 'p', to: null, using: null, check: 'a = 2', reads: [] }),
      run({ kind: 'alter-policy', table: name('t'), name: 'p', to: 'q', using: null, check: null, reads: [] }),
    );
    expect(schema.table(name('t'))?.triggers).toEqual([{ name: 'h', function: name('f'), columns: ['a'], when: 'new.a > 1', events: ['update'], deferral: null }]);
    expect(schema.table(name('t'))?.policies).toEqual([{ name: 'q', using: 'a = 1', check: 'a = 2', reads: [name('u')] }]);
    expect([...(schema.policiesReading?.(name('u')) ?? [])].map((table) => table.name.name)).toEqual(['t']);
    apply(run({ kind: 'drop-trigger', table: null, name: 'h', ifExists: false }), run({ kind: 'drop-policy', table: name('t'), name: 'q' }));
    expect([schema.table(name('t'))?.triggers, schema.table(name('t'))?.policies]).toEqual([[], []]);
  });

  it('follows a renamed table in keys, views and partitions', () => {
    const schema = folded([
      customers, orders,
      run({ kind: 'create-view', view: name('v'), materialized: false, replace: false, query: 'select id from customers', reads: [name('customers')] }),
      run({ kind: 'rename-table', table: name('customers'), to: name('clients') }),
    ]);
    expect(table(schema, 'customers')).toBeUndefined();
    expect(table(schema, 'orders')?.foreignKeys[0]?.references.name).toBe('clients');
    expect(schema.view(name('v'))?.reads[0]?.name).toBe('clients');
    expect([...(schema.referencing?.(name('clients')) ?? [])].map((one) => one.name.name)).toEqual(['orders']);
  });

  it('drops what depends on a dropped table', () => {
    const schema = folded([customers, orders, run({ kind: 'drop-table', table: name('customers'), ifExists: false, cascade: true })]);
    expect(table(schema, 'orders')?.foreignKeys).toEqual([]);
  });

  it('replaces a table with force, and keeps it with IF NOT EXISTS', () => {
    const again = (more: object) => folded([orders, createTable('orders', [column('x')], more)]);
    expect([...(table(again({ force: true }), 'orders')?.columns.keys() ?? [])]).toEqual(['x']);
    expect(table(again({ ifNotExists: true }), 'orders')?.columns.has('qty')).toBe(true);
  });

  it('gives partitions the columns of their parent', () => {
    const schema = folded([
      createTable('events', [column('id')], { partitionBy: 'RANGE (id)' }), createTable('events_1', [], { partitionOf: name('events') }),
      addColumn('events', column('x')), run({ kind: 'rename-column', table: name('events'), column: 'id', to: 'key' }),
    ]);
    expect([...(table(schema, 'events_1')?.columns.keys() ?? [])]).toEqual(['key', 'x']);
  });
});

describe('columns', () => {
  const indexed = [orders, createIndex(index('orders', ['a', 'b'])), createIndex(index('orders', ['b'], { name: 'part', where: 'a > 0' })), createIndex(index('orders', ['b'], { name: 'kept' }))];

  it('loses the indexes of a dropped column on Postgres, and shrinks them on MySQL', () => {
    expect(names(table(folded([...indexed, dropColumn('orders', 'a')]), 'orders')?.indexes)).toEqual(['kept']);
    const mysql = table(folded([...indexed, dropColumn('orders', 'a')], { engine: 'mysql' }), 'orders');
    expect(mysql?.indexes.find((one) => one.name === 'a')?.keys.map((key) => key.column)).toEqual(['b']);
  });

  it('loses the constraints of a dropped column', () => {
    const found = table(folded([customers, orders, ...['ref', 'customer_id', 'qty', 'id'].map((each) => dropColumn('orders', each))]), 'orders');
    expect(found).toMatchObject({ uniques: [], foreignKeys: [], checks: [], primaryKey: [] });
  });

  it('follows a renamed column', () => {
    const schema = folded([
      customers, orders, createIndex(index('orders', ['qty'], { name: 'i', where: 'qty > 1' })), run({ kind: 'rename-column', table: name('orders'), column: 'qty', to: 'amount' }),
      run({ kind: 'rename-column', table: name('customers'), column: 'id', to: 'key' }),
    ]);
    const found = table(schema, 'orders');
    expect(found?.indexes[0]).toMatchObject({ keys: [{ column: 'amount' }], where: 'amount > 1' });
    expect(found?.checks[0]?.expression).toBe('amount > 0');
    expect(found?.foreignKeys[0]?.referencedColumns).toEqual(['key']);
  });

  it('renames the indexes that Rails named', () => {
    const rails = { language: 'ruby' } as const;
    const schema = folded([orders, createIndex(index('orders', ['a'], { name: 'index_orders_on_a' })), run({ kind: 'rename-column', table: name('orders'), column: 'a', to: 'z' }, rails)]);
    expect(names(table(schema, 'orders')?.indexes)).toEqual(['index_orders_on_z']);
  });

  it('takes the whole restated definition on MySQL', () => {
    const schema = folded([orders, alterType('orders', 'a', 'bigint', [], { restated: column('a', 'bigint', [], { nullable: false }) })], { engine: 'mysql' });
    expect(table(schema, 'orders')?.columns.get('a')).toMatchObject({ nullable: false, type: { name: 'bigint' } });
  });

  it('keeps what the framework repeats', () => {
    const before = addColumn('orders', column('z', 'varchar', [10], { nullable: false, default: { kind: 'constant', value: 'x' }, comment: 'c' }));
    const change = alterType('orders', 'z', 'varchar', [20], { restated: column('z', 'varchar', [20]), keeps: ['not-null', 'constant-default'] });
    const found = table(folded([orders, before, change], { engine: 'mysql' }), 'orders')?.columns.get('z');
    expect(found).toMatchObject({ nullable: false, default: { value: 'x' }, type: { args: [20] } });
    expect(found?.comment).toBeUndefined();
  });
});

describe('constraints and indexes', () => {
  it('turns an index into the constraint that uses it', () => {
    const schema = folded([
      orders, createIndex(index('orders', ['a'], { name: 'i', unique: true })),
      run({ kind: 'add-unique', table: name('orders'), name: 'u', columns: [], usingIndex: 'i', deferrable: false, nullsNotDistinct: false }),
    ]);
    expect(table(schema, 'orders')).toMatchObject({ indexes: [], uniques: [{ name: 'orders_ref_key' }, { name: 'u', columns: ['a'] }] });
    expect(schema.tableOfIndex('u')?.name.name).toBe('orders');
    expect(schema.tableOfIndex('i')).toBeUndefined();
  });

  it('validates by name, or by columns and table', () => {
    const add = run({ kind: 'add-foreign-key', table: name('orders'), foreignKey: foreignKey(['a'], 'customers', { validated: false }), ifNotExists: false });
    const validate = (title: string | null) => run({ kind: 'validate-constraint', table: name('orders'), name: title, constraint: title ? 'unknown' : 'foreign-key', columns: [], references: name('customers') });
    for (const title of ['orders_a_fkey', null]) {
      expect(table(folded([customers, orders, add, validate(title)]), 'orders')?.foreignKeys.map((key) => key.validated)).toEqual([true, true]);
    }
  });

  it('drops an index by name without its table, and by columns', () => {
    const made = [orders, createIndex(index('orders', ['a'], { name: 'i' }))];
    expect(table(folded([...made, dropIndex({ name: name('i') })]), 'orders')?.indexes).toEqual([]);
    expect(table(folded([...made, dropIndex({ table: name('orders'), columns: ['a'] })]), 'orders')?.indexes).toEqual([]);
  });

  it('keeps the indexes of a materialized view, and whether it is new', () => {
    const schema = createSchema({ complete: true });
    const view = () => schema.view(name('totals'));
    const totals = run({ kind: 'create-view', view: name('totals'), materialized: true, replace: false, query: null, reads: [] });
    for (const each of [totals, createIndex(index('totals', ['day'], { name: 'by_day' }))]) schema.apply(each, { inChangeSet: true });
    expect(view()).toMatchObject({ isNew: true, indexes: [{ name: 'by_day' }] });
    schema.markAllOld();
    schema.apply(dropIndex({ name: name('by_day') }), { inChangeSet: true });
    expect(view()).toMatchObject({ isNew: false, indexes: [] });
  });

  it('gives a MySQL foreign key its index', () => {
    const add = run({ kind: 'add-foreign-key', table: name('orders'), foreignKey: foreignKey(['a'], 'customers', { name: 'fk' }), ifNotExists: false });
    expect(table(folded([orders, add], { engine: 'mysql' }), 'orders')?.indexes.map((one) => one.name)).toContain('fk');
  });
});

describe('what may or may not run', () => {
  const guard = (kind: 'exists' | 'not-exists' | 'condition') => ({ certain: false, guards: [{ kind, text: '', inStatement: false }] });

  it('has the column after "unless column_exists?", whichever way it went', () => {
    expect(table(folded([orders, addColumn('orders', column('x'), guard('not-exists'))]), 'orders')?.columns.has('x')).toBe(true);
    expect(table(folded([orders, addColumn('orders', column('a', 'text'), guard('not-exists'))]), 'orders')?.columns.get('a')?.type.name).toBe('integer');
  });

  it('lost the object after "if exists", and keeps it under any other condition', () => {
    expect(table(folded([orders, dropColumn('orders', 'a', {}, guard('exists'))]), 'orders')?.columns.has('a')).toBe(false);
    expect(table(folded([orders, dropColumn('orders', 'a', {}, guard('condition'))]), 'orders')?.columns.has('a')).toBe(true);
  });

  it('does not know a type that is changed on a condition', () => {
    const change = { ...alterType('orders', 'a', 'bigint'), ...guard('condition') } as Operation;
    expect(table(folded([orders, change]), 'orders')?.columns.get('a')?.type).toMatchObject({ name: 'unknown', dynamic: true });
  });
});

describe('types and copies', () => {
  it('keeps the values of an enum in order', () => {
    const schema = folded([
      run({ kind: 'create-enum', type: name('mood'), values: ['sad', 'happy'] }),
      run({ kind: 'add-enum-value', type: name('mood'), value: 'ok', ifNotExists: false, before: 'happy', after: null }),
      run({ kind: 'rename-enum-value', type: name('mood'), value: 'sad', to: 'blue' }),
    ], { inChangeSet: true });
    expect(schema.enumValues('public.mood')).toEqual(['blue', 'ok', 'happy']);
    expect(schema.isNewType('mood')).toBe(true);
  });

  it('keeps copies apart', () => {
    const schema = folded([orders]);
    const before = schema.snapshot();
    const copy = schema.clone();
    schema.apply(dropColumn('orders', 'a'), { inChangeSet: false });
    copy.apply(dropColumn('orders', 'b'), { inChangeSet: false });
    const has = (one: typeof before) => ['a', 'b'].map((each) => one.table(name('orders'))?.columns.has(each));
    expect([has(before), has(schema), has(copy)]).toEqual([[true, true], [false, true], [true, false]]);
  });
});
