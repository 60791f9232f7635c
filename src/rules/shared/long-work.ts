import type { QualifiedName } from '../../operations/index.ts';
import { isSchemaChange, tableOf } from '../../operations/index.ts';
import type { RuleContext, Step } from '../rule.ts';
import { isBusy } from './long-lock.ts';
import { quoted } from './names.ts';
import { rowWrite } from './row-write.ts';

/**
 * Work of a step that takes time with the number of rows and takes no long blocking lock of its own, as a clause (`the rows of "orders" are updated`),
 * or null. Statements that do their work under a lock of their own (index builds, scans, rewrites) and validations have rules of their own.
 */
export function longWork(step: Step, context: RuleContext): string | null {
  const { operation } = step;
  switch (operation.kind) {
    case 'update-rows':
    case 'delete-rows':
      if (operation.scope === 'bounded' || step.onNewTable || !isBusy(operation.table, context)) return null;
      return `the rows of ${quoted(operation.table)} are ${operation.kind === 'update-rows' ? 'updated' : 'deleted'}`;
    case 'insert-rows':
      if (operation.fromQuery && readsBusy(operation.reads, context)) return `rows are copied into ${quoted(operation.table)}`;
      return operation.mode.by !== 'statement' && operation.rows === null ? `rows are written to ${quoted(operation.table)} one after the other` : null;
    case 'load-rows':
      return `rows are loaded into ${quoted(operation.table)}`;
    case 'create-table':
      return operation.fromQuery ? `${quoted(operation.table)} is filled from a query` : null;
    case 'create-view':
    case 'refresh-materialized-view':
      return operation.kind === 'create-view' && !operation.materialized ? null : `the materialized view ${quoted(operation.view)} is filled`;
    default:
      return null;
  }
}

function readsBusy(tables: readonly QualifiedName[], context: RuleContext): boolean {
  return tables.length === 0 || tables.some((table) => isBusy(table, context));
}

/**
 * True when the step changes rows of an existing table in a transaction that changes the schema of one, too: that mixture is a finding of its own,
 * and its reason is the same lock.
 */
export function mixesDataAndSchema(step: Step, { steps, ...context }: RuleContext): boolean {
  const { transaction } = step.operation;
  const changes = step.undoneAt === null && steps.some(({ operation, table, onNewTable, undoneAt }) => undoneAt === null && operation.transaction === transaction && isSchemaChange(operation)
    && operation.kind !== 'create-table' && tableOf(operation) !== null && !onNewTable && table?.isNew !== true);
  return changes && rowWrite(step, { ...context, steps }) !== null;
}
