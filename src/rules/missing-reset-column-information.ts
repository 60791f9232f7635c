import type { Operation, OperationOf } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Moment } from './shared/history.ts';
import { historyOf, lastBefore } from './shared/history.ts';
import { quoted, quotedColumn } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

export default defineRule({
  id: 'missing-reset-column-information',
  summary: 'A model writes a column that the same migration adds or renames, with the columns it may have cached before.',
  hazard: 'fails',
  severity: 'warn',
  engines: 'all',
  replaces: [],
  docs: {
    why: 'Active Record caches a table\'s columns per process at their first use, and one process runs all pending migrations. When an initializer or an earlier migration has used the table, '
      + 'assigning the new column raises UnknownAttributeError, or the value is left out without a word. It then works on every machine that runs the migrations one at a time.',
    exceptions: 'Not reported for `update_all` and SQL, which do not look at the cache.',
  },
  migration(context) {
    const reported = new Set<string>();
    const reset = new Map<string, number>();
    return context.steps.flatMap(({ operation }, at) => {
      if (operation.kind === 'reset-column-information') for (const key of [operation.constant, operation.table && printName(operation.table)]) reset.set(key ?? '', at);
      if (operation.kind !== 'update-rows' && operation.kind !== 'insert-rows') return [];
      const { model, by } = operation.mode;
      if (model === null || (by !== 'records' && operation.kind !== 'insert-rows') || ignoresCache.test(operation.verb) || reported.has(model)) return [];
      const since = Math.max(reset.get(model) ?? -1, reset.get(printName(operation.table)) ?? -1);
      const changed = staleColumn(operation, { steps: context.steps, before: at }, since);
      if (!changed) return [];
      reported.add(model);
      return [{
        operation,
        message: `${quoted(model)} writes ${quotedColumn(operation.table, changed.column)} after this migration ${changed.does} it, without "reset_column_information".`,
        why: `If the columns of ${quoted(operation.table)} were read before, ${quoted(model)} does not know ${quoted(changed.column)} and raises UnknownAttributeError.`,
        remedy: advise(`Call "${model}.reset_column_information" between the two.`),
        related: [relatedTo(changed.operation, `${changed.does} ${quoted(changed.column)}`, context)],
      }];
    });
  },
});

/** Calls that write through SQL alone, also when a loop over records makes them. */
const ignoresCache = /(update_all|(update|reset|increment|decrement)_counters?|insert_all|upsert_all)!?$/;

/** The newest of the written columns that the migration has made since; a change whose columns are not known may write any of them. */
function staleColumn(write: OperationOf<'update-rows'> | OperationOf<'insert-rows'>, moment: Moment, since: number): { column: string; does: string; operation: Operation } | null {
  const { added } = historyOf(write.table, moment.steps);
  const columns = write.columns.length > 0 ? write.columns : write.kind === 'update-rows' ? [...added.keys()] : [];
  for (const column of columns) {
    const at = lastBefore(added.get(column), moment);
    const step = moment.steps[at];
    if (step && at > since && !step.onNewTable && !step.table?.isNew) return { column, does: step.operation.kind === 'add-column' ? 'adds' : 'renames', operation: step.operation };
  }
  return null;
}
