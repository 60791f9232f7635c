import { isMysql } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Table } from '../schema/table.ts';
import { defineRule } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'table-without-primary-key',
  summary: 'A new table has no primary key.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['migrationpilot/MP045', 'pg-migration-lint/PGM502', 'pg-migration-lint/PGM503', 'pgsafe/require-primary-key', 'skeema/pk', 'bytebase/table.require-pk', 'planetscale/NO_UNIQUE_KEY'],
  docs: {
    why: 'Without a key no row can be named: equal rows cannot be told apart or removed singly, and batches have nothing to go by. Logical replication on Postgres refuses UPDATE and DELETE of a published table without one (55000). '
      + 'A MySQL replica in row mode reads the whole table for each changed row, group replication refuses the table, and gh-ost, pt-online-schema-change and Vitess cannot copy it.',
    exceptions: 'Tables that only take rows and are read as a whole. A unique index over columns that cannot be NULL does what a key does and is accepted, as for the join table of two models. Judged at the end of the migration; temporary tables, partitions, copies (`LIKE`, `INHERITS`, `AS SELECT`) are not reported.',
  },
  migration: (context) => context.steps.flatMap(({ operation }) => {
    if (operation.kind !== 'create-table' || operation.temporary || operation.partitionOf || operation.like || operation.inherits.length > 0 || operation.fromQuery || operation.columns.length === 0) return [];
    const table = context.schema.table(operation.table);
    if (!table || table.primaryKey.length > 0 || hasKeyOfItsOwn(table) || context.tablePolicy(operation.table) === 'small') return [];
    return [{
      operation,
      message: `The new table ${quoted(operation.table)} has no primary key.`,
      why: isMysql(context.engine) ? `A replica of ${engineWord(context)} reads the whole table for each row that changes, and tools that copy tables online cannot work on it.` : 'Equal rows cannot be told apart, and logical replication refuses to update or delete its rows.',
      remedy: advise('Give it a primary key: a bigint, or the columns that name a row.'),
    }];
  }),
});

function hasKeyOfItsOwn(table: Table): boolean {
  const required = (column: string | null) => column !== null && table.columns.get(column)?.nullable === false;
  return table.uniques.some(({ columns }) => columns.every(required)) || table.indexes.some((index) => index.unique && index.where === undefined && index.keys.every(({ column }) => required(column)));
}
