import { isMysql } from '../../operations/index.ts';
import type { Engine, Volatility } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { mysqlVolatility } from '../mysql/volatility.ts';
import { immutableFunctions, stableFunctions, volatileFunctions } from './volatility.data.ts';

/** Syntax that looks like a function and is none in pg_proc, and functions of extensions that do not come with Postgres. */
const others: readonly (readonly [Volatility, string])[] = [
  ['stable', 'current_timestamp current_date current_time localtime localtimestamp current_role current_catalog user'],
  ['immutable', 'coalesce greatest least nullif cast array row trim decimal numeric varchar text jsonb json uuid integer int bigint smallint boolean double xmlelement xmlparse json_array json_value'],
  ['volatile', 'uuid_generate_v7 gen_ulid gen_monotonic_ulid idkit_ksuid_generate idkit_uuidv7_generate'],
];

let known: ReadonlyMap<string, Volatility> | null = null;

function table(): ReadonlyMap<string, Volatility> {
  if (known !== null) return known;
  const all = new Map<string, Volatility>();
  const put = (volatility: Volatility, words: string) => {
    for (const word of words.trim().split(/\s+/)) all.set(word, volatility);
  };
  for (const [volatility, words] of others) put(volatility, words);
  put('immutable', immutableFunctions);
  put('stable', stableFunctions);
  put('volatile', volatileFunctions);
  known = all;
  return all;
}

/**
 * The worst volatility among the functions that an expression calls: `volatile` before `unknown` before `stable` before `immutable`; none is `immutable`.
 * Postgres's own functions come first, as its search path has it; then the schema's; then by bare name those of extensions.
 */
export function volatilityOf(functions: readonly string[], schema: Schema, engine: Engine): Volatility {
  let worst: Volatility = 'immutable';
  for (const name of functions) {
    const one = isMysql(engine) ? mysqlVolatility(name, schema) : engine.name === 'sqlite' ? sqliteVolatility(name) : postgresVolatility(name, schema);
    if (rank[one] > rank[worst]) worst = one;
  }
  return worst;
}

const rank: Readonly<Record<Volatility, number>> = { immutable: 0, stable: 1, unknown: 2, volatile: 3 };

function postgresVolatility(name: string, schema: Schema): Volatility {
  const plain = name.toLowerCase().replaceAll('"', '').trim();
  const bare = plain.slice(plain.lastIndexOf('.') + 1);
  const own = plain === bare || plain.startsWith('pg_catalog.') ? undefined : schema.function(plain)?.volatility;
  return own ?? table().get(bare) ?? schema.function(plain)?.volatility ?? 'unknown';
}

function sqliteVolatility(name: string): Volatility {
  return /^(random|randomblob)$/i.test(name) ? 'volatile' : /^(date|time|datetime|julianday|unixepoch|strftime|current_(date|time|timestamp))$/i.test(name) ? 'stable' : 'unknown';
}
