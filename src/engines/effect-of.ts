import { isMysql } from '../operations/index.ts';
import type { Engine, Operation } from '../operations/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { Effect } from './effect.ts';
import { mysqlEffect } from './mysql/mysql.ts';
import { postgresEffect } from './postgres/postgres.ts';
import { sqliteEffect } from './sqlite/sqlite.ts';

/** What an operation does on the given engine and version, given the schema before it. Never throws. */
export function effectOf(operation: Operation, schema: Schema, engine: Engine): Effect {
  if (isMysql(engine)) return mysqlEffect(operation, { schema, engine });
  return engine.name === 'sqlite' ? sqliteEffect(operation, schema, engine) : postgresEffect(operation, { schema, engine });
}
