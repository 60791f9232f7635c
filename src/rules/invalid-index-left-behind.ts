import type { Migration, Operation, OperationOf } from '../operations/index.ts';
import { indexNameOf, retriableIndex } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, StepContext } from './rule.ts';
import { isOnlineLibraryCall } from './shared/library-call.ts';
import { excerpt, quoted } from './shared/names.ts';

export default defineRule({
  id: 'invalid-index-left-behind',
  summary: 'An index is built concurrently only if it is not there yet, which hides the invalid one that a failed build leaves behind.',
  hazard: 'fails',
  severity: 'warn',
  engines: ['postgres'],
  replaces: ['migrationpilot/MP070'],
  docs: {
    why: 'A concurrent build that fails (a duplicate, a deadlock, a timeout, a lost connection) leaves an index of its name behind that is marked INVALID: no query uses it, and a unique one may let duplicates in. '
      + 'When the migration runs again, IF NOT EXISTS finds the name taken and does nothing, so the migration counts as done without a working index (measured on Postgres 13 to 18: the second run succeeds with a notice, and the index is still invalid). '
      + 'Without IF NOT EXISTS the second run fails with 42P07, which is better; dropping the index first makes it succeed.',
    exceptions: 'Not reported when the same index is dropped or rebuilt in the same migration, when something looks at `indisvalid`, for an index that the schema has already, and on new tables. '
      + 'safe-pg-migrations, online_migrations and `StrongMigrations.remove_invalid_indexes` drop an invalid index by themselves. A notice when the file does nothing else.',
  },
  check: { 'create-index': judge },
});

function judge(operation: OperationOf<'create-index'>, context: StepContext): Finding | undefined {
  const { index } = operation;
  const guard = operation.guards.find(({ kind }) => kind === 'not-exists');
  if (!operation.concurrently || !(operation.ifNotExists || guard) || context.onNewTable || context.effect.refused) return undefined;
  const name = indexNameOf(operation, context);
  if (context.table?.indexes.some((other) => other.name === name) || isOnlineLibraryCall(operation) || operation.verb === 'add_concurrent_index' || isLookedAfter(name, context)) return undefined;
  const words = operation.verb === operation.verb.toUpperCase() ? 'IF NOT EXISTS' : '"if_not_exists"';
  const what = guard && !guard.inStatement ? `"${excerpt(guard.text)}"` : words;
  return {
    message: `If an earlier run failed while building ${quoted(name)}, ${what} takes the invalid index that is left for the real one.`,
    why: `A failed concurrent build leaves an index of its name behind that is marked INVALID: no query uses it${index.unique ? ', and it may let duplicates in' : ''}. ${what} then skips the build, and the migration counts as done.`,
    remedy: retriableIndex(operation, context),
    ...(standsAlone(operation, context) ? { severity: 'notice' as const } : {}),
  };
}

/** True when the file does nothing else: then only the build itself can have failed before, and whoever runs it again has just seen that. */
function standsAlone({ statement }: Operation, { migration }: StepContext): boolean {
  return migration.operations.every((other) => other.statement.start === statement.start || other.kind === 'other' || other.kind === 'set-setting');
}

/** For each migration, the indexes that it drops, rebuilds or makes constraints (which an invalid one cannot become, 55000); `*` when it asks the catalog what is valid. */
const lookedAfter = new WeakMap<Migration, ReadonlySet<string>>();

function isLookedAfter(name: string, { migration }: StepContext): boolean {
  const known = lookedAfter.get(migration) ?? new Set(migration.operations.filter((other) => other.direction === 'up').flatMap(cares));
  lookedAfter.set(migration, known);
  return known.has(name) || known.has('*');
}

function cares(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'drop-index':
      return operation.name ? [operation.name.name] : [];
    case 'reindex':
      return [operation.target === 'index' && operation.name ? operation.name.name : '*'];
    case 'add-unique':
    case 'add-primary-key':
      return operation.usingIndex === null ? [] : [operation.usingIndex];
    default: {
      const texts = [...('text' in operation ? [operation.text] : []), ...operation.guards.map((guard) => guard.text)];
      return texts.some((text) => /indisvalid|\bvalid: true|invalid_index/i.test(text)) ? ['*'] : [];
    }
  }
}
