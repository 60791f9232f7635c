import type { Operation } from '../../operations/index.ts';
import { printName, tableOf } from '../../operations/index.ts';
import { quoted, quotedColumn } from './names.ts';

/** What an action of ALTER TABLE does, as the beginning of a sentence: `Dropping the primary key of "orders"`. */
export function alteration(operation: Operation): string {
  const table = tableOf(operation);
  const name = table ? quoted(table) : 'a table';
  switch (operation.kind) {
    case 'add-column':
      return `Adding ${quotedColumn(operation.table, operation.column.name)}`;
    case 'drop-column':
      return `Dropping ${quotedColumn(operation.table, operation.column)}`;
    case 'rename-column':
      return `Renaming ${quotedColumn(operation.table, operation.column)}`;
    case 'alter-column-type':
    case 'set-default':
    case 'set-column-option':
      return `Changing ${quotedColumn(operation.table, operation.column)}`;
    case 'set-not-null':
      return `Setting ${quotedColumn(operation.table, operation.column)} NOT NULL`;
    case 'drop-not-null':
      return `Letting ${quotedColumn(operation.table, operation.column)} be NULL`;
    case 'create-index':
      return `Building ${operation.index.name ? `the index ${quoted(operation.index.name)}` : 'an index'} on ${name}`;
    case 'drop-index':
      return `Dropping ${operation.name ? `the index ${quoted(operation.name)}` : 'an index'} of ${name}`;
    case 'add-primary-key':
      return `Adding a primary key to ${name}`;
    case 'add-foreign-key':
      return `Adding a foreign key to ${name}`;
    case 'add-check':
      return `Adding a check constraint to ${name}`;
    case 'drop-constraint':
      return operation.constraint === 'primary-key' ? `Dropping the primary key of ${name}` : `Dropping a constraint of ${name}`;
    case 'alter-partitions':
      return `Changing the partitions of ${name}`;
    case 'vacuum':
      return `Rebuilding ${name}`;
    case 'set-table-option':
      return tableOption(operation.option, operation.value, printName(operation.table));
    default:
      return `Altering ${name}`;
  }
}

function tableOption(option: string, value: string | null, table: string): string {
  switch (option) {
    case 'convert-charset':
      return `Converting "${table}" to the character set ${value === null ? 'of its default' : `"${value.replace(/\s.*$/s, '')}"`}`;
    case 'engine':
      return `Moving "${table}" to the storage engine "${value ?? ''}"`;
    case 'row-format':
      return `Changing the row format of "${table}"`;
    case 'order':
      return `Sorting the rows of "${table}"`;
    case 'force-rebuild':
      return `Rebuilding "${table}"`;
    default:
      return /system versioning/i.test(value ?? '') ? `Changing the system versioning of "${table}"` : `Altering "${table}"`;
  }
}
