import type { Deed, Operation, OperationKind } from '../../src/operations/index.ts';
import { addColumn, alterType, column, createIndex, createTable, dropColumn, dropIndex, foreignKey, index, name, run } from '../schema/deeds.ts';
import type { ClaimCase } from './claims.ts';

const orders = name('orders');
const after = (claim: ClaimCase, sql: string, ...operations: readonly Operation[]): ClaimCase => ({ ...claim, before: { sql, operations } });

const columnOption = (option: Deed<'set-column-option'>['option'], words: string, title = 'note', value: string | null = null): ClaimCase => ({
  sql: `alter table orders alter column ${title} ${words}`, operation: run({ kind: 'set-column-option', table: orders, column: title, option, value }),
});
const tableOption = (option: Deed<'set-table-option'>['option'], words: string, value: string | null = null, table = 'orders'): ClaimCase => ({
  sql: `alter table ${table} ${words}`, operation: run({ kind: 'set-table-option', table: name(table), option, value }),
});
const plain = <K extends OperationKind>(sql: string, deed: Deed<K>): ClaimCase => ({ sql, operation: run(deed) as unknown as Operation });
const other = (sql: string) => plain(sql, { kind: 'other', text: sql });
const key = (table: string, columns: readonly string[], references: string, referencedColumns: readonly string[], validated = true): ClaimCase => ({
  sql: `alter table ${table} add foreign key (${columns.join()}) references ${references} (${referencedColumns.join()})${validated ? '' : ' not valid'}`,
  operation: run({ kind: 'add-foreign-key', table: name(table), foreignKey: foreignKey(columns, references, { referencedColumns, validated }), ifNotExists: false }),
});
const usingIndex = (title: string): ClaimCase => plain(`alter table lone add constraint uq unique using index ${title}`, { kind: 'add-unique', table: name('lone'), name: 'uq', columns: [], usingIndex: title, deferrable: false, nullsNotDistinct: false });
const dropNotNull = (title: string): ClaimCase => plain(`alter table orders alter column ${title} drop not null`, { kind: 'drop-not-null', table: orders, column: title });
const create = (title: string, more: Partial<Deed<'create-table'>> = {}) => createTable(title, [column('id')], more);
const trigger = (how: string, timing: 'before' | 'after', forEach: 'row' | 'statement'): ClaimCase => plain(`create trigger t ${how} execute function trg()`, {
  kind: 'create-trigger', table: name('events'), name: 't', function: name('trg'), events: ['insert'], timing, forEach,
});

const generated = ['alter table orders add column g int generated always as (cnt * 2) stored', addColumn('orders', column('g', 'integer', [], { generated: { expression: 'cnt * 2', stored: true } }))] as const;
const identity = { kind: 'set-column-option', table: orders, column: 'qty', option: 'identity', value: 'ADD GENERATED ALWAYS AS IDENTITY' } as const;
const notNull = (validated: boolean) => run({ kind: 'add-not-null', table: orders, name: 'nn', column: 'cnt', validated });
const schema = ['create schema s9', run({ kind: 'create-schema', schema: 's9', ifNotExists: false })] as const;
const par = ['create table par (k int)', createTable('par', [column('k')])] as const;

const columns: readonly ClaimCase[] = [
  { sql: 'alter table orders add column if not exists note text', operation: run({ kind: 'add-column', table: orders, column: column('note', 'text'), ifNotExists: true }) },
  columnOption('storage', 'set storage external'), columnOption('compression', 'set compression pglz'), columnOption('other', 'set (n_distinct = 5)', 'note', 'set (n_distinct = 5)'),
  columnOption('identity', 'add generated always as identity', 'qty'),
  after(columnOption('drop-identity', 'drop identity', 'qty'), 'alter table orders alter column qty add generated always as identity', run(identity)),
  after(columnOption('drop-expression', 'drop expression', 'g'), ...generated),
  after(columnOption('set-expression', 'set expression as (cnt * 3)', 'g'), ...generated),
  dropNotNull('id'), dropNotNull('qty'),
  after(dropNotNull('qty'), 'alter table orders alter column qty add generated always as identity', run(identity)),
  {
    sql: 'alter table orders alter column note type mood using \'ok\'::mood', operation: alterType('orders', 'note', 'mood', [], { using: '\'ok\'::mood' }),
    before: { sql: 'alter table orders alter column note set default \'sad\'', operations: [run({ kind: 'set-default', table: orders, column: 'note', default: { kind: 'constant', value: 'sad' }, from: null })] },
  },
  { sql: 'alter table orders alter column note type mood using \'ok\'::mood', operation: alterType('orders', 'note', 'mood', [], { using: '\'ok\'::mood' }) },
  ...['{}', '{"a": "\\u0000"}'].map((value): ClaimCase => after({ sql: 'alter table orders alter column doc type jsonb', operation: alterType('orders', 'doc', 'jsonb') }, `update orders set doc = '${value}' where id = 1`)),
  after({ sql: 'alter table orders drop column cnt', operation: dropColumn('orders', 'cnt') }, 'create index cnt_idx on orders (cnt)', createIndex(index('orders', ['cnt'], { name: 'cnt_idx' }))),
];

const keys: readonly ClaimCase[] = [
  key('orders', ['num'], 'customers', ['id']), key('orders', ['cnt'], 'customers', ['id']), key('orders', ['note'], 'customers', ['name']), key('orders', ['cnt'], 'lone', ['k']),
  key('events', ['v'], 'customers', ['id'], false), key('orders', ['partner_id'], 'events', ['id']),
  { sql: 'alter table orders add column x text references customers (id)', operation: addColumn('orders', column('x', 'text', [], { references: foreignKey(['x'], 'customers', { referencedColumns: ['id'] }) })) },
  after(usingIndex('part'), 'create unique index part on lone (k) where k > 0', createIndex(index('lone', ['k'], { name: 'part', unique: true, where: 'k > 0' }))),
  after(usingIndex('expr'), 'create unique index expr on lone ((k + 1))', createIndex(index('lone', [], { name: 'expr', unique: true, keys: [{ column: null, expression: 'k + 1' }] }))),
  after(usingIndex('plain'), 'create index plain on lone (k)', createIndex(index('lone', ['k'], { name: 'plain' }))),
  plain('alter table events add primary key (id)', { kind: 'add-primary-key', table: name('events'), columns: ['id'], usingIndex: null }),
  plain('alter table events add primary key (id, v)', { kind: 'add-primary-key', table: name('events'), columns: ['id', 'v'], usingIndex: null }),
  plain('alter table events add exclude (id with =)', { kind: 'add-exclusion', table: name('events'), name: null, expression: 'id WITH =' }),
  plain('alter table events add constraint chk check (v > 0)', { kind: 'add-check', table: name('events'), check: { name: 'chk', expression: 'v > 0', validated: true }, ifNotExists: false }),
  plain('alter table orders add constraint uq unique nulls not distinct (note, cnt)', { kind: 'add-unique', table: orders, name: 'uq', columns: ['note', 'cnt'], usingIndex: null, deferrable: false, nullsNotDistinct: true }),
  { sql: 'alter table orders add constraint nn not null cnt', operation: notNull(true) },
  ...['select 1', 'update orders set cnt = null where id = 1'].map((change): ClaimCase => after(
    plain('alter table orders validate constraint nn', { kind: 'validate-constraint', table: orders, name: 'nn', constraint: 'unknown', columns: [], references: null }),
    `${change}; alter table orders add constraint nn not null cnt not valid`, notNull(false),
  )),
  plain('alter table orders rename constraint orders_qty_check to q', { kind: 'rename-constraint', table: orders, name: 'orders_qty_check', to: 'q' }),
  plain('alter table orders alter constraint orders_customer_id_fkey deferrable', { kind: 'alter-constraint', table: orders, name: 'orders_customer_id_fkey', deferral: 'immediate' }),
];

const indexes: readonly ClaimCase[] = [
  { sql: 'create index if not exists orders_code_idx on orders (code)', operation: createIndex(index('orders', ['code'], { name: 'orders_code_idx' }), { ifNotExists: true }) },
  { sql: 'create unique index i on orders (note) nulls not distinct', operation: createIndex(index('orders', ['note'], { name: 'i', unique: true, nullsNotDistinct: true })) },
  { sql: 'create index i on orders (note) include (cnt)', operation: createIndex(index('orders', ['note'], { name: 'i', include: ['cnt'] })) },
  { sql: 'drop index if exists nope', operation: dropIndex({ name: name('nope'), ifExists: true }) },
  { sql: 'drop index orders_pkey', operation: dropIndex({ name: name('orders_pkey') }) },
  plain('alter table orders_code_idx rename to i', { kind: 'rename-table', table: name('orders_code_idx'), to: name('i') }),
  after(plain('alter index ei attach partition p0i', { kind: 'attach-index-partition', index: name('ei'), partition: name('p0i') }), 'create index ei on only events (v); create index p0i on events_p0 (v)',
    createIndex(index('events', ['v'], { name: 'ei' }), { only: true }), createIndex(index('events_p0', ['v'], { name: 'p0i' }))),
  plain('reindex schema public', { kind: 'reindex', target: 'schema', name: name('public'), concurrently: false }),
  plain('reindex database', { kind: 'reindex', target: 'database', name: null, concurrently: false }),
];

const tables: readonly ClaimCase[] = [
  { sql: 'create table t9 (id int)', operation: create('t9') },
  { sql: 'create table if not exists orders (id int)', operation: create('orders', { ifNotExists: true }) },
  { sql: 'create table t9 as select id from orders', operation: create('t9', { fromQuery: true, columns: [], reads: [orders] }) },
  { sql: 'create table t9 (like lone)', operation: create('t9', { like: name('lone'), columns: [] }) },
  { sql: 'create table t9 (id int) inherits (lone)', operation: create('t9', { inherits: [name('lone')] }) },
  plain('drop table if exists nope', { kind: 'drop-table', table: name('nope'), ifExists: true, cascade: false }),
  after(plain('alter table lone set schema s9', { kind: 'set-table-schema', table: name('lone'), schema: 's9' }), ...schema),
  plain('vacuum orders', { kind: 'vacuum', table: orders, full: false }), plain('analyze orders', { kind: 'analyze', table: orders }), plain('cluster', { kind: 'cluster', table: null, index: null }),
  after(plain('cluster events using ev', { kind: 'cluster', table: name('events'), index: 'ev' }), 'create index ev on events (v)', createIndex(index('events', ['v'], { name: 'ev' }))),
  { sql: 'comment on table orders is \'x\'', operation: tableOption('comment', '').operation },
  tableOption('owner', 'owner to current_user', 'current_user'), tableOption('cluster-on', 'cluster on orders_code_idx', 'orders_code_idx'),
  after(tableOption('inherit', 'inherit par', 'par', 'lone'), ...par),
  after(tableOption('no-inherit', 'no inherit par', 'par', 'lone'), `${par[0]}; alter table lone inherit par`, par[1], tableOption('inherit', '', 'par', 'lone').operation),
  trigger('after insert on events for each row', 'after', 'row'), trigger('before insert on events for each statement', 'before', 'statement'),
];

const others: readonly ClaimCase[] = [
  ...['select v, id from stats', 'select id from stats', 'select id, v, 1 as more from stats'].map((query) => plain(`create or replace view v_stats as ${query}`, { kind: 'create-view', view: name('v_stats'), materialized: false, replace: true, query, reads: [name('stats')] })),
  plain('create materialized view m as select id from orders', { kind: 'create-view', view: name('m'), materialized: true, replace: false, query: 'select id from orders', reads: [orders] }),
  plain('alter view v_stats rename to v9', { kind: 'rename-view', view: name('v_stats'), to: 'v9' }),
  plain('create type t9 as enum (\'a\')', { kind: 'create-enum', type: name('t9'), values: ['a'] }),
  plain('alter type mood rename value \'ok\' to \'fine\'', { kind: 'rename-enum-value', type: name('mood'), value: 'ok', to: 'fine' }),
  plain(schema[0], { kind: 'create-schema', schema: 's9', ifNotExists: false }),
  after(plain('drop schema s9', { kind: 'drop-schema', schema: 's9', ifExists: false, cascade: false }), ...schema),
  plain('grant select on orders to public', { kind: 'grant', text: 'grant select on orders to public' }),
  plain('select * from orders', { kind: 'read-rows', tables: [orders], check: false, text: 'select * from orders' }),
  other('create statistics s9 on note, cnt from orders'), other('create publication p9 for table orders, only lone'),
];

/** Claims about what is seldom in a migration, and about what a release or a schema makes impossible. */
export const furtherCases: readonly ClaimCase[] = [...columns, ...keys, ...indexes, ...tables, ...others];
