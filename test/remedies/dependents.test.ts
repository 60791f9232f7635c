import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Operation } from '../../src/operations/index.ts';
import { columnType } from '../../src/operations/index.ts';
import { dropDependentsFirst, recreateDependents } from '../../src/remedies/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import { column, createTable, foreignKey, name } from '../schema/deeds.ts';
import { at, context, deploy, postgres, run, structure } from './scene.ts';

const view = (title: string, query: string, ...reads: string[]) => at({ kind: 'create-view', view: name(title), materialized: false, replace: false, query, reads: reads.map(name) });
const before: readonly Operation[] = [
  createTable('orders', [column('id', 'bigint', [], { nullable: false }), column('number', 'varchar', [20])], { primaryKey: ['id'] }),
  createTable('items', [column('order_id', 'bigint')]),
  at({ kind: 'add-foreign-key', table: name('items'), foreignKey: foreignKey(['order_id'], 'orders', { name: 'items_order', referencedColumns: ['id'] }), ifNotExists: false }),
];
const views = [view('open_orders', 'SELECT id, number FROM orders WHERE number IS NOT NULL', 'orders'), view('numbers', 'SELECT number FROM open_orders', 'open_orders')];

async function scene() {
  const database = await PGlite.create();
  await run(database, before);
  for (const one of views) await database.exec(`CREATE VIEW ${one.view.name} AS ${one.query ?? ''}`);
  const schema = createSchema({ complete: true });
  for (const one of [...before, ...views]) schema.apply(one, { inChangeSet: false });
  return { database, schema, c: context([...before, ...views]) };
}

describe('what depends on a column or table', () => {
  it('is dropped and made anew around a type change, the views on the view as well', async () => {
    const { database, schema, c } = await scene();
    const alter = at({ kind: 'alter-column-type', table: name('orders'), column: 'number', type: columnType('varchar', [40]), collation: null, using: null, restated: null });
    const was = await structure(database);
    await deploy(database, recreateDependents(alter, effectOf(alter, schema, postgres).assumes.flatMap(({ dependents }) => dependents ?? []), c), c);
    const is = await structure(database);
    expect(is.views).toEqual(was.views);
    expect(is.columns).toContainEqual(expect.objectContaining({ relname: 'numbers', attname: 'number', type: 'character varying(40)' }));
    await database.close();
  }, 60_000);

  it('is dropped by name in place of CASCADE', async () => {
    const { database, schema, c } = await scene();
    const drop = at({ kind: 'drop-table', table: name('orders'), ifExists: false, cascade: true });
    await deploy(database, dropDependentsFirst(drop, effectOf(drop, schema, postgres).cascades ?? [], c), c);
    const is = await structure(database);
    expect(is).toMatchObject({ views: [], constraints: [], columns: [{ relname: 'items' }] });
    await database.close();
  }, 60_000);
});
