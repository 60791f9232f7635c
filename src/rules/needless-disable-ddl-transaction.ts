import { isBlocking } from '../engines/effect.ts';
import type { Operation } from '../operations/index.ts';
import { isSchemaChange, printName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import type { RuleContext, Step } from './rule.ts';
import { defineRule } from './rule.ts';
import { isOnlineLibraryCall } from './shared/library-call.ts';

export default defineRule({
  id: 'needless-disable-ddl-transaction',
  summary: 'The migration switches its transaction off although nothing in it needs that.',
  hazard: 'fails',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['zero_downtime_migrations/DdlMigration', 'gitlab/PreventSingleStatementWithDisableDdlTransaction'],
  docs: {
    why: 'Postgres can undo schema changes, and the framework\'s transaction is what makes a failed migration leave nothing behind. With `disable_ddl_transaction!` every statement stays when a later one fails. '
      + 'Only CONCURRENTLY, data changes in batches, a validation after the statement that adds the constraint, and locks that must not be held together need it.',
    exceptions: 'Not reported when anything in the migration could not be read.',
  },
  migration(context) {
    const { migration } = context;
    // One statement of SQL has nothing before it that could stay applied; several that are sent as one text are one transaction all the same.
    if (migration.language === 'sql' && (new Set(migration.operations.map(({ statement }) => statement.start)).size < 2 || !context.steps.some(({ operation }) => operation.transaction === null))) return undefined;
    if (!migration.transactionDisabledAt || context.steps.length === 0 || migration.problems.some(({ kind }) => kind === 'syntax-error')) return undefined;
    if (context.steps.some((step) => needsNone(step)) || lockedTables(context).size > 1) return undefined;
    const validations = context.steps.filter(({ operation }) => operation.kind === 'validate-constraint').length;
    const changes = context.steps.filter(({ operation }) => isSchemaChange(operation)).length;
    if (validations > 0 && changes > 1) return undefined;
    return {
      at: migration.transactionDisabledAt,
      message: 'The transaction of this migration is switched off, and nothing in it needs that.',
      why: 'Without the transaction a statement that fails leaves the ones before it applied, and the migration cannot simply be run again.',
      remedy: advise('Remove the line that switches the transaction off.'),
    };
  },
});

/** True when the step must or had better run outside a transaction, or when that cannot be told. */
function needsNone({ operation, effect }: Step): boolean {
  if (effect.inTransaction === 'forbidden' || wantsNone.has(operation.kind) || isOnlineLibraryCall(operation)) return true;
  return operation.kind === 'insert-rows' && (operation.fromQuery || operation.rows === null);
}

const wantsNone = new Set<Operation['kind']>([
  'opaque', 'use-model', 'add-enum-value', 'begin', 'commit', 'rollback', 'savepoint', 'rollback-to-savepoint', 'release-savepoint', 'vacuum', 'update-rows', 'delete-rows', 'load-rows', 'create-index', 'drop-index', 'reindex', 'refresh-materialized-view', 'detach-partition', 'cluster', 'set-setting',
]);

function lockedTables(context: RuleContext): Set<string> {
  const names = context.steps.flatMap(({ effect }) => effect.locks.filter((lock) => isBlocking(lock) && lock.mode !== 'ROW EXCLUSIVE' && !context.isNew(lock.table)).map((lock) => printName(lock.table)));
  return new Set(names);
}
