import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import { printName } from '../../src/operations/index.ts';
import { baseSchema } from '../engines/base.ts';
import { claimCases } from '../engines/claims.ts';
import { spoken } from '../engines/database.ts';
import type { Database } from '../engines/database.ts';
import { canPrepare, engineOf, titleOf } from '../engines/observe.ts';
import { connect, connectToBase, servers } from './postgres-server.ts';

/** The statements that are left open while a second session tries its luck; between them they take every mode. */
const sample: ReadonlySet<string> = new Set([
  'alter table orders add column x int', 'alter table orders alter column note set statistics 500', 'alter table orders alter column note set (n_distinct = 5)', 'comment on table orders is \'x\'',
  'create index i on orders (note)', 'drop index orders_code_idx', 'alter index orders_code_idx rename to i', 'alter table orders_code_idx rename to i', 'reindex index orders_code_idx', 'reindex table orders',
  'alter table orders add constraint fk foreign key (partner_id) references customers (id)', 'alter table orders validate constraint proved_present', 'alter table orders add constraint chk check (cnt > 0) not valid',
  'alter table orders drop constraint orders_customer_id_fkey', 'drop table order_items', 'truncate order_items', 'alter table orders disable trigger all', 'alter table orders set (fillfactor = 70)',
  'refresh materialized view mv_stats', 'refresh materialized view concurrently mv_stats', 'insert into order_items (order_id) values (1)', 'update orders set note = \'z\'',
  'lock table orders in share row exclusive mode', 'create statistics s9 on note, cnt from orders', 'create publication p9 for table orders, only lone', 'create policy p on orders using (true)',
  'alter table events attach partition events_checked for values from (200) to (300)', 'alter table events detach partition events_p0', 'alter table events add constraint u unique (v, id)', 'create view v2 as select id from orders',
]);

const cases = claimCases.filter((claim) => sample.has(claim.sql) && claim.before === undefined);

/** What the second session tries on a table, by the name that an Effect has for it; it changes no row that the first one has changed. */
const attempts = {
  reads: (table: string) => `select 1 from ${table} limit 1`,
  writes: (table: string) => `insert into ${table} select * from ${table} where false`,
  rowLocks: (table: string) => `select 1 from ${table} where false for update`,
  indexBuilds: (table: string) => `create index on ${table} ((1))`,
  // ANALYZE of a partitioned table goes on to its partitions.
  maintenance: (table: string) => (table === 'events' ? 'lock table only events in share update exclusive mode' : `analyze ${table}`),
} as const;
type Attempt = keyof typeof attempts;

/** What each kind of relation can be asked for. */
const possible = (table: string): readonly Attempt[] => (table.startsWith('mv_') ? ['reads'] : table.startsWith('v_') ? [] : ['reads', 'writes', 'rowLocks', 'indexBuilds', 'maintenance']);

it('tries every statement of the sample', () => {
  expect(cases).toHaveLength(sample.size);
});

describe.each(servers.map((server) => [server.major, server] as const))('a second session of PostgreSQL %i waits for what effectOf says', (major, server) => {
  let first: Database;
  let second: Database;
  beforeAll(async () => {
    first = await connectToBase(server, 'blocked');
    second = await connect(server, 'blocked');
    await second.run("set lock_timeout = '40ms'");
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  it.each(cases.filter((claim) => canPrepare(claim, major)).map((claim) => [titleOf(claim), claim] as const))('%s', async (_, claim) => {
    const effect = effectOf(claim.operation, baseSchema(), engineOf(major));
    if (effect.refused || effect.inTransaction !== 'allowed') return;
    await first.run('begin');
    try {
      await first.run(spoken(claim.sql, major));
      for (const lock of effect.locks) {
        const table = printName(lock.table);
        const told = possible(table).filter((attempt) => lock.blocks[attempt]);
        const waited: Attempt[] = [];
        for (const attempt of possible(table)) if (await waits(second, attempts[attempt](table))) waited.push(attempt);
        expect(`${table}: ${waited.join(' ')}`).toBe(`${table}: ${told.join(' ')}`);
      }
    } finally {
      await first.run('rollback');
    }
  });
});

/** True when it ran into its lock timeout (55P03). Any other error is one of the test. */
async function waits(database: Database, sql: string): Promise<boolean> {
  await database.run('begin');
  try {
    await database.run(sql);
    return false;
  } catch (failure) {
    if ((failure as { code?: string }).code !== '55P03') throw failure;
    return true;
  } finally {
    await database.run('rollback');
  }
}
