import type { ColumnDefinition, OperationOf } from '../operations/index.ts';
import { printCount, printType } from '../operations/index.ts';
import { advise, bigintPrimaryKey } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import { quoted, quotedColumn } from './shared/names.ts';

const largest: Readonly<Record<string, number>> = {
  integer: 2_147_483_647, serial: 2_147_483_647, smallint: 32_767, smallserial: 32_767, mediumint: 8_388_607, tinyint: 127,
};

export default defineRule({
  id: 'short-primary-key',
  summary: 'A primary key has a 4-byte or shorter integer type, which runs out.',
  hazard: 'breaks-code',
  severity: 'warn',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: [
    'online_migrations/short_primary_key_type', 'squawk/prefer-bigint-over-int', 'pg-migration-lint/PGM107', 'pgsafe/prefer-bigint-primary-key', 'skeema/pk-type',
    'pgfence/prefer-bigint-over-int', 'migrationpilot/MP038', 'migrationpilot/MP068',
  ],
  docs: {
    why: 'An integer key ends at 2,147,483,647. Failed inserts, upserts and rolled-back transactions use numbers up, too, so the sequence runs out long before the table holds that many rows. '
      + 'Then every INSERT fails, and the change to bigint rewrites the table and every table that refers to it. On an empty table bigint costs nothing.\n\n'
      + '`Migration[5.0]` and older make integer keys without saying so.',
    exceptions: 'Lookup tables that stay small for good: list them under the small tables of the configuration. A key that is also a foreign key has to have the type of the key it refers to and is not reported.',
  },
  check: {
    'create-table'(operation, context) {
      const column = soleKey(operation);
      if (!column || operation.temporary || context.tablePolicy(operation.table) === 'small') return undefined;
      const { limit, why } = reason(column);
      if (!limit || operation.foreignKeys.some((key) => key.columns.includes(column.name))) return undefined;
      return { message: `The primary key of ${quoted(operation.table)} is ${article(column)}: it ends at ${limit}.`, why, remedy: bigintPrimaryKey(operation, context) };
    },
    'add-column'({ table, column }, context) {
      const { limit, why } = reason(column);
      if (!column.primaryKey || !limit || context.tablePolicy(table) === 'small') return undefined;
      return { message: `The primary key ${quotedColumn(table, column.name)} is ${article(column)}: it ends at ${limit}.`, why, remedy: advise('Make it a bigint.') };
    },
  },
});

function soleKey({ columns, primaryKey }: OperationOf<'create-table'>): ColumnDefinition | undefined {
  if (primaryKey.length > 1) return undefined;
  return columns.find((column) => (primaryKey.length === 1 ? column.name === primaryKey[0] : column.primaryKey));
}

function reason(column: ColumnDefinition): { limit: string | null; why: string } {
  const largestValue = column.references ? undefined : largest[column.type.name];
  return {
    limit: largestValue === undefined || column.type.array ? null : printCount(column.type.unsigned ? largestValue * 2 + 1 : largestValue),
    why: 'Failed and rolled-back inserts use numbers up as well. When they run out every INSERT fails, and changing the type then rewrites this table and all that refer to it.',
  };
}

function article({ type }: ColumnDefinition): string {
  return `${/^[aeiou]/.test(type.name) ? 'an' : 'a'} ${printType(type)}`;
}
