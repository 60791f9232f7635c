import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBlocking } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import { createLedger } from '../../src/engines/ledger.ts';
import { printName } from '../../src/operations/index.ts';
import type { Deed, Engine, Operation } from '../../src/operations/index.ts';
import { foldingOf } from '../../src/schema/folding.ts';
import { createSchema } from '../../src/schema/state.ts';
import { column, createTable, name, run } from '../schema/deeds.ts';

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);

afterAll(() => database.close());

const engine: Engine = { name: 'postgres', version: [18], from: 'test' };
const begin = run({ kind: 'begin', isolation: null });
const addTo = (table: string, title: string): [string, Deed] => [`alter table ${table} add column ${title} int`, { kind: 'add-column', table: name(table), column: column(title), ifNotExists: false }];
const set = (value: string, local = false): [string, Deed] => [`set ${local ? 'local ' : ''}lock_timeout = '${value}'`, { kind: 'set-setting', name: 'lock_timeout', value, local }];
const savepoint = (title: string): [string, Deed] => [`savepoint ${title}`, { kind: 'savepoint', name: title }];
const backTo = (title: string): [string, Deed] => [`rollback to savepoint ${title}`, { kind: 'rollback-to-savepoint', name: title }];
const release = (title: string): [string, Deed] => [`release savepoint ${title}`, { kind: 'release-savepoint', name: title }];
const started: [string, Deed] = ['begin', begin];
const committed: [string, Deed] = ['commit', { kind: 'commit' }];
const undone: [string, Deed] = ['rollback', { kind: 'rollback' }];

/** Runs the statements on the server and in the ledger, and compares before each one: which locks are held on a and b, whether the server has the table c, and what lock_timeout is. */
async function agree(statements: readonly [string, Deed][]): Promise<void> {
  await database.exec('rollback; reset all; drop table if exists a, b, c; create table a (id int); create table b (id int)');
  const schema = createSchema({ complete: true });
  for (const table of ['a', 'b']) schema.apply(createTable(table, [column('id')]), { inChangeSet: false });
  let transaction = 0;
  let isOpen = false;
  const operations = statements.map(([sql, deed]): [string, Operation] => {
    if (deed.kind === 'begin') [transaction, isOpen] = [transaction + 1, true];
    const made = run(deed, { transaction: isOpen ? transaction : null }) as Operation;
    if (deed.kind === 'commit' || deed.kind === 'rollback') isOpen = false;
    return [sql, made];
  });
  const ledger = createLedger('postgres');
  const fold = foldingOf(schema, operations.map(([, operation]) => operation), engine.name);
  const end = run({ kind: 'other', text: '' }, { transaction: isOpen ? transaction : null });
  for (const [at, [sql, operation]] of [...operations, ['select 1', end] as [string, Operation]].entries()) {
    const { locks, settings } = ledger.before(operation);
    const told = { locks: [...new Set(locks.filter(isBlocking).map((lock) => `${printName(lock.table)} ${lock.mode}`))].sort(), c: schema.table(name('c')) !== undefined, timeout: settings.get('lock_timeout')?.value ?? '0' };
    expect(told, `before ${at}: ${sql}`).toEqual(await seen());
    await database.exec(sql);
    const effect = effectOf(operation, schema, engine);
    const creates = operation.kind === 'create-table';
    const isUnseen = (table: string) => table === 'c';
    ledger.book(operation, { effect, takes: effect.locks.filter((lock) => !isUnseen(printName(lock.table))), creates });
    fold(operation, { inChangeSet: true });
  }
}

async function seen() {
  const locks = await database.query<{ lock: string }>(`select distinct c.relname || ' ' || case l.mode when 'AccessExclusiveLock' then 'ACCESS EXCLUSIVE' when 'ShareRowExclusiveLock' then 'SHARE ROW EXCLUSIVE' when 'ShareLock' then 'SHARE' else l.mode end as lock
    from pg_locks l join pg_class c on c.oid = l.relation where c.relname in ('a', 'b') and l.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock') order by 1`);
  const timeout = await database.query<{ lock_timeout: string }>('show lock_timeout');
  const there = await database.query<{ there: boolean }>("select to_regclass('c') is not null as there");
  return { locks: locks.rows.map(({ lock }) => lock), c: there.rows[0]?.there, timeout: timeout.rows[0]?.lock_timeout };
}

const makeC: [string, Deed] = ['create table c (id int)', createTable('c', [column('id')])];

describe('what a transaction holds', () => {
  it.each<[string, readonly [string, Deed][]]>([
    ['to its end', [started, addTo('a', 'x'), addTo('b', 'x'), committed, addTo('a', 'y')]],
    ['until ROLLBACK', [started, addTo('a', 'x'), makeC, set('5s'), undone, addTo('b', 'x')]],
    ['until ROLLBACK TO, when taken after the savepoint', [started, addTo('a', 'x'), savepoint('s'), addTo('b', 'x'), makeC, set('5s'), backTo('s'), addTo('a', 'y'), committed]],
    ['still, when taken before the savepoint and again after it', [started, addTo('a', 'x'), savepoint('s'), addTo('a', 'y'), backTo('s'), addTo('a', 'z'), committed]],
    ['still, when the savepoint is released', [started, savepoint('s'), addTo('a', 'x'), release('s'), savepoint('s'), addTo('b', 'x'), backTo('s'), committed]],
    ['of the outer savepoint of a name, when the inner one is released', [started, savepoint('s'), addTo('a', 'x'), savepoint('s'), addTo('b', 'x'), makeC, release('s'), backTo('s'), committed]],
  ])('%s', async (_, statements) => agree(statements));

  it('are settings, too', async () => {
    await agree([set('5s'), started, set('1s', true), savepoint('s'), set('2s'), backTo('s'), committed, addTo('a', 'x')]);
    await agree([set('5s'), started, set('1s'), set('2s', true), committed, started, undone, addTo('a', 'x')]);
    await agree([started, set('7s'), undone, set('1s', true), addTo('a', 'x')]);
  });
});
