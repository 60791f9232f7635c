import type { Engine, IndexDefinition, IndexKey, OperationKinds } from '../../operations/index.ts';
import { isMysql } from '../../operations/index.ts';
import { indexName } from '../naming.ts';
import { columnList, quoteName, quoteQualified } from './name.ts';
import { quoteText } from './value.ts';

/** CREATE INDEX. MySQL has no predicate and no INCLUDE; there they are left out, as Rails does. */
export function createIndex(deed: OperationKinds['create-index'], engine: Engine): string {
  const { index } = deed;
  const mysql = isMysql(engine);
  const special = mysql && /^(fulltext|spatial)$/i.test(index.method) ? index.method.toUpperCase() : '';
  return [
    'CREATE', index.unique ? 'UNIQUE' : special, 'INDEX',
    deed.concurrently && !mysql ? 'CONCURRENTLY' : '',
    deed.ifNotExists && !mysql ? 'IF NOT EXISTS' : '',
    index.name === null && !mysql ? '' : quoteName(indexName(index, engine), engine),
    'ON', deed.only ? 'ONLY' : '', quoteQualified(index.table, engine),
    !mysql && index.method !== 'btree' ? `USING ${index.method}` : '',
    `(${index.keys.map((key) => indexKey(key, engine)).join(', ')})`,
    !mysql && index.include?.length ? `INCLUDE ${columnList(index.include, engine)}` : '',
    !mysql && index.nullsNotDistinct ? 'NULLS NOT DISTINCT' : '',
    mysql || index.where === undefined ? '' : `WHERE ${index.where}`,
    mysql && index.comment !== undefined ? `COMMENT ${quoteText(index.comment, engine)}` : '',
  ].filter(Boolean).join(' ');
}

/** One key: `lower(email)`, `name DESC NULLS LAST`, `` `title`(20) ``. */
export function indexKey(key: IndexKey, engine: Engine): string {
  const what = key.column === null ? expressionKey(key.expression ?? '', engine) : quoteName(key.column, engine);
  return [
    key.length === undefined ? what : `${what}(${key.length})`,
    key.collation && !isMysql(engine) ? `COLLATE ${quoteName(key.collation, engine)}` : '',
    isMysql(engine) ? '' : (key.opclass ?? ''),
    key.order ? key.order.toUpperCase() : '',
    key.nulls && !isMysql(engine) ? `NULLS ${key.nulls.toUpperCase()}` : '',
  ].filter(Boolean).join(' ');
}

/** Keys for a list of plain columns. */
export function plainKeys(columns: readonly string[]): IndexKey[] {
  return columns.map((column) => ({ column, expression: null }));
}

/** The columns, or the text of the expressions, that the index compares. */
export function comparedKeys(index: IndexDefinition, engine: Engine): string[] {
  return index.keys.map((key) => (key.column === null ? (key.expression ?? '') : quoteName(key.column, engine)));
}

function expressionKey(expression: string, engine: Engine): string {
  if (/^"(?:[^"]|"")+"$|^`(?:[^`]|``)+`$/.test(expression)) return expression;
  const call = /^[a-z_][a-z0-9_.]*\([^()]*\)$/i.test(expression);
  const wrapped = expression.startsWith('(') && expression.endsWith(')') && closesAtEnd(expression);
  return (call && !isMysql(engine)) || wrapped ? expression : `(${expression})`;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at === text.length - 1;
  }
  return false;
}
