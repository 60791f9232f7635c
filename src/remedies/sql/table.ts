import type { Deed, Engine } from '../../operations/index.ts';
import { checkClause, columnDefinition, foreignKeyClause } from './column.ts';
import { createIndex } from './create-index.ts';
import { columnList, quoteName, quoteQualified } from './name.ts';

/** CREATE TABLE and the indexes of its definition. Null for forms that hold rows or copy another table. */
export function createTable(deed: Extract<Deed, { kind: 'create-table' }>, engine: Engine): string[] | null {
  if (deed.fromQuery || deed.like !== null || deed.partitionOf !== null || deed.inherits.length > 0 || deed.force !== false) return null;
  const parts = [
    ...deed.columns.map((column) => columnDefinition({ ...column, primaryKey: false }, engine)),
    ...(deed.primaryKey.length > 0 ? [`PRIMARY KEY ${columnList(deed.primaryKey, engine)}`] : []),
    ...deed.foreignKeys.map((key) => foreignKeyClause({ ...key, validated: true }, engine)),
    ...deed.checks.map((check) => checkClause({ ...check, validated: true }, engine)),
    ...deed.constraints.flatMap((constraint) => {
      if (constraint.kind !== 'unique') return [];
      return [`${constraint.name === null ? '' : `CONSTRAINT ${quoteName(constraint.name, engine)} `}UNIQUE ${columnList(constraint.columns, engine)}`];
    }),
  ];
  const kind = deed.temporary ? 'TEMPORARY TABLE' : deed.unlogged ? 'UNLOGGED TABLE' : 'TABLE';
  const tail = deed.partitionBy === null ? '' : ` PARTITION BY ${deed.partitionBy.replace(/^partition by /i, '')}`;
  const table = `CREATE ${kind} ${deed.ifNotExists ? 'IF NOT EXISTS ' : ''}${quoteQualified(deed.table, engine)} (\n  ${parts.join(',\n  ')}\n)${tail}`;
  return [table, ...deed.indexes.map((index) => createIndex({ index, concurrently: false, ifNotExists: false, only: false, algorithm: null, lock: null }, engine))];
}
