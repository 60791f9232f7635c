import type { Operation } from '../../src/operations/index.ts';
import { addColumn, column, createIndex, createTable, dropIndex, foreignKey, index, name, run } from '../schema/deeds.ts';
import type { ClaimCase } from './claims.ts';

const attach = (partition: string, bounds: string, parent = 'events') => ({
  sql: `alter table ${parent} attach partition ${partition} ${bounds.toLowerCase()}`,
  operation: run({ kind: 'attach-partition', table: name(parent), partition: name(partition), bounds }),
});
const create = (bounds: string) => ({ sql: `create table events_p9 partition of events ${bounds.toLowerCase()}`, operation: createTable('events_p9', [], { partitionOf: name('events'), partitionBounds: bounds }) });
const check = (table: string, expression: string, validated = true) => ({
  sql: `alter table ${table} add constraint c check (${expression})${validated ? '' : ' not valid'}`,
  operation: run({ kind: 'add-check', table: name(table), check: { name: 'c', expression, validated }, ifNotExists: false }),
});
const before = (...steps: readonly { readonly sql: string; readonly operation: Operation; readonly since?: number }[]) => ({
  sql: steps.map((step) => step.sql).join('; '), operations: steps.map((step) => step.operation), since: Math.max(...steps.map((step) => step.since ?? 0)),
});
const rest = { sql: 'create table events_rest partition of events default; insert into events values (500, 1)', operation: createTable('events_rest', [], { partitionOf: name('events'), partitionBounds: 'DEFAULT' }) };
const nullable = (partition: string) => ({
  sql: `alter table ${partition} alter column id drop not null; alter table events alter column id drop not null`,
  operation: run({ kind: 'drop-not-null', table: name(partition), column: 'id' }),
});
const indexed = { sql: 'create index events_v on events (v)', operation: createIndex(index('events', ['v'], { name: 'events_v' })) };
const built = { sql: 'create index checked_v on events_checked (v)', operation: createIndex(index('events_checked', ['v'], { name: 'checked_v' })) };
const keyed = {
  sql: 'insert into customers (id) select generate_series(3, 300); alter table events add foreign key (v) references customers (id)',
  operation: run({ kind: 'add-foreign-key', table: name('events'), foreignKey: foreignKey(['v'], 'customers'), ifNotExists: false }),
};
const partitioned = {
  sql: 'create table events_year (id bigint not null, v int) partition by range (id); create table events_month partition of events_year for values from (600) to (700); insert into events_year values (610, 1)',
  operation: createTable('events_year', [column('id', 'bigint', [], { nullable: false }), column('v')], { partitionBy: 'RANGE (id)' }),
};
const month = { sql: 'select 1', operation: createTable('events_month', [], { partitionOf: name('events_year'), partitionBounds: 'FOR VALUES FROM (600) TO (700)' }) };

const wide = 'FOR VALUES FROM (200) TO (300)';
const checkedBy = (expression: string): ClaimCase => ({ ...attach('events_new', 'FOR VALUES FROM (100) TO (200)'), before: before(check('events_new', expression)) });
const restBy = (expression: string): ClaimCase => ({ ...attach('events_checked', wide), before: before(rest, check('events_rest', expression)) });

const unique = (table: string, columns: readonly string[], usingIndex: string | null) => run({ kind: 'add-unique', table: name(table), name: 'u', columns, usingIndex, deferrable: false, nullsNotDistinct: false });
const key = (columns: readonly string[], usingIndex: string | null) => run({ kind: 'add-primary-key', table: name('events'), columns, usingIndex });
const byExpression = {
  sql: 'create table by_day (id int, at timestamptz) partition by range (date_trunc(\'day\', at, \'UTC\'))',
  operation: createTable('by_day', [column('id'), column('at', 'timestamptz')], { partitionBy: "RANGE (date_trunc('day', at, 'UTC'))" }),
  since: 16,
};
const uniqueIndex = { sql: 'create unique index events_id on events (id)', operation: createIndex(index('events', ['id'], { name: 'events_id', unique: true })) };
const onPartition = { sql: 'create index p0_v on events_p0 (v)', operation: createIndex(index('events_p0', ['v'], { name: 'p0_v' })) };

/** Claims about indexes and keys of partitioned tables. */
const indexCases: readonly ClaimCase[] = [
  { sql: 'create index concurrently i on events (v)', operation: createIndex(index('events', ['v'], { name: 'i' }), { concurrently: true }) },
  { sql: 'create unique index i on events (v)', operation: createIndex(index('events', ['v'], { name: 'i', unique: true })) },
  { sql: 'create unique index i on events (v, id)', operation: createIndex(index('events', ['v', 'id'], { name: 'i', unique: true })) },
  { sql: 'create index i on events (v)', operation: createIndex(index('events', ['v'], { name: 'i' })), before: before(onPartition) },
  { sql: 'drop index concurrently events_v', operation: dropIndex({ name: name('events_v'), concurrently: true }), before: before(indexed) },
  { sql: 'alter table events add constraint u unique using index events_id', operation: unique('events', [], 'events_id'), before: before(uniqueIndex) },
  { sql: 'alter table events add constraint u unique (v)', operation: unique('events', ['v'], null) },
  { sql: 'alter table events add constraint u unique (v, id)', operation: unique('events', ['v', 'id'], null) },
  { sql: 'alter table by_day add constraint u unique (id, at)', operation: unique('by_day', ['id', 'at'], null), before: before(byExpression) },
  { sql: 'alter table events add primary key using index events_id', operation: key([], 'events_id'), before: before(uniqueIndex) },
  { sql: 'alter table events add primary key (v)', operation: key(['v'], null) },
  { sql: 'alter table events add column x int unique', operation: addColumn('events', column('x', 'integer', [], { unique: true })) },
];

/** Claims about partitions: which checks spare reading the rows, and what else is done when a table becomes one. */
export const partitionCases: readonly ClaimCase[] = [
  ...indexCases,
  ...[
    'id >= 100 and id < 200', 'id between 100 and 199', '100 <= id and 200 > id', 'id >= 100 and id <= 199', 'id > 99 and id < 200', 'id >= 100 and id < 300', 'id >= 100 and id < 200.0', 'v > 0 and id >= 100 and id < 151',
    'id >= 100 and id < 120 or id >= 120 and id < 200', 'not (id < 100 or id >= 200)', 'id >= 100 or id < 200', '(id >= (100)::bigint) and (id < \'200\'::bigint)', 'id + 0 >= 100 and id < 200',
  ].map(checkedBy),
  { ...attach('events_new', 'FOR VALUES FROM (100) TO (200)'), before: before(check('events_new', 'id >= 100 and id < 200', false)) },
  { ...attach('events_new', 'FOR VALUES FROM (MINVALUE) TO (1)'), before: before(check('events_new', 'id >= 100')) },
  { ...attach('events_new', 'FOR VALUES FROM (100) TO (MAXVALUE)'), before: before(check('events_new', 'id >= 100')) },
  { ...attach('events_checked', wide), before: before(nullable('events_checked')) },
  { ...attach('events_checked', wide), before: before(nullable('events_checked'), check('events_checked', 'id is not null')) },
  { ...attach('events_checked', wide), before: before(rest) },
  ...[
    'id < 200 or id >= 300', 'not (id >= 200 and id < 300)', 'id is null or id > 400', 'id >= 500', 'id > 200', 'id = 500', 'id in (500, 501)', 'id <> 250', 'not (id > 200 and id < 300)', 'not (id between 200 and 299)', 'id not in (200, 201)',
  ].map(restBy),
  { ...attach('events_new', 'DEFAULT') },
  { ...attach('events_checked', 'DEFAULT') },
  { ...create('FOR VALUES FROM (900) TO (1000)'), before: before(rest) },
  { ...create('FOR VALUES FROM (900) TO (1000)'), before: before(rest, check('events_rest', 'id < 900')) },
  { ...create('FOR VALUES FROM (400) TO (600)'), before: before(rest) },
  { ...create('DEFAULT') },
  { ...attach('events_checked', wide), before: before(indexed) },
  { ...attach('events_checked', wide), before: before(indexed, built) },
  { ...attach('events_checked', wide), before: before(keyed) },
  { ...attach('events_year', 'FOR VALUES FROM (600) TO (700)'), before: before(partitioned, month) },
  { ...attach('events_year', 'FOR VALUES FROM (600) TO (700)'), before: before(partitioned, month, check('events_year', 'id >= 600 and id < 700')) },
  { sql: 'alter table events detach partition events_p0', operation: run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: false }), before: before(rest) },
  { sql: 'alter table events detach partition events_p0 concurrently', operation: run({ kind: 'detach-partition', table: name('events'), partition: name('events_p0'), concurrently: true }), before: before(rest) },
];
