import type { Operation } from '../operations/index.ts';
import { isMysql, qualified } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { StepContext } from './rule.ts';
import { tablesNamedBy } from './shared/references.ts';
import { columnsSubject, judgeColumns } from './shared/written-columns.ts';
import type { WrittenColumn } from './shared/written-columns.ts';

/** Names that speak of keys, counts, sizes and amounts, which grow with the business. */
const growing = /(?:^|_)(?:ids?|no|numbers?|counts?|counter|total|sum|views|hits|downloads|likes|plays|points|credits|balance|amount|cents|bytes|size|usage|offset|position_id|sequence|seq)$/;

const short = new Set(['integer', 'serial', 'smallint', 'smallserial', 'mediumint']);

export default defineRule({
  id: 'prefer-bigint',
  summary: 'A column for keys, counts, sizes or amounts has an integer type of four bytes or less, which is costly to widen later.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['squawk/prefer-bigint-over-int', 'squawk/prefer-bigint-over-smallint', 'migrationpilot/MP038'],
  docs: {
    why: 'An integer ends at 2,147,483,647 and a smallint at 32,767; the write that goes beyond fails (Postgres 22003, MySQL 1264). The change to bigint rewrites the table under a lock that blocks reads and writes on Postgres, and copies it on MySQL. '
      + 'Beside an 8-byte column the four bytes saved are often lost to alignment anyway.',
    exceptions: 'Values with a natural bound (a quantity, a percentage, a year, a priority) fit for good, so only columns are reported whose names end like `id`, `count`, `total`, `bytes`, `cents`; with the option `every` all are. Not reported: a primary key, which `short-primary-key` speaks of; a reference, declared or by its name, to a key of the same short type; small tables; on MySQL tinyint and smallint, which nobody writes by accident there.',
  },
  check: judgeColumns(isShort, (columns, context) => ({
    message: `${columnsSubject(columns, 'has', 'have')} a short integer type, which ends at ${columns.every(({ type }) => type.name.startsWith('small')) ? '32,767' : '2,147,483,647'}.`,
    why: `The write that goes beyond the end fails, and widening the type later ${isMysql(context.engine) ? 'copies the table while writes wait' : 'rewrites the table while reads and writes wait'}.`,
    remedy: advise(`Make ${columns.length === 1 ? 'it' : 'them'} bigint, unless the values have a natural bound.`),
  })),
});

function isShort(column: WrittenColumn, operation: Operation, context: StepContext): boolean {
  if (!short.has(column.type.name) || column.type.array || column.soleKey || context.tablePolicy(column.table) === 'small') return false;
  if (context.options['every'] !== true && !growing.test(column.name)) return false;
  if (isMysql(context.engine) && (column.type.name === 'smallint' || column.type.unsigned)) return false;
  return !refersToShortKey(column, operation, context);
}

/** True when a foreign key, or the column's name, ties it to a key that is as short. */
function refersToShortKey({ name, definition, table }: WrittenColumn, operation: Operation, { schema }: StepContext): boolean {
  const keys = [...(definition?.references ? [definition.references] : []), ...(operation.kind === 'create-table' ? operation.foreignKeys : schema.table(table)?.foreignKeys ?? []).filter((key) => key.columns.length === 1 && key.columns[0] === name)];
  const base = /^(.+)_id$/.exec(name)?.[1];
  const named = base && keys.length === 0 ? tablesNamedBy(base).map((parent) => schema.table(qualified(parent, table.schema))).find((parent) => parent !== undefined) : undefined;
  if (named?.primaryKey.length === 1 && short.has(named.columns.get(named.primaryKey[0] ?? '')?.type.name ?? '')) return true;
  return keys.some((key) => {
    const parent = schema.table(key.references);
    const type = parent?.columns.get(key.referencedColumns[0] ?? parent.primaryKey[0] ?? '')?.type;
    return type !== undefined && short.has(type.name);
  });
}
