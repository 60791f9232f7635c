import type { OperationOf } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';

/** What stands for a statement that writes a whole table anew under an exclusive lock: a tool that copies it while others write, or no rewrite at all. Postgres only. */
export function withoutRewriting(operation: OperationOf<'vacuum'> | OperationOf<'cluster'> | OperationOf<'set-table-option'>, _c: RemedyContext): Remedy {
  const table = operation.table === null ? 'each table that needs it' : `"${printName(operation.table)}"`;
  switch (operation.kind) {
    case 'vacuum':
      return advise(`Take it out of the migration. A plain VACUUM makes the space usable again and blocks nobody; to give it back to the system, run pg_repack or pg_squeeze on ${table}: they copy the rows while others read and write.`);
    case 'cluster':
      return advise(`Take it out of the migration and let pg_repack sort ${table}: it copies the rows while others read and write.`);
    case 'set-table-option':
      break;
  }
  switch (operation.option) {
    case 'logged':
    case 'unlogged':
      return advise(`Choose it when the table is created. Otherwise create a new table beside ${table}, copy the rows in batches, keep both equal with a trigger, and let the two change names in one short transaction.`);
    case 'tablespace':
      return advise(`Move ${table} with "pg_repack --tablespace": it copies the rows while others read and write.`);
    default:
      return advise(`Create a new table with the wanted storage beside ${table}, copy the rows in batches, keep both equal with a trigger, and let the two change names in one short transaction.`);
  }
}
