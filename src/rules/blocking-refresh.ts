import { isBlocking } from '../engines/effect.ts';
import type { OperationOf } from '../operations/index.ts';
import { advise, refreshConcurrently } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { lockSentence } from './shared/lock-sentence.ts';
import { isBusy } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';

export default defineRule({
  id: 'blocking-refresh',
  summary: 'A materialized view is refreshed without CONCURRENTLY, and its readers wait.',
  hazard: 'blocks',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['pgfence/refresh-matview-blocking', 'pgsafe/refresh-matview-non-concurrent', 'migrationpilot/MP033', 'safemigrate-lint/refresh_matview'],
  docs: {
    why: 'A plain `REFRESH MATERIALIZED VIEW` takes an ACCESS EXCLUSIVE lock on the view and keeps it while the query runs and all indexes are built: every SELECT from the view waits. '
      + '`REFRESH MATERIALIZED VIEW CONCURRENTLY` takes an EXCLUSIVE lock, which lets readers through, and writes the differences only. '
      + 'It needs a unique index over plain columns of all rows; without one Postgres refuses it (55000, tried on 18 with no index, a partial one and one over an expression). It may run inside a transaction.',
    exceptions: 'A view created in the same pull request has no readers yet and is not reported: its first fill cannot be concurrent. Small views are not reported either.',
  },
  check: { 'refresh-materialized-view': judge },
});

function judge(operation: OperationOf<'refresh-materialized-view'>, context: StepContext): Finding | undefined {
  const { view } = operation;
  const { effect, schema } = context;
  if (schema.view(view)?.isNew || !isBusy(view, context)) return undefined;
  if (effect.refused) {
    return {
      message: `Refreshing ${quoted(view)} concurrently fails: it has no unique index that Postgres could tell its rows apart by.`,
      why: `Postgres refuses it on every database (error ${effect.refused.error}): ${effect.refused.because}.`,
      remedy: refreshConcurrently(operation, context),
      severity: 'error',
    };
  }
  const lock = effect.locks.find(isBlocking);
  if (!lock) return undefined;
  if (operation.withNoData) {
    return {
      message: `Emptying ${quoted(view)} makes every query of it fail until it is refreshed again.`,
      why: `Postgres refuses to read a materialized view that has not been populated (error 55000).`,
      remedy: advise('Leave out WITH NO DATA, or take the readers away first.'),
    };
  }
  return {
    message: `Refreshing ${quoted(view)} makes all its readers wait until it is filled anew.`,
    why: lockSentence(operation, { ...lock, blocks: { ...lock.blocks, writes: false } }),
    remedy: refreshConcurrently(operation, context),
  };
}
