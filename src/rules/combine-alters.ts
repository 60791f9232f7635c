import { isBlocking } from '../engines/effect.ts';
import type { Operation, QualifiedName } from '../operations/index.ts';
import { isDataChange, isMysql, isSchemaChange, printName, sameName } from '../operations/index.ts';
import { advise } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, RuleContext, Step } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { isBusy } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';
import { relatedTo } from './shared/related.ts';

/** Parts of one ALTER TABLE on every engine; renaming stands alone on Postgres, and validating has to. */
const parts = new Set<Operation['kind']>([
  'add-column', 'drop-column', 'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default', 'add-foreign-key', 'add-check', 'add-unique', 'add-primary-key', 'drop-constraint',
]);

/** What Postgres checks or writes in the one pass over the rows that a statement makes; each foreign key and each index takes one of its own. */
const onePass = new Set<Operation['kind']>(['add-column', 'alter-column-type', 'set-not-null', 'add-check']);
/** What `change_table` with `bulk: true` puts into one statement. */
const bulk = new Set<Operation['kind']>(['add-column', 'drop-column', 'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default']);

export default defineRule({
  id: 'combine-alters',
  summary: 'Statements in a row change the same table one by one, each with a wait or a pass of its own, where one ALTER TABLE would do.',
  hazard: 'advice',
  severity: 'off',
  engines: ['postgres', 'mysql', 'mariadb'],
  replaces: ['eugene/W12', 'rubocop-rails/BulkChangeTable', 'migrationpilot/MP058', 'pg-migration-lint/PGM023', 'bytebase/statement.merge-alter-table'],
  docs: {
    why: 'Actions of one ALTER TABLE share what they need: Postgres checks or rewrites the rows of all of them in one pass, MySQL copies the table once for all changes that need a copy and builds several indexes in one pass. '
      + 'Statements that commit by themselves also wait for the lock one by one, and whoever comes meanwhile waits behind each.',
    exceptions: 'In one transaction on Postgres the lock is taken once whatever the number of statements, so changes in constant time are not reported there. Foreign keys and indexes on Postgres take a pass each however they are written, and Rails\' `bulk: true` takes columns only. Changes that cost a different amount are left apart: on MySQL one that copies would take the instant ones with it. '
      + 'So are VALIDATE and renames. New tables and small tables are not reported.',
  },
  migration(context) {
    const found: Finding[] = [];
    const told = new Set<string>();
    let before: Step | null = null;
    for (const step of context.steps) {
      const table = tableIn(step, context);
      const previous: Step | null = before;
      if (isSchemaChange(step.operation) || isDataChange(step.operation) || step.operation.kind === 'opaque') before = table ? step : null;
      if (!table || !previous || told.has(printName(table)) || !sameTable(previous, table, context) || isOneStatement(previous.operation, step.operation)) continue;
      const gain = gainOf(previous, step, context);
      if (gain === null) continue;
      told.add(printName(table));
      found.push({
        operation: step.operation,
        message: `${quoted(step.operation.verb)} changes ${quoted(table)} right after ${quoted(previous.operation.verb)}; one statement could do both.`,
        why: gain,
        remedy: advise(context.migration.framework === 'rails' ? 'Put them into one `change_table` with `bulk: true`.' : 'Put them into one ALTER TABLE, separated by commas.'),
        related: [relatedTo(previous.operation, 'changes the same table', context)],
      });
    }
    return found;
  },
});

function tableIn({ operation, onNewTable }: Step, context: RuleContext): QualifiedName | null {
  const isPart = parts.has(operation.kind) || (isMysql(context.engine) && operation.kind === 'create-index');
  if (!isPart || onNewTable || (operation.kind === 'add-unique' && operation.usingIndex !== null)) return null;
  const table = operation.kind === 'create-index' ? operation.index.table : 'table' in operation ? operation.table : null;
  return table && isBusy(table, context) ? table : null;
}

function sameTable(step: Step, table: QualifiedName, context: RuleContext): boolean {
  const other = tableIn(step, context);
  return other !== null && sameName(other, table);
}

function isOneStatement(a: Operation, b: Operation): boolean {
  return (a.statement.start === b.statement.start && a.statement.end === b.statement.end) || (a.combined === true && b.combined === true);
}

/** What one statement would save, as a sentence; null when that is nothing. */
function gainOf(a: Step, b: Step, context: RuleContext): string | null {
  const cost = a.effect.cost;
  const all = (kinds: ReadonlySet<Operation['kind']>) => kinds.has(a.operation.kind) && kinds.has(b.operation.kind);
  const indexes = a.operation.kind === 'create-index' && b.operation.kind === 'create-index';
  if (cost !== b.effect.cost || cost === 'rows' || (isRailsCall(a, context) && !all(bulk) && !(isMysql(context.engine) && indexes))) return null;
  if (!isMysql(context.engine) && cost !== 'constant' && !all(onePass)) return null;
  const pass = cost === 'rewrite' ? (isMysql(context.engine) ? 'copies the table' : 'rewrites the table') : cost === 'scan' ? 'reads every row' : 'builds an index from every row';
  if (cost !== 'constant') return isMysql(context.engine) && cost !== 'rewrite' && cost !== 'index-build' ? null : `Each of them ${pass}; in one statement ${engineWord(context)} goes through the table once.`;
  const apart = !isMysql(context.engine) && (a.operation.transaction === null || a.operation.transaction !== b.operation.transaction);
  return apart && a.effect.locks.some(isBlocking) && b.effect.locks.some(isBlocking) ? 'Each waits for the lock by itself, and whoever comes meanwhile waits behind each of them.' : null;
}

function isRailsCall({ operation }: Step, { migration }: RuleContext): boolean {
  return migration.framework === 'rails' && operation.verb === operation.verb.toLowerCase();
}
