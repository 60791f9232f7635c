import { isMysql, olderThan } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';

/** Whether InnoDB can carry the statement out while others write, and which clause stands in the way. */
export interface CopyCause {
  /** The clause that makes it copy or lock: `ALGORITHM=COPY`, `LOCK=SHARED`; null when the change itself does. */
  readonly clause: string | null;
  /** True when the change itself needs no lock that blocks writers. */
  readonly online: boolean;
  /** True when the change itself takes a moment. */
  readonly instant: boolean;
}

/** What stands for an ALTER TABLE that blocks writers while it works, or that the server refuses: clauses that fail rather than block, or a tool that copies the table while others write. MySQL and MariaDB only. */
export function withoutCopying(operation: Operation, { clause, online, instant }: CopyCause, c: RemedyContext): Remedy {
  if (!isMysql(c.engine)) return advise('Copy the rows to a new table.');
  const guard = instant ? 'ALGORITHM=INSTANT' : 'ALGORITHM=INPLACE, LOCK=NONE';
  if (online) {
    return advise(`${clause === null ? 'Write' : `Instead of ${clause} write`} "${guard}": the server then ${instant ? 'changes the catalog only' : 'lets others read and write'}, or fails at once where it cannot.`);
  }
  if (operation.kind === 'drop-constraint' && operation.constraint === 'primary-key') {
    return advise(`Drop the old key and add the new one in one ALTER TABLE with "${guard}", which InnoDB does in place while others write. A table that is to have no primary key at all needs gh-ost or pt-online-schema-change.`);
  }
  const newer = c.engine.name === 'mariadb' && olderThan(c.engine, 11, 2) ? ' MariaDB 11.2 and later can copy it while others write.' : '';
  return advise(`Run the change with gh-ost or pt-online-schema-change, which copy the table while writes go on.${defaultCharset(operation)}${newer}`);
}

/** The default concerns columns that are added later, and costs nothing. */
function defaultCharset(operation: Operation): string {
  return operation.kind === 'set-table-option' && operation.option === 'convert-charset' ? ' For new columns alone, DEFAULT CHARACTER SET is enough.' : '';
}
