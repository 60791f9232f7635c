import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cost, Effect, LockMode } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import { printName } from '../../src/operations/index.ts';
import type { Engine } from '../../src/operations/index.ts';
import { baseSchema, baseSql } from './base.ts';
import { claimCases } from './claims.ts';
import type { ClaimCase } from './claims.ts';

/** What the server was seen to do. */
interface Seen {
  readonly error: string | null;
  readonly locks: ReadonlyMap<string, LockMode>;
  readonly rebuilt: readonly string[];
  readonly rewritten: boolean;
  readonly cost: Cost;
}

const engine: Engine = { name: 'postgres', version: [18], from: 'test' };

const modes: readonly LockMode[] = ['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
const modeOf = new Map<string, LockMode>([
  ['AccessShareLock', 'ACCESS SHARE'], ['RowShareLock', 'ROW SHARE'], ['RowExclusiveLock', 'ROW EXCLUSIVE'], ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE'], ['ShareLock', 'SHARE'],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE'], ['ExclusiveLock', 'EXCLUSIVE'], ['AccessExclusiveLock', 'ACCESS EXCLUSIVE'],
]);

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create({ extensions: { citext } });
  await database.exec(`set client_min_messages = error; set timezone = 'Europe/Berlin'; ${baseSql}`);
}, 60_000);

afterAll(() => database.close());

interface Relation { readonly oid: number; readonly relname: string; readonly relkind: string; readonly file: number }

const relations = async () => (await database.query<Relation>(
  'select oid::int, relname, relkind, pg_relation_filenode(oid)::int as file from pg_class where relnamespace = \'public\'::regnamespace')).rows;

async function observe(claim: ClaimCase, inTransaction: boolean): Promise<Seen> {
  const notices: string[] = [];
  await database.exec('begin');
  try {
    if (claim.before) await database.exec(claim.before.sql);
    // Locks of what comes before must not be taken for the statement's own.
    if (claim.before || !inTransaction) await database.exec(inTransaction ? 'commit; begin' : 'commit');
    const before = await relations();
    if (inTransaction) await database.exec('set local client_min_messages = debug1');
    try {
      await database.exec(claim.sql, { onNotice: (notice) => notices.push(notice.message ?? '') });
    } catch (failure) {
      return { error: (failure as { code?: string }).code ?? 'unknown', locks: new Map(), rebuilt: [], rewritten: false, cost: 'constant' };
    }
    const held = (await database.query<{ relation: number; mode: string }>('select relation::int, mode from pg_locks where relation is not null and granted')).rows;
    const locks = new Map<string, LockMode>();
    for (const relation of before) {
      if (!'rpmv'.includes(relation.relkind)) continue;
      const mine = held.filter((lock) => lock.relation === relation.oid).map((lock) => modeOf.get(lock.mode) ?? 'ACCESS SHARE');
      const strongest = mine.sort((a, b) => modes.indexOf(b) - modes.indexOf(a))[0];
      if (strongest) locks.set(relation.relname, strongest);
    }
    const after = await relations();
    const renewed = before.filter((relation) => {
      // An index that is built for another type or collation is a new relation of the old name.
      const now = after.find((one) => one.oid === relation.oid) ?? after.find((one) => one.relname === relation.relname);
      return now !== undefined && now.file !== relation.file;
    });
    return { error: null, locks, rebuilt: renewed.filter((relation) => relation.relkind === 'i').map((relation) => relation.relname), rewritten: renewed.some((relation) => 'rm'.includes(relation.relkind)), cost: costOf(notices) };
  } finally {
    await database.exec('rollback');
    if (claim.before) await database.exec(`drop schema public cascade; create schema public; drop extension if exists citext cascade; ${baseSql}`);
  }
}

/** The server says at level DEBUG1 what it does. */
function costOf(notices: readonly string[]): Cost {
  const says = (pattern: RegExp) => notices.some((notice) => pattern.test(notice));
  if (says(/^(rewriting table|clustering|vacuuming)/)) return 'rewrite';
  if (says(/^building index "(?!pg_toast)/)) return 'index-build';
  return says(/^(verifying table|validating foreign key)/) ? 'scan' : 'constant';
}

const rewritesUnseen = /^(truncate|refresh)/;
const costUnseen = /^(truncate|refresh|alter domain|insert|update|delete|create (or replace )?view|cluster|reindex|create table)/;

function compare(claim: ClaimCase, effect: Effect, seen: Seen): void {
  const expected = new Map(effect.locks.map((lock) => [printName(lock.table), lock.mode]));
  for (const [table, mode] of expected) expect(`${table}: ${seen.locks.get(table) ?? 'none'}`).toBe(`${table}: ${mode}`);
  for (const [table, mode] of seen.locks) if (modes.indexOf(mode) > 2) expect(expected.has(table), `${mode} on ${table} is not told`).toBe(true);
  if (!rewritesUnseen.test(claim.sql)) expect(seen.rewritten, 'rewrites').toBe(effect.rewrites);
  if (Array.isArray(effect.rebuildsIndexes)) expect([...seen.rebuilt].sort()).toEqual([...effect.rebuildsIndexes].sort());
  else if (!rewritesUnseen.test(claim.sql)) expect(seen.rebuilt.length > 0 || claim.sql.includes('table lone'), 'rebuilds indexes').toBe(effect.rebuildsIndexes === 'all' || claim.sql.includes('table lone'));
  if (!costUnseen.test(claim.sql)) expect(seen.cost, 'cost').toBe(effect.cost);
}

describe('what Postgres does is what effectOf says', () => {
  it.each(claimCases.map((claim) => [claim.before ? `${claim.before.sql}; ${claim.sql}` : claim.sql, claim] as const))('%s', async (_, claim) => {
    const effect = effectOf(claim.operation, baseSchema(claim.before?.operations), engine);
    // What is refused at any time is refused outside a transaction, too.
    const seen = await observe(claim, effect.refused === undefined);
    if (effect.refused) expect(seen.error).toBe(effect.refused.error);
    else if (seen.error === '25001') expect(effect.inTransaction).toBe('forbidden');
    else if (seen.error !== null) expect(effect.assumes.map((assumption) => assumption.error)).toContain(seen.error);
    else {
      expect(effect.refused).toBeUndefined();
      expect(effect.assumes.filter(({ of }) => of === 'no-dependents')).toEqual([]);
      expect(effect.inTransaction).toBe('allowed');
      compare(claim, effect, seen);
    }
  }, 30_000);
});
