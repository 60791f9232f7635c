import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBounds, readPartitionKey } from '../../src/engines/postgres/partition-bounds.ts';
import { provesBounds, provesOutside } from '../../src/engines/postgres/partition-proof.ts';
import { emptyTable } from '../../src/schema/fold/fold.ts';
import { column, name } from '../schema/deeds.ts';

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
}, 60_000);
afterAll(() => database.close());

const month = ["'2025-01-01'", "'2025-02-01'"] as const;
const instants = ["'2025-01-01 00:00:00+00'", "'2025-02-01 00:00:00+00'"] as const;

/** Type of the key, range, check of the attached table, check of the DEFAULT partition. */
const ranges: readonly (readonly [type: string, range: readonly [string, string], own: string, rest: string])[] = [
  ...['timestamptz', 'timestamp', 'date'].flatMap((type) => [
    [type, month, "k >= '2025-01-01' and k < '2025-02-01'", "k < '2025-01-01' or k >= '2025-02-01'"],
    [type, month, "k >= date '2025-01-01' and k < date '2025-02-01'", "k < date '2025-01-01'"],
    [type, month, "k >= timestamp '2025-01-01' and k < timestamp '2025-02-01'", "k >= timestamp '2025-02-01'"],
    [type, month, "k >= timestamptz '2025-01-01' and k < timestamptz '2025-02-01'", "k >= timestamptz '2025-02-01'"],
    [type, month, "k >= '2025-01-01 00:00' and k < '2025-01-31 24:00:00'", "k <= '2025-01-01'"],
    [type, month, "k::date >= '2025-01-01' and k::date < '2025-02-01'", "k::date > '2026-01-01'"],
    [type, month, "k between '2025-01-01' and '2025-01-31'", "k not between '2025-01-01' and '2025-01-31'"],
    [type, month, "k >= '2025-01-01' and k < '2025-03-01'", "k >= '2025-01-15'"],
  ] as const),
  ['timestamptz', instants, "k >= '2025-01-01 00:00:00+00' and k < '2025-02-01 00:00:00+00'", "not (k >= '2025-01-01 00:00:00+00' and k < '2025-02-01 00:00:00+00')"],
  ['timestamptz', instants, "k >= '2025-01-01 02:00:00+02' and k < '2025-02-01 00:00:00+00:00'", "k < '2025-01-01 00:00:00Z'"],
  ['uuid', ["'20000000-0000-0000-0000-000000000000'", "'40000000-0000-0000-0000-000000000000'"], "k >= '20000000-0000-0000-0000-000000000000' and k < '30000000-0000-0000-0000-000000000000'", "k >= '50000000-0000-0000-0000-000000000000'"],
  ['bigint', ['1', '10'], 'k = 5', 'k in (10, 11)'],
  ['bigint', ["'1'", "'10'"], 'k = any (array[1, 2])', 'k <> 5'],
  ['bigint', ['-10', '0'], 'k >= -10 and k < 0', 'k >= 0 or k < -10'],
  ['numeric(10,2)', ['1.5', '2.5'], 'k >= 1.50 and k < 2', 'k > 2.5'],
  ['text', ["'a'", "'m'"], "k >= 'a' and k < 'm'", "k >= 'm'"],
  ['varchar(10)', ["'a'", "'m'"], "k >= 'a' and k < 'm'", "k < 'a'"],
];

const lists: readonly (readonly [type: string, values: string, own: string, rest: string])[] = [
  ['text', "'a', 'b'", "k in ('a', 'b')", "k not in ('a', 'b')"],
  ['text', "'a', 'b'", "k = 'a'", "k <> 'a' and k <> 'b'"],
  ['varchar(5)', "'a', 'b'", "k = any (array['a', 'b'])", "k <> all (array['a', 'b'])"],
  ['text', "'a'", "k = 'a' or k = 'c'", "k <> 'a' or v = 2"],
  ['text', "'a', 'b'", "lower(k) = 'a'", "k = 'zz'"],
  ['bigint', '1, 2', 'k in (1, 2) and v > 0', 'k > 2'],
  ['bigint', '1, 2', 'k >= 1 and k <= 2', 'not (k = 1 or k = 2)'],
  ['boolean', 'true', 'k', 'not k'],
  ['text', "'a', NULL", "k is null or k in ('a')", "k is not null and k <> 'a'"],
];

interface Attempt { readonly method: 'range' | 'list'; readonly type: string; readonly bounds: string; readonly own: string; readonly rest: string }
const attempts: readonly Attempt[] = [
  ...ranges.map(([type, [from, to], own, rest]) => ({ method: 'range' as const, type, bounds: `FOR VALUES FROM (${from}) TO (${to})`, own, rest })),
  ...lists.map(([type, values, own, rest]) => ({ method: 'list' as const, type, bounds: `FOR VALUES IN (${values})`, own, rest })),
];

const hashed = "k = any (array[1, 4]) and satisfies_hash_partition('p'::regclass, 4, 0, k)";

/** Attaches for real, and gives what the server says at level DEBUG1 and how it prints the checks. */
async function attach({ method, type, bounds, own, rest }: Attempt): Promise<{ own: boolean; rest: boolean; printed: Record<string, string> }> {
  await database.exec(`set client_min_messages = error; drop schema public cascade; create schema public;
    create table p (k ${type} not null, v int) partition by ${method} (k); create table d partition of p default; create table x (k ${type} not null, v int);
    alter table x add check (${own}); alter table d add check (${rest}); set client_min_messages = debug1`);
  const notices: string[] = [];
  await database.exec(`alter table p attach partition x ${bounds}`, { onNotice: (notice) => notices.push(notice.message ?? '') });
  const printed = (await database.query<{ name: string; text: string }>("select conrelid::regclass::text as name, pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c'")).rows;
  const says = (text: string) => notices.some((notice) => notice.includes(text));
  return { own: says('for table "x" is implied'), rest: says('default partition "d" is implied'), printed: Object.fromEntries(printed.map((row) => [row.name, row.text])) };
}

function table(type: string, expression: string) {
  const [, base = '', args = ''] = /^(\w+)(?:\((.*)\))?$/.exec(type) ?? [];
  return { ...emptyTable(name('t')), complete: true, columns: new Map([['k', column('k', base, args === '' ? [] : args.split(',').map(Number), { nullable: false })]]), checks: [{ name: 'c', expression, validated: true }] };
}

describe('what a check says of a partition is what Postgres takes it for', () => {
  it.each(attempts.map((attempt) => [`${attempt.type} ${attempt.bounds}: ${attempt.own} | ${attempt.rest}`, attempt] as const))('%s', async (_, attempt) => {
    const seen = await attach(attempt);
    const key = readPartitionKey(`${attempt.method} (k)`);
    for (const [expression, outside] of [[attempt.own, false], [attempt.rest, true], [seen.printed['x'] ?? '', false], [seen.printed['d'] ?? '', true]] as const) {
      const proof = (outside ? provesOutside : provesBounds)(table(attempt.type, expression), key, attempt.bounds);
      // What is not read is said to be unclear, never to be proved.
      if (proof !== 'unclear') expect(`${expression}: ${proof}`).toBe(`${expression}: ${(outside ? seen.rest : seen.own) ? 'proved' : 'open'}`);
      else expect(expression).toMatch(unread);
    }
  });
});

/** Casts of the column, computed values, booleans by themselves, dates of another kind than the column's, and instants beside what has no zone. */
const unread = /\(?k\)?::date|lower|^(not )?k$|\((NOT )?k\)|timestamp|date|\+00/;

describe('what can be told without the server', () => {
  const open = (expression: string, bounds: string | null, key = 'range (k)') => provesBounds(table('bigint', expression), readPartitionKey(key), bounds);
  it('is nothing when bounds or key are not known', () => {
    expect([open('k >= 1 and k < 9', null), open('k >= 1 and k < 9', 'FOR VALUES FROM (f()) TO (9)'), open('k >= 1', 'FOR VALUES FROM (1, 2) TO (9, 3)', 'range (k, v)'), open('k = 1', 'FOR VALUES WITH (MODULUS 2, REMAINDER 1)', 'hash (k)')]).toEqual(['unclear', 'unclear', 'unclear', 'open']);
    expect(provesBounds(undefined, null, null)).toBe('unclear');
  });
  it('is the call by which Postgres sorts into hash partitions', async () => {
    await database.exec(`set client_min_messages = error; drop schema public cascade; create schema public; create table p (k bigint not null) partition by hash (k); create table x (k bigint not null);
      alter table x add check (${hashed}); set client_min_messages = debug1`);
    const notices: string[] = [];
    await database.exec('alter table p attach partition x for values with (modulus 4, remainder 0)', { onNotice: (notice) => notices.push(notice.message ?? '') });
    expect(notices).toContain('partition constraint for table "x" is implied by existing constraints');
    const proof = (bounds: string) => provesBounds(table('bigint', hashed), readPartitionKey('HASH (k)'), bounds);
    expect([proof('FOR VALUES WITH (modulus 4, remainder 0)'), proof('FOR VALUES WITH (modulus 4, remainder 1)')]).toEqual(['proved', 'open']);
  });
  it('is that rows are read when no validated check speaks of the key', () => {
    expect(open('v > 0', 'FOR VALUES FROM (1) TO (9)')).toBe('open');
    expect(provesBounds({ ...table('bigint', 'k >= 1 and k < 9'), checks: [{ name: 'c', expression: 'k >= 1 and k < 9', validated: false }] }, readPartitionKey('range (k)'), 'FOR VALUES FROM (1) TO (9)')).toBe('open');
  });
  it('reads keys and bounds as they are written', () => {
    expect(readPartitionKey('LIST ("Region" COLLATE "C", lower(x), (a + b))')).toEqual({ method: 'list', columns: ['Region', null, null] });
    expect([readPartitionKey('KEY (id)'), readPartitionKey(null)]).toEqual([null, null]);
    expect(readBounds("FOR VALUES IN ('a', NULL)")).toMatchObject({ kind: 'list', withNull: true, values: [{ text: 'a' }] });
    expect(readBounds('FOR VALUES FROM (MINVALUE) TO (10)')).toMatchObject({ kind: 'range', from: null, to: { text: '10' } });
    expect([readBounds('DEFAULT').kind, readBounds('').kind, readBounds('FOR VALUES FROM (1').kind]).toEqual(['default', 'unread', 'unread']);
  });
});
