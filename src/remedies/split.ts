import type { Operation } from '../operations/index.ts';
import { isDataChange, isSchemaChange, printFramework } from '../operations/index.ts';
import type { RemedyContext } from './context.ts';
import { ownMigration } from './own-migration.ts';
import type { Remedy } from './remedy.ts';
import { advise } from './remedy.ts';
import { withoutContext, withoutStatements } from './rest.ts';
import { withoutSqlTransaction } from './sql/without-transaction.ts';
import { codeStep, migrationStep, perform } from './step.ts';

/** The sentence that asks for two migrations. Both parts are noun phrases or clauses without a final period: `the columns`, `the backfill`. */
export function separateMigrations(first: string, second: string, _c: RemedyContext): Remedy {
  const part = (text: string): string => text.trim().replace(/\.$/, '');
  return advise(`Split it into two migrations: first ${part(first)}, then ${part(second)}.`);
}

/** The sentence for BEGIN and COMMIT in a file that is wrapped already. */
export function leaveTransaction(c: RemedyContext): Remedy {
  return advise(`Leave BEGIN and COMMIT to ${printFramework(c.migration.framework)}. Run what must not be in its transaction ${ownMigration(c)}.`);
}

/** The sentence for a lock that is held for a moment and waited for much longer: alone, with a bound on the wait. */
export function aloneWithLockTimeout(): Remedy {
  return advise('Do it in a migration of its own, after setting a short "lock_timeout" (a few seconds), and try again when it is cancelled.');
}

/**
 * What cannot run in a transaction, run without one. When the migration does nothing else, the same file with the transaction switched off;
 * otherwise each such statement gets a migration of its own, because the rest is better off in the transaction.
 */
export function withoutTransaction(c: RemedyContext): Remedy {
  if (c.migration.language === 'sql') return withoutSqlTransaction(c, wordsOf);
  const inTransaction = c.migration.operations.filter((operation) => operation.direction === 'up' && concurrent(operation));
  const others = c.migration.operations.filter((operation) => !inTransaction.includes(operation) && (isSchemaChange(operation) || isDataChange(operation)));
  if (inTransaction.length === 0 || (others.length === 0 && inTransaction.length === 1)) {
    const text = 'Switch the DDL transaction off.';
    const code = withDisabledTransaction(c);
    return { advice: 'Add "disable_ddl_transaction!" to the migration.', steps: [code === null ? codeStep(text) : { kind: 'code', text, code, path: c.migration.source.path }] };
  }
  const [keep, moved] = others.length > 0 ? [others, inTransaction] : [inTransaction.slice(0, 1), inTransaction];
  const rest = others.length > 0 ? [withoutStatements(moved, 'Keep the other statements in this migration.', c)] : [];
  const steps = moved.map((operation) => migrationStep({ words: wordsOf(operation), title: 'Run it outside the DDL transaction, alone.', transaction: false, up: [perform(withoutContext(operation))] }));
  const what = keep.length > 0 && moved.length === 1 ? 'the concurrent statement' : 'each concurrent statement';
  return { advice: `Move ${what} to a migration of its own with "disable_ddl_transaction!".`, steps: [...rest, ...steps] };
}

function concurrent(operation: Operation): boolean {
  return 'concurrently' in operation && operation.concurrently;
}

function wordsOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create-index':
      return `add index to ${operation.index.table.name} on ${operation.index.keys.map((key) => key.column ?? 'expression').join(' and ')}`;
    case 'drop-index':
      return operation.table ? `remove index from ${operation.table.name} ${operation.name?.name ?? operation.columns.join(' and ')}` : `remove index ${operation.name?.name ?? ''}`;
    case 'reindex':
      return `reindex ${operation.name?.name ?? operation.target}`;
    case 'detach-partition':
      return `detach ${operation.partition.name} from ${operation.table.name}`;
    default:
      return operation.kind.replaceAll('-', ' ');
  }
}

/** The file with `disable_ddl_transaction!` below the class's first line; null when the class cannot be found. */
function withDisabledTransaction(c: RemedyContext): string | null {
  const { text } = c.migration.source;
  if (c.migration.transactionDisabledAt) return null;
  const lineStart = text.lastIndexOf('\n', c.migration.head.start - 1) + 1;
  const newline = text.indexOf('\n', c.migration.head.start);
  const line = newline < 0 ? '' : text.slice(lineStart, newline);
  if (!/^\s*class\s.*Migration/.test(line)) return null;
  const margin = /^\s*/.exec(line)?.[0] ?? '';
  return `${text.slice(0, newline + 1)}${margin}  disable_ddl_transaction!\n\n${text.slice(newline + 1)}`;
}

/** The sentence for rows that wait for their check while their table is to change. */
export function checksBefore(c: RemedyContext): Remedy {
  const statement = 'SET CONSTRAINTS ALL IMMEDIATE';
  return advise(`Let the rows be checked first, with ${c.migration.language === 'ruby' ? `execute "${statement}"` : `"${statement}"`} between the two, or change the rows in a migration of their own.`);
}
