import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectOf } from '../../src/engines/effect-of.ts';
import type { Operation, OperationOf } from '../../src/operations/index.ts';
import { attachInSteps, createThenAttach, detachConcurrently, onPartitionedTable } from '../../src/remedies/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import { column, createIndex, createTable, foreignKey, index, name } from '../schema/deeds.ts';
import { at, context, deploy, postgres, run, structure } from './scene.ts';

let original: PGlite;
let remedied: PGlite;
beforeAll(async () => {
  [original, remedied] = await Promise.all([PGlite.create(), PGlite.create()]);
}, 60_000);
afterAll(async () => {
  await original.close();
  await remedied.close();
});

const needed = { nullable: false } as const;
const columns = [column('id', 'bigint', [], needed), column('user_id', 'bigint'), column('made_at', 'timestamptz', [], needed)];
const users = createTable('users', [column('id', 'bigint', [], needed)], { primaryKey: ['id'] });
const keyed = createTable('events', columns, { partitionBy: 'RANGE (made_at)', primaryKey: ['id', 'made_at'] });
const hung: readonly Operation[] = [
  createIndex(index('events', ['user_id'], { name: 'events_user_id_idx' })),
  at({ kind: 'add-foreign-key', table: name('events'), foreignKey: foreignKey(['user_id'], 'users', { name: 'events_user_id_fkey', referencedColumns: ['id'] }), ifNotExists: false }),
];
const partition = (title: string, bounds: string, parent = 'events') => createTable(title, [], { partitionOf: name(parent), partitionBounds: bounds });
const rest = partition('events_rest', 'DEFAULT');
const november = partition('events_november', "FOR VALUES FROM ('2025-11-01') TO ('2025-12-01')");
const december = createTable('events_december', columns);
const attach = (bounds: string, parent = 'events', table = 'events_december') => at({ kind: 'attach-partition', table: name(parent), partition: name(table), bounds });
const inDecember = "FOR VALUES FROM ('2025-12-01') TO ('2026-01-01')";
const rows = `INSERT INTO users SELECT generate_series(1, 50); INSERT INTO events_rest SELECT n, n, '2030-01-01' FROM generate_series(1, 50) n; INSERT INTO events_december SELECT n, n, '2025-12-24' FROM generate_series(1, 50) n`;

/** What Postgres is asked for, and how the printer says what it has no words for. */
interface Scene { readonly before: readonly Operation[]; readonly rows: string; readonly sql: string; /** The kind of constraint that the remedy leaves over. */ readonly leaves?: string }

/** Both ways lead to the same structure; gives what the server said at level DEBUG1 while the remedy ran, by statement. */
async function same(scene: Scene, operation: Operation, make: (c: RemedyContext) => Remedy): Promise<{ sql: string; said: string[] }[]> {
  const c = context(scene.before, { operations: [operation], language: 'sql' });
  for (const database of [original, remedied]) {
    await database.exec('SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    for (const each of scene.before) await create(database, each);
    await database.exec(`${scene.rows}; SET client_min_messages = debug1`);
  }
  await original.exec(scene.sql);
  const log: { sql: string; said: string[] }[] = [];
  const watched = {
    query: (sql: string) => remedied.query(sql),
    exec: (sql: string) => {
      const said: string[] = [];
      log.push({ sql, said });
      return remedied.exec(sql, { onNotice: (notice) => said.push(notice.message ?? '') });
    },
  };
  await deploy(watched as PGlite, make(c), c);
  const found = await structure(remedied);
  const kept = (found['constraints'] ?? []).filter((one) => scene.leaves === undefined || !(one as { constraint: string }).constraint.startsWith(scene.leaves));
  expect({ ...found, constraints: kept }).toEqual(await structure(original));
  return log;
}

async function create(database: PGlite, operation: Operation): Promise<void> {
  if (operation.kind !== 'create-table') return run(database, [operation]);
  const { table, partitionOf, partitionBounds, partitionBy } = operation;
  if (partitionOf) return void await database.exec(`CREATE TABLE ${table.name} PARTITION OF ${partitionOf.name} ${partitionBounds ?? ''}`);
  const list = [...operation.columns.map((one) => `${one.name} ${one.type.name}${one.nullable ? '' : ' NOT NULL'}`), ...(operation.primaryKey.length > 0 ? [`PRIMARY KEY (${operation.primaryKey.join(', ')})`] : [])];
  await database.exec(`CREATE TABLE ${table.name} (${list.join(', ')})${partitionBy ? ` PARTITION BY ${partitionBy}` : ''}`);
}

const heavy = /^(verifying table|building index|validating foreign key)/;
const blockingWork = (log: readonly { sql: string; said: readonly string[] }[]) =>
  log.filter(({ sql }) => !/CONCURRENTLY|VALIDATE CONSTRAINT/.test(sql)).flatMap(({ said }) => said.filter((line) => heavy.test(line)));
const read = (operation: OperationOf<'attach-partition'>, c: RemedyContext) => effectOf(operation, c.schema, postgres).assumes.filter((one) => one.of === 'check').map((one) => one.table);

describe('remedies for partitions do their work without a lock that blocks', () => {
  it('attach: checks, indexes and foreign keys come first', async () => {
    const operation = attach(inDecember);
    const log = await same({ before: [users, keyed, ...hung, rest, december], rows, sql: `ALTER TABLE events ATTACH PARTITION events_december ${inDecember}` }, operation, (c) => attachInSteps(operation, read(operation, c), c));
    expect(blockingWork(log)).toEqual([]);
    const said = log.find(({ sql }) => sql.includes('ATTACH PARTITION'))?.said ?? [];
    expect(said).toEqual(expect.arrayContaining(['partition constraint for table "events_december" is implied by existing constraints', 'updated partition constraint for default partition "events_rest" is implied by existing constraints']));
  });

  it.each([
    ['LIST (user_id)', 'FOR VALUES IN (1, 2, NULL)', 'SELECT n, CASE WHEN n < 3 THEN n END'], ['HASH (id)', 'FOR VALUES WITH (MODULUS 1, REMAINDER 0)', 'SELECT n, n'], ['RANGE (id)', 'FOR VALUES FROM (MINVALUE) TO (100)', 'SELECT n, n'],
  ])('attach: %s, %s', async (partitionBy, bounds, query) => {
    const parent = createTable('parted', columns, { partitionBy });
    const operation = attach(bounds, 'parted');
    const scene = { before: [parent, december], rows: `INSERT INTO events_december ${query}, now() FROM generate_series(1, 50) n`, sql: `ALTER TABLE parted ATTACH PARTITION events_december ${bounds}` };
    const log = await same(scene, operation, (c) => attachInSteps(operation, read(operation, c), c));
    expect(blockingWork(log)).toEqual([]);
  });

  it.each([['with', [rest]], ['without', [november]]])('create, %s a DEFAULT partition', async (_, more) => {
    const operation = partition('events_december', inDecember) as OperationOf<'create-table'>;
    const scene = { before: [users, keyed, ...hung, ...more], rows: more[0] === rest ? rows.replace(/; INSERT INTO events_december.*/, '') : 'SELECT 1', sql: `CREATE TABLE events_december PARTITION OF events ${inDecember}` };
    const log = await same(scene, operation, (c) => createThenAttach(operation, more[0] === rest, c));
    // Indexes and foreign keys are those of a table without rows.
    expect(blockingWork(log).filter((line) => line.startsWith('verifying') && line.includes('events_rest'))).toEqual([]);
  });

  it.each([['concurrently', [november]], ['after a short wait', [rest, november]]])('detach %s', async (_, more) => {
    const operation = at({ kind: 'detach-partition', table: name('events'), partition: name('events_november'), concurrently: false });
    const sql = 'ALTER TABLE events DETACH PARTITION events_november';
    const log = await same({ before: [users, keyed, ...hung, ...more], rows: 'SELECT 1', sql, leaves: 'CHECK' }, operation, (c) => detachConcurrently(operation, c));
    expect(log.some((each) => each.sql.endsWith('CONCURRENTLY'))).toBe(more.length === 1);
  });

  it('index: on the parent alone, on each partition, attached', async () => {
    const operation = at({ kind: 'create-index', index: index('events', ['user_id', 'made_at'], { name: 'events_both' }), concurrently: true, ifNotExists: false, only: false, algorithm: null, lock: null });
    const log = await same({ before: [users, keyed, ...hung, rest, november], rows: 'SELECT 1', sql: 'CREATE INDEX events_both ON events (user_id, made_at)' }, operation, (c) => onPartitionedTable(operation, c));
    expect(blockingWork(log)).toEqual([]);
  });
});
