import type { Operation } from '../../src/operations/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import type { SchemaState } from '../../src/schema/state.ts';
import { column, createIndex, createTable, foreignKey, index, name, run } from '../schema/deeds.ts';

/** The tables that claims are tried on, in SQL. */
export const baseSql = `
  create type mood as enum ('sad', 'ok');
  create domain anyint as int;
  create domain posint as int check (value > 0);
  create function f_stable() returns int stable language plpgsql as 'begin return 1; end';
  create function f_volatile() returns int language plpgsql as 'begin return 1; end';
  create function trg() returns trigger language plpgsql as 'begin return new; end';
  create table customers (id bigserial primary key, name text);
  create table orders (
    id bigserial primary key, code varchar(50) not null, note text, qty int not null check (qty > 0), cnt int, amount numeric(10,2), ts timestamp, num text, doc json, short varchar(10),
    customer_id bigint references customers (id), partner_id bigint, proved int, constraint proved_present check (proved is not null), constraint short_present check (short <> '')
  );
  create index orders_code_idx on orders (code);
  create index orders_qty_idx on orders (qty);
  create index orders_ts_idx on orders (ts);
  create table order_items (id bigserial primary key, order_id bigint references orders (id));
  create table lone (k int, k2 int not null, p posint, a anyint);
  create unique index lone_k_uidx on lone (k);
  create unique index lone_k2_uidx on lone (k2);
  create table events (id bigint not null, v int) partition by range (id);
  create table events_p0 partition of events for values from (1) to (100);
  create table events_new (id bigint not null, v int);
  create table events_checked (id bigint not null, v int, constraint bounds check (id >= 200 and id < 300));
  create table stats (id int, v int);
  create view v_stats as select id, v from stats;
  create materialized view mv_stats as select id, v from stats;
  create unique index mv_id on mv_stats (id);
  insert into customers (name) values ('a'), ('b');
  insert into orders (code, note, qty, cnt, amount, ts, num, doc, short, customer_id, partner_id, proved)
    select 'c' || n, 'note', n, n, n, now(), n::text, '{}', 'x', 1, 1, n from generate_series(1, 50) n;
  insert into order_items (order_id) select n from generate_series(1, 50) n;
  insert into lone select n, n, n, n from generate_series(1, 50) n;
  insert into events select n, n from generate_series(1, 50) n;
  insert into events_new select n, n from generate_series(100, 150) n;
  insert into events_checked select n, n from generate_series(200, 250) n;
  insert into stats select n, n from generate_series(1, 50) n;
  refresh materialized view mv_stats;
  create extension citext;`;

const key = column('id', 'bigserial', [], { primaryKey: true });

/** The same tables as operations. */
export const baseOperations: readonly Operation[] = [
  run({ kind: 'create-enum', type: name('mood'), values: ['sad', 'ok'] }),
  run({ kind: 'create-domain', type: name('anyint'), base: { name: 'integer', args: [] }, constrained: false }),
  run({ kind: 'create-domain', type: name('posint'), base: { name: 'integer', args: [] }, constrained: true }),
  run({ kind: 'create-function', function: name('f_stable'), replace: false, volatility: 'stable', language: 'plpgsql' }),
  run({ kind: 'create-function', function: name('f_volatile'), replace: false, volatility: 'volatile', language: 'plpgsql' }),
  createTable('customers', [key, column('name', 'text')]),
  createTable('orders', [
    key, column('code', 'varchar', [50], { nullable: false }), column('note', 'text'), column('qty', 'integer', [], { nullable: false, check: { name: null, expression: 'qty > 0', validated: true } }),
    column('cnt'), column('amount', 'numeric', [10, 2]), column('ts', 'timestamp'), column('num', 'text'), column('doc', 'json'), column('short', 'varchar', [10]),
    column('customer_id', 'bigint', [], { references: foreignKey([], 'customers', { referencedColumns: ['id'] }) }), column('partner_id', 'bigint'), column('proved'),
  ], { checks: [{ name: 'proved_present', expression: 'proved IS NOT NULL', validated: true }, { name: 'short_present', expression: 'short <> \'\'', validated: true }] }),
  createIndex(index('orders', ['code'])), createIndex(index('orders', ['qty'])), createIndex(index('orders', ['ts'])),
  createTable('order_items', [key, column('order_id', 'bigint', [], { references: foreignKey([], 'orders') })]),
  createTable('lone', [column('k'), column('k2', 'integer', [], { nullable: false }), column('p', 'posint'), column('a', 'anyint')]),
  createIndex(index('lone', ['k'], { name: 'lone_k_uidx', unique: true })), createIndex(index('lone', ['k2'], { name: 'lone_k2_uidx', unique: true })),
  createTable('events', [column('id', 'bigint', [], { nullable: false }), column('v')], { partitionBy: 'RANGE (id)' }),
  createTable('events_p0', [], { partitionOf: name('events'), partitionBounds: 'FOR VALUES FROM (1) TO (100)' }),
  createTable('events_new', [column('id', 'bigint', [], { nullable: false }), column('v')]),
  createTable('events_checked', [column('id', 'bigint', [], { nullable: false }), column('v')], { checks: [{ name: 'bounds', expression: 'id >= 200 AND id < 300', validated: true }] }),
  createTable('stats', [column('id'), column('v')]),
  run({ kind: 'create-view', view: name('v_stats'), materialized: false, replace: false, query: 'select id, v from stats', reads: [name('stats')] }),
  run({ kind: 'create-view', view: name('mv_stats'), materialized: true, replace: false, query: 'select id, v from stats', reads: [name('stats')] }),
  createIndex(index('mv_stats', ['id'], { name: 'mv_id', unique: true })),
];

/** The schema of the base, as history would leave it. */
export function baseSchema(more: readonly Operation[] = []): SchemaState {
  const schema = createSchema({ complete: true });
  for (const operation of [...baseOperations, ...more]) schema.apply(operation, { inChangeSet: false });
  return schema;
}
