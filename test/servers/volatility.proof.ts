import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { volatilityOf } from '../../src/engines/postgres/volatility.ts';
import type { Volatility } from '../../src/operations/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import type { Database } from '../engines/database.ts';
import { connect, servers } from './postgres-server.ts';

/** What a release says of a function. */
interface Told {
  readonly name: string;
  readonly volatility: Volatility;
}

/** The contrib extensions whose functions the data has. */
const contrib = ['pgcrypto', 'uuid-ossp', 'citext', 'hstore', 'ltree', 'intarray', 'pg_trgm', 'unaccent', 'cube', 'earthdistance', 'fuzzystrmatch', 'isn', 'seg', 'tablefunc', 'lo'];

/** Functions that an expression can call, each with the worst volatility of its forms. */
const functions = (major: number) => `
  select p.proname as name,
    case when bool_or(p.provolatile = 'v') then 'volatile' when bool_or(p.provolatile = 's') then 'stable' else 'immutable' end as volatility
  from pg_proc p
  where ${major < 11 ? 'not p.proisagg and not p.proiswindow' : 'p.prokind = \'f\''}
    and p.prorettype not in ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype, 'cstring'::regtype, 'language_handler'::regtype)
    and not ('internal'::regtype = any (p.proargtypes)) and not ('cstring'::regtype = any (p.proargtypes))
  group by p.proname order by p.proname`;

/**
 * Where an older release says something else than the newest, which the data is read from: up to which one, what is told, and why that is right.
 * What is told as more volatile than it is costs a warning; the other way round it would hide a rewrite.
 */
const exceptions: Readonly<Record<string, readonly [upTo: number, told: Volatility, because: string]>> = {
  timezone: [14, 'stable', 'only its form for timetz was volatile; `timezone(\'utc\', now())`, a default of many tables, never was'],
  pg_config: [11, 'stable', 'told as more volatile than it was'],
};

describe.each(servers.map((server) => [server.major, server] as const))('the functions of PostgreSQL %i', (major, server) => {
  const schema = createSchema({ complete: true });
  let database: Database;
  let all: readonly Told[];
  beforeAll(async () => {
    const admin = await connect(server, 'postgres');
    await admin.run('drop database if exists volatility');
    await admin.run('create database volatility');
    await admin.close();
    database = await connect(server, 'volatility');
    // The package of 10 holds control files of a newer release, which that one does not read.
    for (const name of major === 10 ? [] : contrib) await database.run(`create extension if not exists "${name}" cascade`);
    all = await database.rows<Told>(functions(major));
  });
  afterAll(() => database.close());

  it('are as volatile as told, or not known', () => {
    expect(all.length).toBeGreaterThan(1000);
    const told = all.map(({ name, volatility }) => {
      const [upTo = 0, other] = exceptions[name] ?? [];
      const expected = major <= upTo ? other : volatility;
      const found = volatilityOf([name], schema, { name: 'postgres', version: [major], from: 'test' });
      return found === 'unknown' || found === expected ? null : `${name} is ${volatility}, told as ${found}`;
    });
    expect(told.filter((one) => one !== null)).toEqual([]);
  });
});
