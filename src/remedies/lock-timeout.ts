import type { Operation } from '../operations/index.ts';
import { isMysql } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';

/** What is set when the user accepts longer waits, in milliseconds. */
const usual = 5_000;

/** The setting that bounds the wait of the operation and of what follows, at most `maximum` milliseconds; `what` is wrong with the one that is there, if any. */
export function boundedWait(operation: Operation, maximum: number, what: 'missing' | 'late' | 'long', c: RemedyContext): Remedy {
  const limit = Math.min(usual, maximum);
  const statement = isMysql(c.engine)
    ? `SET SESSION lock_wait_timeout = ${Math.max(1, Math.floor(limit / 1_000))}`
    : `SET ${operation.transaction === null ? '' : 'LOCAL '}lock_timeout = '${limit % 1_000 === 0 ? `${limit / 1_000}s` : `${limit}ms`}'`;
  const written = c.migration.language === 'ruby' ? `execute ${JSON.stringify(statement)}` : statement;
  return advise(`${{ missing: 'Set it first', late: 'Move the setting to the top', long: 'Set a shorter one' }[what]} (${written}), and run the migration again when it gives up.`);
}
