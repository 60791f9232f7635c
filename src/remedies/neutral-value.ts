import type { ColumnDefinition } from '../operations/index.ts';

/** A value that fits the column's type and that a reader recognises as a stand-in to be replaced, as SQL; null when the type has none. */
export function neutralValue(column: ColumnDefinition): string | null {
  const { name, args, array } = column.type;
  if (array) return "'{}'";
  if (/^(varchar|char|text|citext|tinytext|mediumtext|longtext)$/.test(name)) return "''";
  if (name === 'tinyint' && args[0] === 1) return 'FALSE';
  if (/^(integer|int|bigint|smallint|tinyint|mediumint|numeric|decimal|real|double|float|money)$/.test(name)) return '0';
  if (name === 'boolean') return 'FALSE';
  if (/^(timestamp|timestamptz|datetime)$/.test(name)) return 'CURRENT_TIMESTAMP';
  if (name === 'date') return 'CURRENT_DATE';
  if (/^jsonb?$/.test(name)) return "'{}'";
  return null;
}
