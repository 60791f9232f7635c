import type { ColumnDefinition, Deed, Operation } from '../../src/operations/index.ts';
import { furtherCases } from './further-claims.ts';
import { partitionCases } from './partition-claims.ts';
import { addColumn, alterType, column, createIndex, createTable, dropColumn, dropIndex, foreignKey, index, name, run } from '../schema/deeds.ts';

/** One claim: a statement, the operation it is lowered to, and what has to be there before, in both tongues. */
export interface ClaimCase {
  readonly sql: string;
  readonly operation: Operation;
  readonly before?: {
    readonly sql: string;
    readonly operations: readonly Operation[];
    /** The first release that can do it, where no operation tells that. */
    readonly since?: number;
  };
}

const orders = name('orders');

const constant = (value: string | number) => ({ kind: 'constant', value }) as const;
const expression = (sql: string, ...functions: string[]) => ({ kind: 'expression', sql, functions }) as const;

function add(sql: string, definition: ColumnDefinition, table = 'orders'): ClaimCase {
  return { sql: `alter table ${table} add column ${sql}`, operation: addColumn(table, definition) };
}

function type(title: string, sql: string, to: string, args: readonly number[] = [], more: Partial<Deed<'alter-column-type'>> = {}, table = 'orders'): ClaimCase {
  return { sql: `alter table ${table} alter column ${title} type ${sql}`, operation: alterType(table, title, to, args, more) };
}

const dropConstraint = (table: string, title: string, cascade = false) =>
  run({ kind: 'drop-constraint', table: name(table), name: title, constraint: 'unknown', columns: [], references: null, ifExists: false, cascade });
const addKey = (validated: boolean) => run({ kind: 'add-foreign-key', table: orders, foreignKey: foreignKey(['partner_id'], 'customers', { name: 'fk', validated }), ifNotExists: false });
const addCheck = (validated: boolean) => run({ kind: 'add-check', table: orders, check: { name: 'chk', expression: 'cnt > 0', validated }, ifNotExists: false });
const validate = (title: string) => run({ kind: 'validate-constraint', table: orders, name: title, constraint: 'unknown', columns: [], references: null });
const notNull = (title: string) => run({ kind: 'set-not-null', table: orders, column: title, fill: { kind: 'none' } });
const unique = (usingIndex: string | null, table = 'orders') => run({ kind: 'add-unique', table: name(table), name: 'uq', columns: usingIndex ? [] : ['note', 'cnt'], usingIndex, deferrable: false, nullsNotDistinct: false });
const primaryKey = (columns: readonly string[], usingIndex: string | null) => run({ kind: 'add-primary-key', table: name('lone'), columns, usingIndex });
const option = (table: string, what: Deed<'set-table-option'>['option'], value: string | null = null) => run({ kind: 'set-table-option', table: name(table), option: what, value });
const columnOption = (what: Deed<'set-column-option'>['option'], value: string | null) => run({ kind: 'set-column-option', table: orders, column: 'note', option: what, value });
const drop = (table: string, cascade: boolean) => run({ kind: 'drop-table', table: name(table), ifExists: false, cascade });
const attach = (partition: string, bounds: string) => run({ kind: 'attach-partition', table: name('events'), partition: name(partition), bounds });
const mode = { by: 'statement', batchedRead: false, model: null } as const;

type Before = NonNullable<ClaimCase['before']>;
const view = (title: string, query: string, ...reads: string[]): Before => ({
  sql: `create view ${title} as ${query}`, operations: [run({ kind: 'create-view', view: name(title), materialized: false, replace: false, query, reads: reads.map(name) })],
});
const policy = (table: string, using: string, ...reads: string[]): Before => ({
  sql: `create policy p on ${table} using (${using})`, operations: [run({ kind: 'create-policy', table: name(table), name: 'p', using, check: null, reads: reads.map(name) })],
});
const trigger = (how: string, more: Pick<Deed<'create-trigger'>, 'columns' | 'when'>): Before => ({
  sql: `create trigger t ${how} execute function trg()`, operations: [run({ kind: 'create-trigger', table: orders, name: 't', function: name('trg'), events: ['update'], timing: 'before', forEach: 'row', ...more })],
});
const both = (a: Before, b: Before): Before => ({ sql: `${a.sql}; ${b.sql}`, operations: [...a.operations, ...b.operations] });
const dropCnt = (cascade = false) => ({ sql: `alter table orders drop column cnt${cascade ? ' cascade' : ''}`, operation: dropColumn('orders', 'cnt', { cascade }) });

/** What Postgres refuses because something depends on it, what it takes along with CASCADE, and what only looks like it. */
const dependents: readonly ClaimCase[] = [
  type('v', 'int', 'integer', [], {}, 'stats'),
  { ...dropCnt(), before: view('v3', 'select id, 1 as cnt from orders', 'orders') },
  { ...dropCnt(), before: view('v3', 'select count(*) from orders', 'orders') },
  { ...dropCnt(), before: view('v3', 'select o.id from orders o join customers c on c.id = o.customer_id where o.cnt > 1', 'orders', 'customers') },
  { ...dropCnt(true), before: both(view('v3', 'select cnt from orders', 'orders'), view('v4', 'select cnt from v3', 'v3')) },
  { sql: 'alter table lone drop column z', operation: dropColumn('lone', 'z'), before: both(view('v3', 'select * from lone', 'lone'), { sql: 'alter table lone add column z int', operations: [addColumn('lone', column('z'))] }) },
  { sql: 'alter table lone drop column k', operation: dropColumn('lone', 'k'), before: view('v3', 'select * from lone', 'lone') },
  ...[dropCnt(), dropCnt(true), type('cnt', 'bigint', 'bigint')].flatMap((change): ClaimCase[] => [
    { ...change, before: { sql: 'alter table orders add column g int generated always as (cnt * 2) stored', operations: [addColumn('orders', column('g', 'integer', [], { generated: { expression: 'cnt * 2', stored: true } }))] } },
    { ...change, before: policy('orders', 'cnt = 1') },
    { ...change, before: policy('order_items', 'exists (select 1 from orders o where o.id = order_id and o.cnt > 0)', 'orders') },
    { ...change, before: trigger('before update of cnt on orders for each row', { columns: ['cnt'] }) },
    { ...change, before: trigger('before update on orders for each row when (new.cnt > 1)', { when: 'new.cnt > 1' }) },
    { ...change, before: trigger('before update on orders for each row when (old.* is distinct from new.*)', { when: 'old.* is distinct from new.*' }) },
  ]),
  { sql: 'alter table events drop column id', operation: dropColumn('events', 'id') },
  { sql: 'alter table events_p0 drop column v', operation: dropColumn('events_p0', 'v') },
  type('id', 'numeric', 'numeric', [], {}, 'events'),
  { sql: 'drop table orders cascade', operation: drop('orders', true), before: policy('order_items', 'exists (select 1 from orders o where o.id = order_id)', 'orders') },
  { sql: 'drop view v_stats', operation: run({ kind: 'drop-view', view: name('v_stats'), materialized: false, ifExists: false, cascade: false }), before: view('v3', 'select id from v_stats', 'v_stats') },
  { sql: 'drop view v_stats cascade', operation: run({ kind: 'drop-view', view: name('v_stats'), materialized: false, ifExists: false, cascade: true }), before: view('v3', 'select id from v_stats', 'v_stats') },
  ...[false, true].flatMap((cascade): ClaimCase[] => [
    { sql: `drop type mood${cascade ? ' cascade' : ''}`, operation: run({ kind: 'drop-type', type: name('mood'), ifExists: false, cascade }), before: { sql: 'alter table orders add column m mood', operations: [addColumn('orders', column('m', 'mood'))] } },
    { sql: `drop sequence s${cascade ? ' cascade' : ''}`, operation: run({ kind: 'drop-sequence', sequence: name('s'), ifExists: false, cascade }), before: { sql: 'create sequence s; alter table orders alter column cnt set default nextval(\'s\')', operations: [run({ kind: 'set-default', table: orders, column: 'cnt', default: expression('nextval(\'s\'::regclass)', 'nextval'), from: null })] } },
    { sql: `drop function trg()${cascade ? ' cascade' : ''}`, operation: run({ kind: 'drop-function', function: name('trg'), ifExists: false, cascade }), before: trigger('before update on orders for each row', {}) },
  ]),
  ...[false, true].map((cascade): ClaimCase => ({
    sql: `drop extension citext${cascade ? ' cascade' : ''}`, operation: run({ kind: 'drop-extension', extension: 'citext', cascade }),
    before: { sql: 'alter table orders add column ci citext', operations: [addColumn('orders', column('ci', 'citext'))] },
  })),
  { sql: 'alter trigger t on orders rename to u', operation: run({ kind: 'rename-trigger', table: orders, name: 't', to: 'u' }), before: trigger('before update on orders for each row', {}) },
  { sql: 'drop trigger t on orders', operation: run({ kind: 'drop-trigger', table: orders, name: 't', ifExists: false }), before: trigger('before update on orders for each row', {}) },
  { sql: 'alter policy p on orders using (true)', operation: run({ kind: 'alter-policy', table: orders, name: 'p', to: null, using: 'true', check: null, reads: [] }), before: policy('orders', 'cnt = 1') },
];

/** The core claims about Postgres, each tried on the embedded server. */
export const claimCases: readonly ClaimCase[] = [
  add('x int', column('x')),
  add('x int not null default 7', column('x', 'integer', [], { nullable: false, default: constant(7) })),
  add('x timestamptz not null default now()', column('x', 'timestamptz', [], { nullable: false, default: expression('now()', 'now') })),
  add('x int default f_stable()', column('x', 'integer', [], { default: expression('f_stable()', 'f_stable') })),
  add('x int default f_volatile()', column('x', 'integer', [], { default: expression('f_volatile()', 'f_volatile') })),
  add('x uuid default gen_random_uuid()', column('x', 'uuid', [], { default: expression('gen_random_uuid()', 'gen_random_uuid') })),
  add('x text default md5(random()::text)', column('x', 'text', [], { default: expression('md5(random()::text)', 'md5', 'random') })),
  add('x bigserial', column('x', 'bigserial')),
  add('x bigint generated always as identity', column('x', 'bigint', [], { nullable: false, identity: 'always' })),
  add('x int generated always as (qty * 2) stored', column('x', 'integer', [], { generated: { expression: 'qty * 2', stored: true } })),
  add('x int generated always as (qty * 2) virtual', column('x', 'integer', [], { generated: { expression: 'qty * 2', stored: false } })),
  add('x anyint', column('x', 'anyint')),
  add('x posint', column('x', 'posint')),
  add('x int unique', column('x', 'integer', [], { unique: true })),
  add('x int default 1 unique', column('x', 'integer', [], { default: constant(1), unique: true })),
  add('x int check (x > 0)', column('x', 'integer', [], { check: { name: null, expression: 'x > 0', validated: true } })),
  add('x int default -1 check (x > 0)', column('x', 'integer', [], { default: constant(-1), check: { name: null, expression: 'x > 0', validated: true } })),
  add('x bigint references customers (id)', column('x', 'bigint', [], { references: foreignKey(['x'], 'customers') })),
  add('x bigint default 1 references customers (id)', column('x', 'bigint', [], { default: constant(1), references: foreignKey(['x'], 'customers') })),
  add('x bigint default 99 references customers (id)', column('x', 'bigint', [], { default: constant(99), references: foreignKey(['x'], 'customers') })),
  add('x int not null', column('x', 'integer', [], { nullable: false })),
  add('x int default 3', column('x', 'integer', [], { default: constant(3) }), 'events'),
  { sql: 'alter table orders drop column qty', operation: dropColumn('orders', 'qty') },
  { sql: 'alter table orders drop column customer_id', operation: dropColumn('orders', 'customer_id') },
  { sql: 'alter table orders drop column id', operation: dropColumn('orders', 'id') },
  { sql: 'alter table orders drop column id cascade', operation: dropColumn('orders', 'id', { cascade: true }) },
  { sql: 'alter table stats drop column v cascade', operation: dropColumn('stats', 'v', { cascade: true }) },
  { sql: 'alter table events rename column v to w', operation: run({ kind: 'rename-column', table: name('events'), column: 'v', to: 'w' }) },
  { sql: 'alter table events rename to happenings', operation: run({ kind: 'rename-table', table: name('events'), to: name('happenings') }) },
  { sql: 'alter table orders alter column note set default 1', operation: run({ kind: 'set-default', table: orders, column: 'note', default: constant(1), from: null }) },
  { sql: 'alter table orders alter column cnt set not null', operation: notNull('cnt') },
  { sql: 'alter table orders alter column cnt set not null', operation: notNull('cnt'), before: { sql: 'update orders set cnt = null where id = 1', operations: [] } },
  { sql: 'alter table orders alter column proved set not null', operation: notNull('proved') },
  { sql: 'alter table orders alter column qty set not null', operation: notNull('qty') },
  { sql: 'alter table orders alter column qty drop not null', operation: run({ kind: 'drop-not-null', table: orders, column: 'qty' }) },
  { sql: 'alter table orders alter column note set statistics 500', operation: columnOption('statistics', '500') },
  { sql: 'comment on column orders.note is \'x\'', operation: columnOption('comment', 'x') },

  type('code', 'varchar(100)', 'varchar', [100]), type('code', 'text', 'text'), type('code', 'varchar(20)', 'varchar', [20]), type('code', 'varchar(1)', 'varchar', [1]),
  type('code', 'citext', 'citext'), type('note', 'varchar(50)', 'varchar', [50]), type('short', 'varchar(20)', 'varchar', [20]), type('qty', 'bigint', 'bigint'), type('id', 'integer', 'integer'),
  type('customer_id', 'integer', 'integer'), type('amount', 'numeric(12,2)', 'numeric', [12, 2]), type('amount', 'numeric(12,4)', 'numeric', [12, 4]), type('doc', 'jsonb', 'jsonb'),
  type('num', 'integer', 'integer'), type('num', 'integer using num::integer', 'integer', [], { using: 'num::integer' }), type('note', 'integer using note::integer', 'integer', [], { using: 'note::integer' }),
  type('cnt', 'posint', 'posint'), type('cnt', 'anyint', 'anyint'), type('ts', 'timestamp(3)', 'timestamp', [3]), type('v', 'bigint', 'bigint', [], {}, 'stats'),
  type('code', 'varchar(50) collate "C"', 'varchar', [50], { collation: 'C' }), type('note', 'varchar(50) using note::varchar(50)', 'varchar', [50], { using: 'note::varchar(50)' }),

  { sql: 'create index i on orders (note)', operation: createIndex(index('orders', ['note'], { name: 'i' })) },
  { sql: 'create index i on events (v)', operation: createIndex(index('events', ['v'], { name: 'i' })) },
  { sql: 'create index i on only events (v)', operation: createIndex(index('events', ['v'], { name: 'i' }), { only: true }) },
  { sql: 'create unique index i on orders (note)', operation: createIndex(index('orders', ['note'], { name: 'i', unique: true })) },
  { sql: 'create index concurrently i on orders (note)', operation: createIndex(index('orders', ['note'], { name: 'i' }), { concurrently: true }) },
  { sql: 'drop index orders_code_idx', operation: dropIndex({ name: name('orders_code_idx') }) },
  { sql: 'drop index concurrently orders_code_idx', operation: dropIndex({ name: name('orders_code_idx'), concurrently: true }) },
  { sql: 'alter index orders_code_idx rename to i', operation: run({ kind: 'rename-index', table: null, name: 'orders_code_idx', to: 'i' }) },
  { sql: 'reindex index orders_code_idx', operation: run({ kind: 'reindex', target: 'index', name: name('orders_code_idx'), concurrently: false }) },
  { sql: 'reindex index orders_pkey', operation: run({ kind: 'reindex', target: 'index', name: name('orders_pkey'), concurrently: false }) },
  { sql: 'reindex table orders', operation: run({ kind: 'reindex', target: 'table', name: orders, concurrently: false }) },
  { sql: 'reindex system concurrently', operation: run({ kind: 'reindex', target: 'system', name: null, concurrently: true }) },
  { sql: 'reindex table concurrently orders', operation: run({ kind: 'reindex', target: 'table', name: orders, concurrently: true }) },

  { sql: 'alter table orders add constraint fk foreign key (partner_id) references customers (id)', operation: addKey(true) },
  { sql: 'alter table orders add constraint fk foreign key (partner_id) references customers (id)', operation: addKey(true), before: { sql: 'update orders set partner_id = 99', operations: [] } },
  { sql: 'alter table orders add constraint fk foreign key (partner_id) references customers (id) not valid', operation: addKey(false) },
  { sql: 'alter table orders validate constraint fk', operation: validate('fk'), before: { sql: 'alter table orders add constraint fk foreign key (partner_id) references customers (id) not valid', operations: [addKey(false)] } },
  { sql: 'alter table orders validate constraint chk', operation: validate('chk'), before: { sql: 'alter table orders add constraint chk check (cnt > 0) not valid', operations: [addCheck(false)] } },
  { sql: 'alter table orders validate constraint proved_present', operation: validate('proved_present') },
  { sql: 'alter table orders add constraint chk check (cnt > 0)', operation: addCheck(true) },
  { sql: 'alter table orders add constraint chk check (cnt > 0)', operation: addCheck(true), before: { sql: 'update orders set cnt = -1', operations: [] } },
  { sql: 'alter table orders add constraint chk check (cnt > 0) not valid', operation: addCheck(false) },
  { sql: 'alter table orders add constraint uq unique (note, cnt)', operation: unique(null) },
  { sql: 'alter table orders add constraint uq unique (note, cnt)', operation: unique(null), before: { sql: 'update orders set cnt = 1', operations: [] } },
  { sql: 'alter table lone add constraint uq unique using index lone_k_uidx', operation: unique('lone_k_uidx', 'lone') },
  { sql: 'alter table lone add primary key (k2)', operation: primaryKey(['k2'], null) },
  { sql: 'alter table lone add primary key using index lone_k2_uidx', operation: primaryKey([], 'lone_k2_uidx') },
  { sql: 'alter table lone add primary key using index lone_k_uidx', operation: primaryKey([], 'lone_k_uidx') },
  { sql: 'alter table lone add exclude (k with =)', operation: run({ kind: 'add-exclusion', table: name('lone'), name: null, expression: 'k WITH =' }) },
  { sql: 'alter table orders add constraint nn not null cnt not valid', operation: run({ kind: 'add-not-null', table: orders, name: 'nn', column: 'cnt', validated: false }) },
  { sql: 'alter table orders drop constraint orders_qty_check', operation: dropConstraint('orders', 'orders_qty_check') },
  { sql: 'alter table orders drop constraint orders_customer_id_fkey', operation: dropConstraint('orders', 'orders_customer_id_fkey') },
  { sql: 'alter table orders drop constraint orders_pkey', operation: dropConstraint('orders', 'orders_pkey') },
  { sql: 'alter table orders drop constraint orders_pkey cascade', operation: dropConstraint('orders', 'orders_pkey', true) },

  { sql: 'create table t (id int primary key, c bigint references customers (id))', operation: createTable('t', [column('id', 'integer', [], { primaryKey: true }), column('c', 'bigint', [], { references: foreignKey(['c'], 'customers') })]) },
  { sql: 'create table events_p9 partition of events for values from (900) to (1000)', operation: createTable('events_p9', [], { partitionOf: name('events') }) },
  { sql: 'drop table order_items', operation: drop('order_items', false) },
  { sql: 'drop table customers', operation: drop('customers', false) },
  { sql: 'drop table customers cascade', operation: drop('customers', true) },
  { sql: 'drop table events_p0', operation: drop('events_p0', false) },
  { sql: 'drop table stats cascade', operation: drop('stats', true) },
  { sql: 'truncate order_items', operation: run({ kind: 'truncate', tables: [name('order_items')], cascade: false }) },
  { sql: 'truncate customers', operation: run({ kind: 'truncate', tables: [name('customers')], cascade: false }) },
  { sql: 'truncate customers cascade', operation: run({ kind: 'truncate', tables: [name('customers')], cascade: true }) },
  { sql: 'alter table events attach partition events_new for values from (100) to (200)', operation: attach('events_new', 'FOR VALUES FROM (100) TO (200)') },
  { sql: 'alter table events attach partition events_checked for values from (200) to (300)', operation: attach('events_checked', 'FOR VALUES FROM (200) TO (300)') },
  { sql: 'alter table events attach partition events_new for values from (300) to (400)', operation: attach('events_new', 'FOR VALUES FROM (300) TO (400)') },
  ...partitionCases,
  { sql: 'alter table events detach partition events_p0', operation: run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: false }) },
  { sql: 'alter table events detach partition events_p0 concurrently', operation: run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: true }) },
  { sql: 'create trigger t before insert on events for each row execute function trg()', operation: run({ kind: 'create-trigger', table: name('events'), name: 't', function: name('trg'), events: ['insert'], timing: 'before', forEach: 'row' }) },
  { sql: 'alter table orders disable trigger all', operation: run({ kind: 'set-trigger-state', table: orders, name: 'all', enabled: false }) },
  { sql: 'alter table lone set unlogged', operation: option('lone', 'unlogged') },
  { sql: 'alter table lone set unlogged', operation: option('lone', 'unlogged'), before: { sql: 'alter table lone set unlogged', operations: [option('lone', 'unlogged')] } },
  { sql: 'alter table lone set logged', operation: option('lone', 'logged'), before: { sql: 'alter table lone set unlogged', operations: [option('lone', 'unlogged')] } },
  { sql: 'alter table events set tablespace pg_default', operation: option('events', 'tablespace', 'pg_default') },
  { sql: 'alter table events set access method heap', operation: option('events', 'access-method', 'heap') },
  { sql: 'alter table orders set (fillfactor = 70)', operation: option('orders', 'storage', 'fillfactor = 70') },
  { sql: 'alter table orders replica identity full', operation: option('orders', 'replica-identity', 'full') },
  { sql: 'cluster orders using orders_code_idx', operation: run({ kind: 'cluster', table: orders, index: 'orders_code_idx' }) },
  { sql: 'vacuum full orders', operation: run({ kind: 'vacuum', table: orders, full: true }) },
  { sql: 'alter table orders enable row level security', operation: run({ kind: 'set-row-security', table: orders, enabled: true, force: false }) },
  { sql: 'create policy p on orders using (true)', operation: run({ kind: 'create-policy', table: orders, name: 'p', using: 'true', check: null, reads: [] }) },
  { sql: 'create view v2 as select id from orders', operation: run({ kind: 'create-view', view: name('v2'), materialized: false, replace: false, query: 'select id from orders', reads: [orders] }) },
  { sql: 'create or replace view v_stats as select id, v from stats', operation: run({ kind: 'create-view', view: name('v_stats'), materialized: false, replace: true, query: 'select id, v from stats', reads: [name('stats')] }) },
  { sql: 'drop view v_stats', operation: run({ kind: 'drop-view', view: name('v_stats'), materialized: false, ifExists: false, cascade: false }) },
  { sql: 'refresh materialized view mv_stats', operation: run({ kind: 'refresh-materialized-view', view: name('mv_stats'), concurrently: false }) },
  { sql: 'refresh materialized view mv_stats with no data', operation: run({ kind: 'refresh-materialized-view', view: name('mv_stats'), concurrently: false, withNoData: true }) },
  {
    sql: 'refresh materialized view concurrently mv_stats', operation: run({ kind: 'refresh-materialized-view', view: name('mv_stats'), concurrently: true }),
    before: { sql: 'drop index mv_id; create unique index mv_part on mv_stats (id) where id > 0; create unique index mv_sum on mv_stats ((id + v))', operations: [
      dropIndex({ name: name('mv_id') }), createIndex(index('mv_stats', ['id'], { name: 'mv_part', unique: true, where: 'id > 0' })),
      createIndex(index('mv_stats', [], { name: 'mv_sum', unique: true, keys: [{ column: null, expression: 'id + v' }] })),
    ] },
  },
  { sql: 'refresh materialized view concurrently mv_stats', operation: run({ kind: 'refresh-materialized-view', view: name('mv_stats'), concurrently: true }) },
  { sql: 'alter type mood add value \'great\'', operation: run({ kind: 'add-enum-value', type: name('mood'), value: 'great', ifNotExists: false, before: null, after: null }) },
  { sql: 'alter domain anyint add check (value > 0)', operation: run({ kind: 'alter-domain', type: name('anyint'), action: 'add-constraint', validated: true }) },
  { sql: 'alter domain anyint add check (value > 10) not valid', operation: run({ kind: 'alter-domain', type: name('anyint'), action: 'add-constraint', validated: false }) },
  { sql: 'insert into order_items (order_id) values (1)', operation: run({ kind: 'insert-rows', table: name('order_items'), columns: ['order_id'], rows: 1, fromQuery: false, reads: [], mode }) },
  { sql: 'update orders set note = \'z\'', operation: run({ kind: 'update-rows', table: orders, columns: ['note'], scope: 'all', where: null, mode }) },
  { sql: 'delete from order_items', operation: run({ kind: 'delete-rows', table: name('order_items'), scope: 'all', where: null, mode }) },
  { sql: 'delete from customers', operation: run({ kind: 'delete-rows', table: name('customers'), scope: 'all', where: null, mode }) },
  { sql: 'lock table orders in share row exclusive mode', operation: run({ kind: 'lock-table', tables: [orders], mode: 'SHARE ROW EXCLUSIVE', nowait: false }) },
  { sql: 'create database d', operation: run({ kind: 'other', text: 'create database d' }) },
  ...dependents,
  ...furtherCases,
];
