import type { QualifiedName } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { quoteName, quoteQualified } from './name.ts';

/** An UPDATE of the rows that match, a thousand at a time, each batch committed by itself. Postgres from 11: a DO block that walks the primary key. */
export function batchedUpdate(table: QualifiedName, set: Readonly<Record<string, string>>, where: string, c: RemedyContext): string[] {
  const assignments = Object.entries(set).map(([column, expression]) => `${quoteName(column, c.engine)} = ${expression}`).join(', ');
  return inBatches(table, `UPDATE ${quoteQualified(table, c.engine)} SET ${assignments}`, where === '' ? null : where, c);
}

/** A DELETE of the rows that match, a thousand at a time, each batch committed by itself. */
export function batchedDelete(table: QualifiedName, where: string | null, c: RemedyContext): string[] {
  return inBatches(table, `DELETE FROM ${quoteQualified(table, c.engine)}`, where, c);
}

/** True when the table is known to have no primary key, so that neither Active Record nor a walk along a key can cut it into batches. Postgres. */
export function hasNoKey(table: QualifiedName, c: RemedyContext): boolean {
  const known = c.schema.table(table);
  return c.engine.name === 'postgres' && known !== undefined && known.complete && known.primaryKey.length === 0;
}

/** One batch by the place of the rows, for a table without a key; `where` must not hold for a row that is done. */
export function batchByPlace(table: QualifiedName, change: string, where: string, c: RemedyContext): string {
  return `${change} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${quoteQualified(table, c.engine)} WHERE ${where} LIMIT 1000)) AND (${where})`;
}

function inBatches(table: QualifiedName, change: string, where: string | null, c: RemedyContext): string[] {
  if (isMysql(c.engine)) return [`-- Repeat until it changes no row.\n${change}${where === null ? '' : ` WHERE ${where}`} LIMIT 1000`];
  if (where !== null && hasNoKey(table, c)) {
    return [['DO $$', 'BEGIN', '  LOOP', `    ${batchByPlace(table, change, where, c)};`, '    EXIT WHEN NOT FOUND;', '    COMMIT;', '  END LOOP;', 'END;', '$$'].join('\n')];
  }
  const primaryKey = c.schema.table(table)?.primaryKey ?? [];
  if (c.engine.name !== 'postgres' || primaryKey.length > 1) return [`${change}${where === null ? '' : ` WHERE ${where}`}`];
  const name = quoteQualified(table, c.engine);
  const key = quoteName(primaryKey[0] ?? 'id', c.engine);
  const condition = where === null ? '' : ` AND (${where})`;
  return [
    [
      'DO $$',
      'DECLARE',
      `  first_key ${name}.${key}%TYPE;`,
      `  last_key ${name}.${key}%TYPE;`,
      'BEGIN',
      `  first_key := (SELECT ${key} FROM ${name} ORDER BY ${key} LIMIT 1);`,
      '  WHILE first_key IS NOT NULL LOOP',
      `    last_key := (SELECT ${key} FROM (SELECT ${key} FROM ${name} WHERE ${key} >= first_key ORDER BY ${key} LIMIT 1000) batch ORDER BY ${key} DESC LIMIT 1);`,
      `    ${change} WHERE ${key} BETWEEN first_key AND last_key${condition};`,
      '    COMMIT;',
      `    first_key := (SELECT ${key} FROM ${name} WHERE ${key} > last_key ORDER BY ${key} LIMIT 1);`,
      '  END LOOP;',
      'END;',
      '$$',
    ].join('\n'),
  ];
}
