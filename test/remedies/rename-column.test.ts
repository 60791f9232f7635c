import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renameColumnInThreeDeployments } from '../../src/remedies/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import { sqlStatements } from '../../src/remedies/sql/statement.ts';
import { column, createTable, name } from '../schema/deeds.ts';
import { at, context, run } from './scene.ts';

const cases = {
  'text, NOT NULL, default': { type: column('old', 'varchar', [20], { nullable: false, default: { kind: 'constant', value: 'none' } }), values: ['a', 'B', 'b', ''], nullable: false },
  'citext-like text': { type: column('old', 'text'), values: ['a', 'A', '', null], nullable: true },
  numeric: { type: column('old', 'numeric'), values: ['1', '1.00', '-2', null], nullable: true },
  json: { type: column('old', 'json'), values: ['{"a":1}', '{"a": 1}', 'null', null], nullable: true },
  'integer array': { type: column('old', 'integer', [], { type: { name: 'integer', args: [], array: true } }), values: ['{1,2}', '{2,1}', '{}', null], nullable: true },
  unknown: { type: null, values: ['x', 'y', null], nullable: true },
} as const;

let database: PGlite;
beforeAll(() => {
  database = new PGlite();
});
afterAll(() => database.close());

type Migration = Extract<Remedy['steps'][number], { kind: 'migration' }>;

async function execute(statements: Migration['up'], c: RemedyContext): Promise<void> {
  for (const statement of statements) for (const sql of sqlStatements(statement, c) ?? ['no SQL']) await database.exec(sql);
}

describe.each(Object.entries(cases))('renaming a column: %s', (_, { type, values, nullable }) => {
  it('keeps both names in step and loses nothing, whoever writes when', async () => {
    const definition = type ?? column('old', 'text');
    const table = createTable('things', [column('id', 'integer', [], { nullable: false }), definition, column('other', 'integer')], { primaryKey: ['id'] });
    await database.exec('DROP TABLE IF EXISTS things CASCADE');
    await run(database, [table]);
    const c = context(type === null ? [] : [table]);
    const remedy = renameColumnInThreeDeployments(at({ kind: 'rename-column', table: name('things'), column: 'old', to: 'new' }), c);
    const migrations = remedy.steps.filter((step): step is Migration => step.kind === 'migration');
    const [expand, backfill] = migrations;
    const contract = migrations.at(-1);
    if (!expand || !backfill || !contract) throw new Error('three migrations');

    const truth = new Map<number, string | null>();
    const byDefault = type && type.default.kind === 'constant' ? String(type.default.value) : null;
    let id = 0;
    const insert = async (columns: 'old' | 'new' | 'neither' | 'both', value: string | null): Promise<void> => {
      id++;
      if (columns === 'neither') await database.query('INSERT INTO things (id) VALUES ($1)', [id]);
      else if (columns === 'both') await database.query('INSERT INTO things (id, old, new) VALUES ($1, $2, NULL)', [id, value]);
      else await database.query(`INSERT INTO things (id, ${columns}) VALUES ($1, $2)`, [id, value]);
      truth.set(id, columns === 'neither' || (columns === 'new' && value === null) ? byDefault : value);
    };
    const update = async (columns: 'old' | 'new', row: number, value: string | null): Promise<void> => {
      await database.query(`UPDATE things SET ${columns} = $2 WHERE id = $1`, [row, value]);
      truth.set(row, value);
    };
    const touch = (row: number) => database.query('UPDATE things SET other = coalesce(other, 0) + 1 WHERE id = $1', [row]);
    const writable = (value: string | null) => nullable || value !== null;
    const check = async (columns: readonly string[], rows: (row: number) => boolean = () => true): Promise<void> => {
      const found = (await database.query<{ id: number; value: string | null; same: boolean }>(`SELECT id, ${columns[0]}::text AS value, ${columns.map((one) => `${one}::text IS NOT DISTINCT FROM ${columns[0]}::text`).join(' AND ')} AS same FROM things ORDER BY id`)).rows;
      for (const row of found.filter((each) => rows(each.id))) expect(row, `row ${row.id}`).toMatchObject({ value: truth.get(row.id), same: true });
      expect(found.length).toBe(truth.size);
    };

    for (const value of values) for (let copy = 0; copy < 8; copy++) if (writable(value)) await insert('old', value);
    await insert('neither', null);
    const early = id;
    await execute(expand.up, c);
    await execute(expand.down ?? [], c);
    await check(['old']);
    await execute(expand.up, c);

    const copied = new Set<number>();
    const round = async (offset: number, allCopied: boolean): Promise<void> => {
      for (const [which, value] of values.entries()) {
        if (!writable(value)) continue;
        for (const columns of ['old', 'new', 'both'] as const) await insert(columns, value);
        await insert('neither', null);
        const [a, b, d] = [offset + which * 3 + 1, offset + which * 3 + 2, offset + which * 3 + 3];
        await update('old', a, value);
        copied.add(a);
        // A NULL through the new name is read as "not copied yet" before the copy; the code uses that name only after it.
        if (value !== null || allCopied) {
          await update('new', b, value);
          copied.add(b);
        }
        await touch(d);
        copied.add(d);
        await update('old', id, value);
        await update('new', id - 1, value);
        await update('new', id, values[0]);
        await update('old', id, value);
      }
      await check(['old', 'new'], (row) => allCopied || row > early || copied.has(row));
    };
    await round(0, false);
    // Half of the copy, as after an interruption.
    await database.exec('UPDATE things SET new = old WHERE id <= 12');
    for (let row = 1; row <= 12; row++) copied.add(row);
    await round(8, false);
    await execute(backfill.up, c);
    await check(['old', 'new']);
    await round(0, true);
    await execute(backfill.up, c);
    for (const migration of migrations.slice(2, -1)) await execute(migration.up, c);
    await round(16, true);
    await expect(database.query('INSERT INTO things (id, new) VALUES (100000, NULL)')).resolves.toBeDefined();
    await database.exec('DELETE FROM things WHERE id = 100000');

    await execute(contract.up, c);
    await check(['new']);
    await execute(contract.down ?? [], c);
    await check(['old', 'new']);
    await round(0, true);
    await execute(contract.up, c);
    await check(['new']);
    expect((await database.query(`SELECT 1 FROM pg_trigger WHERE NOT tgisinternal UNION ALL SELECT 1 FROM pg_proc WHERE proname LIKE 'sync%'`)).rows).toEqual([]);
  });
});
