import type { QualifiedName } from '../../operations/index.ts';
import { isMysql, olderThan } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { objectName } from '../naming.ts';
import type { RemedyStatement } from '../remedy.ts';
import { parseTableName, quoteName, quoteQualified } from './name.ts';
import { typeName } from './value.ts';

/** A statement of a remedy that changes rows in batches. */
export type BatchedStatement = Extract<RemedyStatement, { kind: 'backfill' | 'batched-delete' }>;

/**
 * A change of the rows that match, a thousand at a time, each batch committed by itself. Postgres from 11: a DO block that walks the primary key. MySQL and MariaDB: a
 * procedure that does, as their own client runs it. Others have no loop that commits: one batch, and a word on the next.
 */
export function batchedChange(statement: BatchedStatement, c: RemedyContext): string {
  const table = parseTableName(statement.table);
  const name = quoteQualified(table, c.engine);
  const change = statement.kind === 'backfill' ? `UPDATE ${name} SET ${assignments(statement.set, c)}` : `DELETE FROM ${name}`;
  const where = statement.where === '' ? null : statement.where;
  if (isMysql(c.engine)) return throughProcedure(table, change, where, c);
  if (c.engine.name !== 'postgres' || olderThan(c.engine, 11)) return oneRange(table, change, where, c);
  return hasNoKey(table, c) ? byPlace(table, change, where ?? 'true', c) : alongKey(table, change, where, c);
}

/** True when no migration can run the batches: a person has to, with the database's own client. */
export function runsByHand(statement: RemedyStatement, c: RemedyContext): boolean {
  return (statement.kind === 'backfill' || statement.kind === 'batched-delete') && (c.engine.name !== 'postgres' || olderThan(c.engine, 11));
}

/** `a = 1, b = c`. */
export function assignments(set: Readonly<Record<string, string>>, c: RemedyContext): string {
  return Object.entries(set).map(([column, expression]) => `${quoteName(column, c.engine)} = ${expression}`).join(', ');
}

/** True when the table is known to have no primary key, so that neither Active Record nor a walk along a key can cut it into batches. Postgres. */
export function hasNoKey(table: QualifiedName, c: RemedyContext): boolean {
  return c.engine.name === 'postgres' && isKeyless(table, c);
}

/** True when the table is known to have no primary key. */
export function isKeyless(table: QualifiedName, c: RemedyContext): boolean {
  const known = c.schema.table(table);
  return known !== undefined && known.complete && known.primaryKey.length === 0;
}

/** One batch by the place of the rows, for a table without a key; `where` must not hold for a row that is done. */
export function batchByPlace(table: QualifiedName, change: string, where: string, c: RemedyContext): string {
  return `${change} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${quoteQualified(table, c.engine)} WHERE ${where} LIMIT 1000)) AND (${where})`;
}

function byPlace(table: QualifiedName, change: string, where: string, c: RemedyContext): string {
  return ['DO $$', 'BEGIN', '  LOOP', `    ${batchByPlace(table, change, where, c)};`, '    EXIT WHEN NOT FOUND;', '    COMMIT;', '  END LOOP;', 'END;', '$$'].join('\n');
}

/** Walks the first column of the primary key; rows that share its value are changed together. */
function alongKey(table: QualifiedName, change: string, where: string | null, c: RemedyContext): string {
  const name = quoteQualified(table, c.engine);
  const key = keyOf(table, c);
  return [
    'DO $$',
    'DECLARE',
    `  first_key ${name}.${key}%TYPE;`,
    `  last_key ${name}.${key}%TYPE;`,
    'BEGIN',
    `  first_key := (SELECT ${key} FROM ${name} ORDER BY ${key} LIMIT 1);`,
    '  WHILE first_key IS NOT NULL LOOP',
    `    last_key := (SELECT ${key} FROM (SELECT ${key} FROM ${name} WHERE ${key} >= first_key ORDER BY ${key} LIMIT 1000) batch ORDER BY ${key} DESC LIMIT 1);`,
    `    ${change} WHERE ${key} BETWEEN first_key AND last_key${also(where)};`,
    '    COMMIT;',
    `    first_key := (SELECT ${key} FROM ${name} WHERE ${key} > last_key ORDER BY ${key} LIMIT 1);`,
    '  END LOOP;',
    'END;',
    '$$',
  ].join('\n');
}

/** The same walk on MySQL and MariaDB, where only a stored routine can loop. */
function throughProcedure(table: QualifiedName, change: string, where: string | null, c: RemedyContext): string {
  if (isKeyless(table, c)) return `-- Repeat it until it changes no row.\n${change}${where === null ? '' : ` WHERE ${where}`} LIMIT 1000`;
  const name = quoteQualified(table, c.engine);
  const key = keyOf(table, c);
  const type = c.schema.table(table)?.columns.get(c.schema.table(table)?.primaryKey[0] ?? 'id')?.type;
  // A text variable has the database's collation, not the column's.
  if (type && !/int|decimal|numeric|date|time/.test(type.name)) return oneRange(table, change, where, c);
  const declared = type ? typeName(type, c.engine) : 'BIGINT';
  const routine = quoteQualified({ schema: table.schema, name: objectName(c.engine, 'batches_of', table.name) }, c.engine);
  return [
    'DELIMITER //',
    `CREATE PROCEDURE ${routine}()`,
    'BEGIN',
    `  DECLARE first_key ${declared} DEFAULT (SELECT MIN(${key}) FROM ${name});`,
    `  DECLARE last_key ${declared};`,
    '  WHILE first_key IS NOT NULL DO',
    `    SET last_key = (SELECT MAX(${key}) FROM (SELECT ${key} FROM ${name} WHERE ${key} >= first_key ORDER BY ${key} LIMIT 1000) AS batch);`,
    `    ${change} WHERE ${key} BETWEEN first_key AND last_key${also(where)};`,
    '    COMMIT;',
    `    SET first_key = (SELECT MIN(${key}) FROM ${name} WHERE ${key} > last_key);`,
    '  END WHILE;',
    'END//',
    'DELIMITER ;',
    `CALL ${routine}();`,
    `DROP PROCEDURE ${routine}`,
  ].join('\n');
}

function oneRange(table: QualifiedName, change: string, where: string | null, c: RemedyContext): string {
  const type = c.schema.table(table)?.columns.get(c.schema.table(table)?.primaryKey[0] ?? 'id')?.type.name ?? 'bigint';
  const numbers = /int|serial|decimal|numeric/.test(type);
  return `-- Repeat it with the next range of keys, to the last one.\n${change} WHERE ${keyOf(table, c)} BETWEEN ${numbers ? '1 AND 1000' : "'first key of the range' AND 'last key of the range'"}${also(where)}`;
}

function keyOf(table: QualifiedName, c: RemedyContext): string {
  return quoteName(c.schema.table(table)?.primaryKey[0] ?? 'id', c.engine);
}

function also(where: string | null): string {
  return where === null ? '' : ` AND (${where})`;
}
