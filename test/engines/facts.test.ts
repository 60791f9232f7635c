import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Effect, LockMode } from '../../src/engines/effect.ts';
import { effectOf } from '../../src/engines/effect-of.ts';
import { lockModes } from '../../src/engines/postgres/lock-conflicts.ts';
import { printName } from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/index.ts';
import { parseSqlMigration } from '../../src/parsers/sql/migration.ts';
import { loadSqlParser } from '../../src/parsers/sql/parser.ts';
import type { SqlParser } from '../../src/parsers/sql/statement.ts';
import { createSchema } from '../../src/schema/state.ts';
import type { SchemaState } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';
import { engineOf } from './observe.ts';

/** What a server was measured to do with a statement; what is left out was not measured. */
interface Measured {
  /** SQLSTATE, whatever the rows; `unsupported` where the release has no such statement. */
  readonly fails?: string;
  /** SQLSTATE on rows that were prepared to make it fail. */
  readonly onRows?: string;
  /** The strongest mode by table, as far as tables were there before. */
  readonly locks?: Readonly<Record<string, LockMode>>;
  readonly rewrites?: boolean;
  readonly rebuilds?: boolean;
  readonly scans?: boolean;
  readonly transaction?: 'forbidden';
  /** Whether SELECT and INSERT of another session waited. */
  readonly reads?: boolean;
  readonly writes?: boolean;
}

/** `on`: the measurements by the releases that agree on them, `13 15`. `setup` runs after the common schema. */
interface Fact { readonly id: string; readonly sql: string; readonly target?: string; readonly setup?: string; readonly on: Readonly<Record<string, Measured>> }

const { schema, facts } = JSON.parse(readFileSync(new URL('facts.data.json', import.meta.url), 'utf8')) as { readonly schema: readonly string[]; readonly facts: readonly Fact[] };

/** Where what was measured is not what is told, by release where it is so on some only, and why that is right or cannot be told. */
const exceptions: Readonly<Record<string, string>> = {
  'drop-column-used-by-view-cascade': 'the measured view has another name than that of the setup',
  'validate-not-null-constraint': 'before 18 the constraint that it validates cannot be made',
  'alter-type-timestamp-to-timestamptz-utc': 'it depends on the session\'s TimeZone, which a migration does not tell',
  'alter-type-timestamp-to-timestamptz-utc-indexed': 'it depends on the session\'s TimeZone, which a migration does not tell',
  'alter-type-timestamptz-to-timestamp-utc': 'it depends on the session\'s TimeZone, which a migration does not tell',
  'create-table': 'the lock on the table that it makes is not told',
  'create-table-with-foreign-key': 'the lock on the table that it makes is not told',
  'create-table-partition-of-with-default': 'the scan is one of the DEFAULT partition, not of the target; release 10 has none',
  'detach-partition-concurrently': 'the exclusive lock is held too shortly to be sampled on 18',
  'set-tablespace': 'pages are copied, which the server does not count as rows read',
  'set-access-method-same': 'it is not known how the table is stored',
  'set-default-volatile': 'gen_random_uuid() may come from an extension before 13',
  'add-column-parent-of-partitions': 'release 10 writes the partitions anew, and the target has no rows itself',
  'attach-partition-parent-has-default': 'release 10 has no DEFAULT partitions',
  'attach-partition-parent-has-default-with-check': 'release 10 has no DEFAULT partitions',
  'attach-partition-parent-has-index': 'release 10 has no indexes on partitioned tables',
};

let sql: SqlParser;
beforeAll(async () => {
  sql = await loadSqlParser('postgres');
});

function operationsOf(text: string, major: number): readonly Operation[] {
  const situation = { version: [], inTransaction: null, mixed: false, sending: null };
  return parseSqlMigration(createSource('1_x.sql', text), { engine: engineOf(major), sql, tool: 'sql', situation, version: '1', hasDownFile: false }).operations;
}

function schemaBefore(setup: string | undefined, major: number): SchemaState {
  const state = createSchema({ complete: true });
  for (const text of [schema.join('\n'), setup ?? '']) for (const operation of operationsOf(text, major)) state.apply(operation, { inChangeSet: false });
  return state;
}

/** What is told of the statement otherwise than it was measured. */
function differences(fact: Fact, measured: Measured, major: number): string[] {
  const before = schemaBefore(fact.setup, major);
  const effects = operationsOf(fact.sql, major).map((operation) => {
    const effect = effectOf(operation, before, engineOf(major));
    before.apply(operation, { inChangeSet: false });
    return effect;
  });
  const told = { refused: effects.find(({ refused }) => refused)?.refused?.error, errors: effects.flatMap(({ assumes }) => assumes.map(({ error }) => error)), forbidden: effects.some(({ inTransaction }) => inTransaction === 'forbidden') };
  if (measured.fails !== undefined) {
    const known = measured.fails === 'unsupported' ? told.refused !== undefined : [told.refused, ...told.errors, told.forbidden ? '25001' : null].includes(measured.fails);
    return known ? [] : [`fails with ${measured.fails}`];
  }
  const found: string[] = told.refused === undefined ? [] : [`is refused with ${told.refused}`];
  if (told.forbidden !== (measured.transaction === 'forbidden')) found.push('transaction');
  if (measured.onRows !== undefined && !told.errors.includes(measured.onRows)) found.push(`fails on rows with ${measured.onRows}`);
  if (effects.some(({ assumes }) => assumes.some(({ of, dependents }) => of === 'no-dependents' && dependents?.some(({ surely }) => surely)))) found.push('dependents');
  return [...found, ...lockDifferences(fact, measured, effects), ...workDifferences(fact, measured, effects)];
}

function lockDifferences({ target }: Fact, measured: Measured, effects: readonly Effect[]): string[] {
  const strong = (mode: LockMode | undefined) => mode !== undefined && lockModes.indexOf(mode) > 2;
  const all = effects.flatMap(({ locks }) => locks);
  const told = new Map<string, LockMode>();
  for (const { table, mode } of all) if (lockModes.indexOf(mode) > lockModes.indexOf(told.get(printName(table)) ?? 'ACCESS SHARE') || !told.has(printName(table))) told.set(printName(table), mode);
  const found: string[] = [];
  if (measured.locks) {
    for (const table of new Set([...Object.keys(measured.locks), ...told.keys()])) {
      const [seen, said] = [measured.locks[table], told.get(table)];
      if ((strong(seen) || strong(said) || (seen !== undefined && said !== undefined)) && seen !== said) found.push(`${table}: ${seen ?? 'none'}, told ${said ?? 'none'}`);
    }
  }
  const mine = all.filter(({ table }) => printName(table) === target);
  if (mine.length === 0) return found;
  for (const what of ['reads', 'writes'] as const) if (measured[what] !== undefined && mine.some(({ blocks }) => blocks[what]) !== measured[what]) found.push(`${what} blocked: ${measured[what]}`);
  return found;
}

function workDifferences({ sql: text }: Fact, measured: Measured, effects: readonly Effect[]): string[] {
  if (/^(truncate|drop table|refresh|vacuum)/.test(text)) return [];
  const found: string[] = [];
  const rebuilt = effects.some(({ rebuildsIndexes }) => rebuildsIndexes !== 'none');
  if (measured.rewrites !== undefined && measured.rewrites !== effects.some(({ rewrites }) => rewrites)) found.push(`rewrites: ${measured.rewrites}`);
  if (measured.rebuilds !== undefined && measured.rebuilds !== rebuilt && !text.includes('nopk')) found.push(`rebuilds: ${measured.rebuilds}`);
  if (measured.scans === true && effects.every(({ cost }) => cost === 'constant')) found.push('scans');
  if (measured.scans === false && effects.some(({ cost }) => cost === 'scan' || cost === 'rewrite') && !/attach/.test(text)) found.push('does not scan');
  return found;
}

describe('what is told of a statement is what was measured', () => {
  it.each(facts.map((fact) => [fact.id, fact] as const))('%s', (id, fact) => {
    const found = Object.entries(fact.on).flatMap(([releases, measured]) => releases.split(' ').flatMap((major) => differences(fact, measured, Number(major)).map((difference) => `${major}: ${difference}`)));
    if (id in exceptions) expect(found, 'is no exception any more').not.toEqual([]);
    else expect(found).toEqual([]);
  });
});
