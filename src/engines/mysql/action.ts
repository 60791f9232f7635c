import { atLeast } from '../../operations/index.ts';
import type { AlterClauses, Engine, QualifiedName } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Assumption, Blocks, Cost, Effect, Lock } from '../effect.ts';
import { refusalOf } from './refusal.ts';

/**
 * How InnoDB carries out an ALTER. `instant`: no work; `metadata`: no work either, but it is refused with ALGORITHM=INSTANT; `index`: an index is built while
 * others read and write; `index-shared`: while they read; `rebuild`: the table is rebuilt in place while others read and write; `rebuild-shared`: while they
 * read; `copy`: the table is copied while others read.
 */
export type Algorithm = 'instant' | 'metadata' | 'index' | 'index-shared' | 'rebuild' | 'rebuild-shared' | 'copy';

/** How a claim is known: a test executes it on the server, or a page of the manual says it. */
export type Proof = { readonly how: 'executed'; readonly on: string } | { readonly how: 'documented'; readonly page: string };

/** One claim: from this release on, the action runs by this algorithm. */
export interface Step {
  readonly since: readonly number[];
  readonly by: Algorithm;
  /** `mysql8: id` and `mariadb: id` are rows of the manual's table of online operations, or measurements. */
  readonly source: string;
  readonly proof: Proof;
  /** True where the server lets ALGORITHM=INSTANT and NOCOPY stand without heeding them (measured on MariaDB). */
  readonly heedless?: boolean;
}

/** The claims about one action, oldest first. */
export interface Action {
  readonly mysql: readonly Step[];
  readonly mariadb: readonly Step[];
}

/** What surrounds the operation. */
export interface Situation {
  readonly schema: Schema;
  readonly engine: Engine;
  /** What the ALTER TABLE says that the operation is part of. */
  readonly alter?: AlterClauses | undefined;
  /** True while `foreign_key_checks` is off. */
  readonly uncheckedKeys?: boolean;
}

/** What an action does not say by itself. */
export interface Particulars {
  readonly parents?: readonly QualifiedName[];
  readonly assumes?: readonly Assumption[];
  readonly loses?: readonly string[];
  readonly unsure?: string | null;
  /** The clauses of CREATE INDEX and DROP INDEX, and of Rails. */
  readonly lock?: string | null;
  readonly algorithm?: string | null;
  /** True for a copy that no release of MariaDB makes online. */
  readonly offline?: boolean;
}

const work: Readonly<Record<Algorithm, { readonly cost: Cost; readonly writes: boolean }>> = {
  'instant': { cost: 'constant', writes: false },
  'metadata': { cost: 'constant', writes: false },
  'index': { cost: 'index-build', writes: false },
  'index-shared': { cost: 'index-build', writes: true },
  'rebuild': { cost: 'rewrite', writes: false },
  'rebuild-shared': { cost: 'rewrite', writes: true },
  'copy': { cost: 'rewrite', writes: true },
};

const order: readonly Algorithm[] = ['instant', 'metadata', 'index', 'rebuild', 'index-shared', 'rebuild-shared', 'copy'];

/** True when the engine's release is the given one or newer; parts of the version that are not known count as the newest. */
export function reaches(engine: Engine, since: readonly number[]): boolean {
  for (let part = 0; part < Math.min(engine.version.length, since.length); part++) {
    const difference = (engine.version[part] ?? 0) - (since[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The claim that holds for the engine's release. */
export function stepFor(action: Action, engine: Engine): Step {
  const steps = engine.name === 'mariadb' ? action.mariadb : action.mysql;
  const found = steps.findLast((step) => reaches(engine, step.since)) ?? steps[0];
  return found ?? { since: [], by: 'copy', source: 'none', proof: { how: 'documented', page: 'none' } };
}

/** The claim that takes the most work and blocks the most. */
export function hardest(steps: readonly Step[]): Step {
  return steps.reduce((a, b) => (order.indexOf(b.by) > order.indexOf(a.by) ? b : a));
}

/**
 * The effect of an ALTER on a table. An exclusive metadata lock is taken for a moment at its beginning and end; `blocks` tells what others
 * cannot do during the work between. A statement that is refused does nothing.
 */
export function effectOfStep(at: Situation, step: Step, table: QualifiedName, more: Particulars = {}): Effect {
  const wanted = { algorithm: clause(at.alter?.algorithm ?? more.algorithm), lock: clause(at.alter?.lock ?? more.lock) };
  const by = wanted.algorithm === 'COPY' ? 'copy' : step.by;
  const online = by === 'copy' && copiesOnline(at, table, more);
  const refused = refusalOf(step, { ...wanted, online }, at.engine);
  if (refused) return { ...refusedEffect, refused, source: step.source };
  const { cost, writes } = work[by];
  const blocks: Blocks = { reads: wanted.lock === 'EXCLUSIVE', writes: (writes && !online) || wanted.lock === 'EXCLUSIVE' || wanted.lock === 'SHARED' };
  const locks: Lock[] = [{ table, mode: 'metadata exclusive', blocks, cost, role: 'target' }];
  for (const parent of more.parents ?? []) locks.push({ table: parent, mode: 'metadata exclusive', blocks: { reads: false, writes: by === 'copy' && !online }, cost, role: 'parent' });
  const rewrites = cost === 'rewrite';
  return {
    locks, cost, rewrites, rebuildsIndexes: rewrites ? 'all' : 'none', inTransaction: 'commits', assumes: more.assumes ?? [], loses: more.loses ?? [],
    unsure: more.unsure ?? null, source: step.source,
  };
}

/** The server parses and commits, then says no. */
const refusedEffect: Effect = {
  locks: [], cost: 'constant', rewrites: false, rebuildsIndexes: 'none', inTransaction: 'commits', assumes: [], loses: [], unsure: null, source: 'none',
};

function clause(value: string | null | undefined): string | null {
  const upper = value?.toUpperCase() ?? null;
  return upper === 'DEFAULT' ? null : upper;
}

/**
 * From 11.2 on MariaDB copies a table while others write (https://mariadb.com/kb/en/innodb-online-ddl-overview/), but not with IGNORE, nor where a foreign key
 * changes rows of the table by itself. Only told where the release is known.
 */
function copiesOnline({ engine, schema, alter }: Situation, table: QualifiedName, { offline }: Particulars): boolean {
  if (engine.name !== 'mariadb' || !atLeast(engine, 11, 2) || alter?.ignore || offline) return false;
  return !schema.table(table)?.foreignKeys.some((key) => /cascade|set/.test(`${key.onDelete ?? ''} ${key.onUpdate ?? ''}`));
}

/** The effect of a statement that takes a table away from everybody for a moment: RENAME, DROP, TRUNCATE. */
export function exclusiveMoment(table: QualifiedName, source: string, more: Particulars = {}): Effect {
  const blocks: Blocks = { reads: true, writes: true };
  return {
    locks: [
      { table, mode: 'metadata exclusive', blocks, cost: 'constant', role: 'target' },
      ...(more.parents ?? []).map((parent): Lock => ({ table: parent, mode: 'metadata exclusive', blocks: { reads: false, writes: false }, cost: 'constant', role: 'parent' })),
    ],
    cost: 'constant', rewrites: false, rebuildsIndexes: 'none', inTransaction: 'commits', assumes: more.assumes ?? [], loses: more.loses ?? [], unsure: more.unsure ?? null, source,
  };
}
