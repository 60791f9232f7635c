import { isMysql } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import type { RemedyStatement } from '../remedy.ts';
import { batchedChange } from './batches.ts';
import { parseTableName, quoteName, quoteQualified } from './name.ts';
import { printSql } from './print.ts';
import { quoteText } from './value.ts';

/** One statement of a remedy as SQL statements without semicolons; null when it cannot be said. Comments give none. */
export function sqlStatements(statement: RemedyStatement, c: RemedyContext): readonly string[] | null {
  switch (statement.kind) {
    case 'operation':
      return printSql(statement.deed, c.engine, c.schema);
    case 'sql':
      return [statement.sql];
    case 'comment':
      return [];
    case 'source':
      return null;
    case 'backfill':
    case 'batched-delete':
      return [batchedChange(statement, c)];
    case 'column-like':
      return addColumnLike(statement, c);
  }
}

function addColumnLike(statement: Extract<RemedyStatement, { kind: 'column-like' }>, c: RemedyContext): string[] | null {
  const table = parseTableName(statement.table);
  const name = quoteQualified(table, c.engine);
  if (isMysql(c.engine)) {
    const column = quoteText(`ALTER TABLE ${name} ADD COLUMN ${quoteName(statement.column, c.engine)} `, c.engine);
    const schema = table.schema === null ? 'DATABASE()' : quoteText(table.schema, c.engine);
    const where = `TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${quoteText(table.name, c.engine)} AND COLUMN_NAME = ${quoteText(statement.like, c.engine)}`;
    return [`SET @statement = (SELECT CONCAT(${column}, COLUMN_TYPE) FROM information_schema.COLUMNS WHERE ${where})`, 'PREPARE add_column FROM @statement', 'EXECUTE add_column', 'DEALLOCATE PREPARE add_column'];
  }
  if (c.engine.name !== 'postgres') return null;
  const text = (value: string): string => quoteText(value, c.engine);
  return [
    [
      'DO $$',
      'BEGIN',
      '  EXECUTE (',
      `    SELECT format('ALTER TABLE %s ADD COLUMN %I %s', attrelid::regclass, ${text(statement.column)}, format_type(atttypid, atttypmod))`,
      `    FROM pg_attribute WHERE attrelid = ${text(name)}::regclass AND attname = ${text(statement.like)}`,
      '  );',
      'END;',
      '$$',
    ].join('\n'),
  ];
}
