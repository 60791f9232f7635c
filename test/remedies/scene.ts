import type { PGlite } from '@electric-sql/pglite';
import type { Deed, Engine, EngineName, Migration, Operation, OperationKind, OperationOf } from '../../src/operations/index.ts';
import { operation } from '../../src/operations/index.ts';
import type { Remedy, RemedyContext } from '../../src/remedies/index.ts';
import { sqlStatements } from '../../src/remedies/sql/statement.ts';
import { printSql } from '../../src/remedies/sql/print.ts';
import { createSchema } from '../../src/schema/state.ts';
import { createSource } from '../../src/source/source.ts';

/** The engine that PGlite is. */
export const postgres: Engine = { name: 'postgres', version: [18], from: 'test' };

/** An engine for tests that only look at text. */
export function engine(name: EngineName, ...version: number[]): Engine {
  return { name, version, from: 'test' };
}

/** The operation at the given text of the migration, or at its start. */
export function at<K extends OperationKind>(deed: Deed<K>, text = '', source = ''): OperationOf<K> {
  const start = Math.max(0, source.indexOf(text));
  const span = { start, end: start + text.length };
  return operation(deed, { at: span, statement: span, via: [], transaction: 0, guards: [], certain: true, assured: null, direction: 'up', language: 'ruby', verb: 'change' });
}

/** A context: the schema that `before` makes, and a migration with `operations`. */
export function context(before: readonly Operation[], more: Partial<Migration> & { engine?: Engine; text?: string } = {}): RemedyContext {
  const { engine: chosen = postgres, text = 'class Change < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n', ...rest } = more;
  const schema = createSchema({ complete: true, engine: chosen.name });
  for (const each of before) schema.apply(each, { inChangeSet: false });
  const migration: Migration = {
    source: createSource('db/migrate/20240101000000_change.rb', text), framework: 'rails', language: 'ruby', name: 'Change', head: { start: 0, end: 6 }, version: '20240101000000', frameworkVersion: '7.1',
    transaction: 'wrapped', transactionDisabledAt: null, transactions: new Map(), operations: [], down: { kind: 'automatic' }, problems: [], comments: [], statements: [], ...rest,
  };
  return { migration, engine: chosen, schema };
}

/** Runs operations as the SQL printer writes them. */
export async function run(database: PGlite, operations: readonly Operation[]): Promise<void> {
  for (const each of operations) for (const statement of printSql(each, postgres) ?? [`${each.kind} has no SQL`]) await database.exec(statement);
}

/** Deploys a remedy's migrations in order, each in its transaction; `between` runs before each. */
export async function deploy(database: PGlite, remedy: Remedy, c: RemedyContext, between: (step: Remedy['steps'][number]) => Promise<void> = async () => {}): Promise<void> {
  for (const step of remedy.steps) {
    await between(step);
    if (step.kind === 'query') await database.query(step.sql);
    if (step.kind !== 'migration') continue;
    if (step.transaction) await database.exec('BEGIN');
    for (const statement of step.up) for (const sql of sqlStatements(statement, c) ?? ['no SQL']) await database.exec(sql);
    if (step.transaction) await database.exec('COMMIT');
  }
}

/** Everything of a database's structure that a migration can change, names included. */
export async function structure(database: PGlite): Promise<Record<string, unknown[]>> {
  const list = async (sql: string): Promise<unknown[]> => (await database.query(sql)).rows;
  return {
    columns: await list(`SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attidentity, a.attgenerated, regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z ]+$', '') AS value, co.collname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation co ON co.oid = a.attcollation
      WHERE c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2`),
    indexes: await list(`SELECT pg_get_indexdef(indexrelid) AS index, indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast') ORDER BY 1`),
    constraints: await list(`SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS constraint FROM pg_constraint WHERE contype <> 'n' AND connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`),
    sequences: await list(`SELECT c.relname, s.seqtypid::regtype::text AS type, pg_get_serial_sequence(d.refobjid::regclass::text, a.attname) AS owner FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid
      LEFT JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid ORDER BY 1`),
    triggers: await list('SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1'),
    functions: await list(`SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`),
    views: await list(`SELECT viewname, definition FROM pg_views WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`),
  };
}
