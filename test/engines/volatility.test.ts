import { describe, expect, it } from 'vitest';
import { volatilityOf } from '../../src/engines/postgres/volatility.ts';
import type { Engine } from '../../src/operations/index.ts';
import { createSchema } from '../../src/schema/state.ts';
import { name, run } from '../schema/deeds.ts';

const postgres: Engine = { name: 'postgres', version: [], from: 'test' };
const schema = createSchema({ complete: true });
schema.apply(run({ kind: 'create-function', function: name('app.ulid'), replace: false, volatility: 'volatile', language: 'sql' }), { inChangeSet: false });
schema.apply(run({ kind: 'create-function', function: name('one'), replace: false, volatility: 'immutable', language: 'sql' }), { inChangeSet: false });

describe('volatility', () => {
  it.each([
    ['volatile', ['clock_timestamp', 'timeofday', 'random', 'gen_random_uuid', 'uuid_generate_v1', 'uuid_generate_v4', 'uuidv7', 'nextval', 'gen_random_bytes']],
    ['stable', ['now', 'current_timestamp', 'current_date', 'statement_timestamp', 'transaction_timestamp', 'current_user', 'to_char', 'current_setting']],
    ['immutable', ['uuid_generate_v5', 'md5', 'lower', 'coalesce', 'jsonb_set', 'int4range', 'make_date']],
  ] as const)('%s', (volatility, functions) => {
    for (const one of functions) expect([one, volatilityOf([one], schema, postgres)]).toEqual([one, volatility]);
  });

  it('is the worst of them all', () => {
    expect(volatilityOf([], schema, postgres)).toBe('immutable');
    expect(volatilityOf(['md5', 'now'], schema, postgres)).toBe('stable');
    expect(volatilityOf(['now', 'mystery'], schema, postgres)).toBe('unknown');
    expect(volatilityOf(['mystery', 'random'], schema, postgres)).toBe('volatile');
  });

  it('finds functions by their schema, and those of the schema', () => {
    expect(volatilityOf(['extensions.uuid_generate_v4'], schema, postgres)).toBe('volatile');
    expect(volatilityOf(['pg_catalog.now'], schema, postgres)).toBe('stable');
    expect(volatilityOf(['ulid'], schema, postgres)).toBe('volatile');
    expect(volatilityOf(['public.one'], schema, postgres)).toBe('immutable');
  });

  it('knows MySQL\'s', () => {
    const mysql: Engine = { ...postgres, name: 'mysql' };
    expect(volatilityOf(['uuid'], schema, mysql)).toBe('volatile');
    expect(volatilityOf(['now'], schema, mysql)).toBe('stable');
  });
});
