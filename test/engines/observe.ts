import { expect } from 'vitest';
import type { Cost, Effect, LockMode } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import { lockModes } from '../../src/engines/postgres/lock-conflicts.ts';
import { printName } from '../../src/operations/index.ts';
import type { Engine } from '../../src/operations/index.ts';
import { baseSchema } from './base.ts';
import type { ClaimCase } from './claims.ts';
import { resetBase, spoken } from './database.ts';
import type { Database } from './database.ts';

/** What the server was seen to do. */
interface Seen {
  readonly error: string | null;
  readonly locks: ReadonlyMap<string, LockMode>;
  /** The strongest lock on an index, by the name of its table. */
  readonly indexLocks: ReadonlyMap<string, LockMode>;
  /** Tables that have indexes. */
  readonly indexed: ReadonlySet<string>;
  readonly rebuilt: readonly string[];
  readonly rewritten: boolean;
  readonly cost: Cost;
}

const modeOf = new Map<string, LockMode>([
  ['AccessShareLock', 'ACCESS SHARE'], ['RowShareLock', 'ROW SHARE'], ['RowExclusiveLock', 'ROW EXCLUSIVE'], ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE'], ['ShareLock', 'SHARE'],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE'], ['ExclusiveLock', 'EXCLUSIVE'], ['AccessExclusiveLock', 'ACCESS EXCLUSIVE'],
]);

/** The engine that a case is judged for. */
export function engineOf(major: number): Engine {
  return { name: 'postgres', version: [major], from: 'test' };
}

/** True when the release knows what the case needs before its statement; that it does not is told by cases of its own. */
export function canPrepare({ before }: ClaimCase, major: number): boolean {
  if (before === undefined) return true;
  if (before.since !== undefined && major < before.since) return false;
  return before.operations.every((operation, at) => effectOf(operation, baseSchema(before.operations.slice(0, at)), engineOf(major)).refused === undefined);
}

/** A case's name in a report. */
export function titleOf(claim: ClaimCase): string {
  return claim.before ? `${claim.before.sql}; ${claim.sql}` : claim.sql;
}

/** Runs the statement of the case and fails unless the server does what effectOf says. */
export async function prove(claim: ClaimCase, database: Database): Promise<void> {
  const effect = effectOf(claim.operation, baseSchema(claim.before?.operations), engineOf(database.major));
  // What is refused at any time is refused outside a transaction, too.
  const seen = await observe(claim, database, effect.refused === undefined);
  if (effect.refused) expect(seen.error).toBe(effect.refused.error);
  else if (seen.error === '25001') expect(effect.inTransaction).toBe('forbidden');
  else if (seen.error !== null) expect(effect.assumes.map((assumption) => assumption.error)).toContain(seen.error);
  else {
    expect(effect.assumes.filter(({ of }) => of === 'no-dependents')).toEqual([]);
    expect(effect.inTransaction).toBe('allowed');
    compare(claim, effect, seen);
  }
}

/** `owner`: of an index, its table. */
interface Relation { readonly oid: number; readonly relname: string; readonly relkind: string; readonly file: number | null; readonly owner: string | null }

const relations = (database: Database) => database.rows<Relation>(
  `select c.oid::int, c.relname, c.relkind, pg_relation_filenode(c.oid)::int as file, o.relname as owner
  from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_class o on o.oid = i.indrelid where c.relnamespace = 'public'::regnamespace`);

async function observe(claim: ClaimCase, database: Database, inTransaction: boolean): Promise<Seen> {
  try {
    // Locks of what comes before must not be taken for the statement's own, so it is committed.
    if (claim.before) await database.run(spoken(claim.before.sql, database.major));
    if (inTransaction) await database.run('begin');
    const before = await relations(database);
    if (inTransaction) await database.run('set local client_min_messages = debug1');
    let notices: readonly string[];
    try {
      notices = await database.run(spoken(claim.sql, database.major));
    } catch (failure) {
      return { error: (failure as { code?: string }).code ?? String(failure), locks: new Map(), indexLocks: new Map(), indexed: new Set(), rebuilt: [], rewritten: false, cost: 'constant' };
    }
    const held = await locksHeld(database, before);
    const after = await relations(database);
    const renewed = before.filter((relation) => {
      // An index that is built for another type or collation is a new relation of the old name.
      const now = after.find((one) => one.oid === relation.oid) ?? after.find((one) => one.relname === relation.relname);
      return now !== undefined && now.file !== relation.file;
    });
    const of = (kinds: string) => renewed.filter((relation) => kinds.includes(relation.relkind));
    const indexed = new Set(before.flatMap((relation) => relation.owner ?? []));
    return { error: null, ...held, indexed, rebuilt: of('i').map((relation) => relation.relname), rewritten: of('rm').length > 0, cost: costOf(notices) };
  } finally {
    await database.run('rollback');
    if (claim.before) await resetBase(database);
  }
}

async function locksHeld(database: Database, of: readonly Relation[]): Promise<Pick<Seen, 'locks' | 'indexLocks'>> {
  const held = await database.rows<{ relation: number; mode: string }>('select relation::int, mode from pg_locks where relation is not null and granted and pid = pg_backend_pid()');
  const locks = new Map<string, LockMode>();
  const indexLocks = new Map<string, LockMode>();
  for (const relation of of) {
    const strongest = held.filter((lock) => lock.relation === relation.oid).map((lock) => modeOf.get(lock.mode) ?? 'ACCESS SHARE').reduce<LockMode | undefined>(stronger, undefined);
    if (strongest === undefined) continue;
    if ('rpmv'.includes(relation.relkind)) locks.set(relation.relname, strongest);
    else if (relation.owner !== null) indexLocks.set(relation.owner, stronger(indexLocks.get(relation.owner), strongest));
  }
  return { locks, indexLocks };
}

function stronger(a: LockMode | undefined, b: LockMode): LockMode {
  return a !== undefined && lockModes.indexOf(a) > lockModes.indexOf(b) ? a : b;
}

/** The server says at level DEBUG1 what it does. */
function costOf(notices: readonly string[]): Cost {
  const says = (pattern: RegExp) => notices.some((notice) => pattern.test(notice));
  if (says(/^(rewriting table|clustering|vacuuming)/)) return 'rewrite';
  if (says(/^building index "(?!pg_toast)/)) return 'index-build';
  return says(/^(verifying table|validating foreign key)/) ? 'scan' : 'constant';
}

const rewritesUnseen = /^(truncate|refresh)/;
const costUnseen = /^(truncate|refresh|alter domain|insert|update|delete|select|create (or replace |materialized )?view|cluster|reindex|create table)/;

function compare(claim: ClaimCase, effect: Effect, seen: Seen): void {
  const expected = new Map(effect.locks.map((lock) => [printName(lock.table), lock]));
  for (const [table, { mode, onIndex }] of expected) {
    // Who only names an index may hold nothing on its table.
    if (onIndex === undefined || mode !== 'ACCESS SHARE') expect(`${table}: ${seen.locks.get(table) ?? 'none'}`).toBe(`${table}: ${mode}`);
    if (onIndex !== undefined) expect(`an index of ${table}: ${seen.indexLocks.get(table) ?? 'none'}`).toBe(`an index of ${table}: ${onIndex}`);
  }
  for (const [table, mode] of seen.locks) if (lockModes.indexOf(mode) > 2) expect(expected.has(table), `${mode} on ${table} is not told`).toBe(true);
  if (!rewritesUnseen.test(claim.sql)) expect(seen.rewritten, 'rewrites').toBe(effect.rewrites);
  if (Array.isArray(effect.rebuildsIndexes)) expect([...seen.rebuilt].sort()).toEqual([...effect.rebuildsIndexes].sort());
  else if (!rewritesUnseen.test(claim.sql)) {
    const any = effect.locks.some((lock) => (lock.role === 'target' || lock.role === 'partition') && seen.indexed.has(printName(lock.table)));
    expect(seen.rebuilt.length > 0, 'rebuilds indexes').toBe(effect.rebuildsIndexes === 'all' && any);
  }
  if (!costUnseen.test(claim.sql)) expect(seen.cost, 'cost').toBe(effect.cost);
}
