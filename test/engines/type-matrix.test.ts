import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { typeChange } from '../../src/engines/type-change.ts';
import { columnType } from '../../src/operations/index.ts';
import type { ColumnType, Engine } from '../../src/operations/index.ts';

const engine: Engine = { name: 'postgres', version: [18], from: 'test' };

/** Types, each with values at its limits. */
const samples: readonly (readonly [sql: string, type: ColumnType, values: readonly string[]])[] = [
  ['smallint', columnType('smallint'), ['-32768', '32767']],
  ['integer', columnType('integer'), ['-2147483648', '2147483647']],
  ['bigint', columnType('bigint'), ['-9223372036854775808']],
  ['numeric', columnType('numeric'), ['1e30', '0.123456789']],
  ['numeric(10,2)', columnType('numeric', [10, 2]), ['99999999.99']],
  ['numeric(12,2)', columnType('numeric', [12, 2]), ['9999999999.99']],
  ['numeric(12,4)', columnType('numeric', [12, 4]), ['99999999.9999']],
  ['numeric(4)', columnType('numeric', [4]), ['9999']],
  ['real', columnType('real'), ['1e30']],
  ['double precision', columnType('double'), ['1e300']],
  ['boolean', columnType('boolean'), ['true']],
  ['text', columnType('text'), ['x'.repeat(70), '1']],
  ['varchar', columnType('varchar'), ['x'.repeat(70)]],
  ['varchar(10)', columnType('varchar', [10]), ['x'.repeat(10)]],
  ['varchar(20)', columnType('varchar', [20]), ['x'.repeat(20)]],
  ['char(10)', columnType('char', [10]), ['x'.repeat(10)]],
  ['citext', columnType('citext'), ['x'.repeat(70)]],
  ['date', columnType('date'), ['2000-02-29', '9999-12-31']],
  ['timestamp', columnType('timestamp'), ['2000-01-01 12:34:56.789012']],
  ['timestamp(6)', columnType('timestamp', [6]), ['2000-01-01 12:34:56.789012']],
  ['timestamp(3)', columnType('timestamp', [3]), ['2000-01-01 12:34:56.789']],
  ['timestamptz', columnType('timestamptz'), ['2000-01-01 12:34:56.789012+00']],
  ['timestamptz(3)', columnType('timestamptz', [3]), ['2000-01-01 12:34:56.789+00']],
  ['time', columnType('time'), ['12:34:56.789012']],
  ['interval', columnType('interval'), ['3 days 04:05:06']],
  ['uuid', columnType('uuid'), ['00000000-0000-0000-0000-000000000000']],
  ['json', columnType('json'), ['{"a": 1}']],
  ['jsonb', columnType('jsonb'), ['{"a": 1}']],
  ['xml', columnType('xml'), []],
  ['bytea', columnType('bytea'), ['abc']],
  ['inet', columnType('inet'), ['10.0.0.1/8']],
  ['cidr', columnType('cidr'), ['10.0.0.0/8']],
  ['bit(8)', columnType('bit', [8]), ['10101010']],
  ['varbit', columnType('varbit'), ['1010101010']],
  ['varbit(16)', columnType('varbit', [16]), ['1010101010101010']],
  ['varchar(10)[]', { ...columnType('varchar', [10]), array: true }, ['{xxxxxxxxxx}']],
  ['varchar[]', { ...columnType('varchar'), array: true }, [`{${'x'.repeat(70)}}`]],
  ['text[]', { ...columnType('text'), array: true }, [`{${'x'.repeat(70)}}`]],
  ['integer[]', { ...columnType('integer'), array: true }, ['{2147483647}']],
];

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create({ extensions: { citext } });
  await database.exec('set client_min_messages = error; create extension citext; set timezone = \'UTC\'');
}, 60_000);

afterAll(() => database.close());

const file = 'select pg_relation_filenode(\'t\')::int as file';

/** `free`, `rewrite`, or the SQLSTATE of the refusal. */
async function change(to: string): Promise<string> {
  await database.exec('begin');
  try {
    const { rows: [before] } = await database.query<{ file: number }>(file);
    await database.exec(`alter table t alter column c type ${to}`);
    const { rows: [after] } = await database.query<{ file: number }>(file);
    return before?.file === after?.file ? 'free' : 'rewrite';
  } catch (failure) {
    return (failure as { code?: string }).code ?? 'unknown';
  } finally {
    await database.exec('rollback');
  }
}

it.each(samples)('%s changes into every other type as the rows say', async (sql, from, values) => {
  await database.exec(`drop table if exists t; create table t (c ${sql})`);
  const wrong: string[] = [];
  const seen = new Map<string, string>();
  for (const [to] of samples) seen.set(to, await change(to));
  for (const value of values) await database.exec(`insert into t values ('${value}')`);
  for (const [to, type] of samples) {
    const told = typeChange(from, type, engine);
    const cost = seen.get(to) ?? '';
    if (cost === '42804') {
      if (!told.needsUsing) wrong.push(`${to}: needs USING`);
      continue;
    }
    if (told.needsUsing) wrong.push(`${to}: needs no USING`);
    if (told.cost !== cost && !(told.cost === 'unknown' && told.why.includes('TimeZone'))) wrong.push(`${to}: ${cost}, not ${told.cost}`);
    const full = cost === 'rewrite' && told.narrows === null ? await change(to) : cost;
    if (/^22/.test(full)) wrong.push(`${to}: ${full} for values at the limits`);
  }
  expect(wrong).toEqual([]);
}, 60_000);
