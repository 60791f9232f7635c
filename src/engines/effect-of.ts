import { isMysql } from '../operations/index.ts';
import type { Engine, Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Effect } from './effect.ts';
import type { Settings } from './ledger.ts';
import { areKeysUnchecked } from './mysql/settings.ts';
import { mysqlEffect } from './mysql/mysql.ts';
import { postgresEffect } from './postgres/postgres.ts';
import { sqliteEffect } from './sqlite/sqlite.ts';

const none: Settings = new Map();

/** What an operation does on the given engine and version, given the schema before it and what SET has set. Never throws. */
export function effectOf(operation: Operation, schema: Schema, engine: Engine, settings: Settings = none): Effect {
  if (isMysql(engine)) return mysqlEffect(operation, { schema, engine, uncheckedKeys: areKeysUnchecked(settings) });
  return engine.name === 'sqlite' ? sqliteEffect(operation, schema, engine) : postgresEffect(operation, { schema, engine });
}
