import type { IndexDefinition, QualifiedName } from '../operations/index.ts';
import { isMysql, printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { RemedyStep } from './remedy.ts';
import { comparedKeys } from './sql/create-index.ts';
import { quoteName, quoteQualified } from './sql/name.ts';
import { queryStep } from './step.ts';

/** The query that finds values a unique index on these columns would refuse. NULLs never collide. */
export function duplicatesQuery(table: QualifiedName, columns: readonly string[], c: RemedyContext): RemedyStep {
  return duplicatesOf(table, columns.map((column) => quoteName(column, c.engine)), [], c);
}

/** The same for an index with expressions, a predicate or NULLS NOT DISTINCT. */
export function indexDuplicatesQuery(index: IndexDefinition, c: RemedyContext): RemedyStep {
  const keys = index.keys.length > 0 ? comparedKeys(index, c.engine) : ['1'];
  return duplicatesOf(index.table, keys, index.where === undefined || isMysql(c.engine) ? [] : [`(${index.where})`], c, index.nullsNotDistinct === true);
}

function duplicatesOf(table: QualifiedName, keys: readonly string[], conditions: readonly string[], c: RemedyContext, nullsCollide = false): RemedyStep {
  const present = nullsCollide ? [] : keys.map((key) => `${isWord(key) ? key : `(${key})`} IS NOT NULL`);
  const where = [...conditions, ...present];
  const lines = [
    `SELECT ${keys.join(', ')}, count(*)`,
    `FROM ${quoteQualified(table, c.engine)}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    `GROUP BY ${keys.join(', ')}`,
    'HAVING count(*) > 1',
    'LIMIT 20',
  ];
  return queryStep(`Look for duplicates in "${printName(table)}" before the deployment. No rows: the index can be built. Rows: clean them up first.`, lines.join('\n'));
}

function isWord(key: string): boolean {
  return /^[\w"`$\u0080-\uffff]+$|^[\w.]+\([\w, "]*\)$/.test(key);
}
