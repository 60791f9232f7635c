import type { Operation } from '../../operations/index.ts';
import { isDataChange, isSchemaChange } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { ownMigration, wrapping } from '../own-migration.ts';
import type { Remedy } from '../remedy.ts';
import { withoutContext, withoutStatements } from '../rest.ts';
import { migrationStep, perform } from '../step.ts';
import { isConcurrent } from './draft.ts';
import { switchOff } from './switch.ts';
import { outsideOf } from './tool.ts';

/**
 * What cannot run in a transaction, run without one. A file that does nothing else keeps it, with the tool's transaction switched off or without its own
 * BEGIN and COMMIT; otherwise each such statement gets a migration of its own, because the rest is better off in the transaction.
 */
export function withoutSqlTransaction(c: RemedyContext, wordsOf: (operation: Operation) => string): Remedy {
  const up = c.migration.operations.filter((operation) => operation.direction === 'up');
  const concurrent = up.filter((operation) => isConcurrent(perform(operation)));
  // Liquibase has a transaction for each changeset, and a switch.
  const together = (operation: Operation) => c.migration.framework !== 'liquibase' || concurrent.some((one) => one.transaction === operation.transaction);
  const others = up.filter((operation) => !concurrent.includes(operation) && together(operation) && (isSchemaChange(operation) || isDataChange(operation) || operation.kind === 'opaque'));
  const own = up.filter(({ kind }) => kind === 'begin' || kind === 'commit');
  const outside = outsideOf(c);
  const fits = others.length === 0 && (outside === 'several' || (outside === 'one' && concurrent.length === 1));
  if (fits && own.length > 0 && c.migration.transaction === 'none') {
    return { advice: 'Take BEGIN and COMMIT out of the file.', steps: [withoutStatements(own, 'The same file without a transaction of its own:', c)] };
  }
  const switched = fits && own.length === 0 ? switchOff(c) : null;
  if (switched) return switched;
  const moved = others.length === 0 && concurrent.length > 1 && outside === 'one' ? concurrent.slice(1) : concurrent;
  const rest = others.length + concurrent.length > moved.length ? [withoutStatements(moved, 'Keep the other statements in this migration.', c)] : [];
  const steps = moved.map((operation) => migrationStep({ words: wordsOf(operation), title: 'Run it outside the transaction, alone.', transaction: false, up: [perform(withoutContext(operation))] }));
  const what = moved.length === 1 ? 'the concurrent statement' : 'each concurrent statement';
  if (outside === 'none') return { advice: `Run ${what} by hand before the deployment, because ${wrapping(c)}.`, steps: [...rest, ...steps] };
  return { advice: `Put ${what} ${ownMigration(c).replace(/^in /, 'into ')}.`, steps: [...rest, ...steps] };
}
