import type { OperationOf, QualifiedName } from '../operations/index.ts';
import { sameName, tableOf } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { Step } from './rule.ts';
import { defineRule } from './rule.ts';
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
    return context.steps.flatMap((step, at) => {
      const { operation } = step;
      if (operation.kind !== 'update-rows' && operation.kind !== 'insert-rows') return [];
      const { model, by } = operation.mode;
      if (model === null || (by !== 'records' && operation.kind !== 'insert-rows') || ignoresCache.test(operation.verb) || reported.has(model)) return [];
      const changed = staleColumn(operation, context.steps.slice(0, at));
      if (!changed) return [];
      reported.add(model);
      return [{
        operation,
        message: `${quoted(model)} writes ${quotedColumn(operation.table, changed.column)} after this migration ${changed.does} it, without "reset_column_information".`,
        why: `If the columns of ${quoted(operation.table)} were read before, ${quoted(model)} does not know ${quoted(changed.column)} and raises UnknownAttributeError.`,
        remedy: advise(`Call "${model}.reset_column_information" between the two.`),
        related: [relatedTo(changed.step.operation, `${changed.does} ${quoted(changed.column)}`, context)],
      }];
    });
  },
});

/** Calls that write through SQL alone, also when a loop over records makes them. */
const ignoresCache = /(update_all|(update|reset|increment|decrement)_counters?|insert_all|upsert_all)!?$/;

interface StaleColumn { readonly column: string; readonly does: string; readonly step: Step }

function staleColumn(write: OperationOf<'update-rows'> | OperationOf<'insert-rows'>, earlier: readonly Step[]): StaleColumn | null {
  const reset = earlier.findLastIndex(({ operation }) => operation.kind === 'reset-column-information' && (operation.constant === write.mode.model || (operation.table !== null && sameName(operation.table, write.table))));
  for (const step of earlier.slice(reset + 1).toReversed()) {
    const change = newName(step, write.table);
    if (change && !step.onNewTable && !createdAfter(write.table, earlier) && (write.columns.length === 0 ? write.kind === 'update-rows' : write.columns.includes(change.column))) return { ...change, step };
  }
  return null;
}

function newName({ operation }: Step, table: QualifiedName): { column: string; does: string } | null {
  const own = tableOf(operation);
  if (!own || !sameName(own, table)) return null;
  if (operation.kind === 'add-column') return { column: operation.column.name, does: 'adds' };
  return operation.kind === 'rename-column' ? { column: operation.to, does: 'renames' } : null;
}

function createdAfter(table: QualifiedName, earlier: readonly Step[]): boolean {
  return earlier.some(({ operation }) => operation.kind === 'create-table' && sameName(operation.table, table));
}
