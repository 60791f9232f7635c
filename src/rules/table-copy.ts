import type { Effect } from '../engines/effect.ts';
import { isBlocking } from '../engines/effect.ts';
import { effectOf } from '../engines/effect-of.ts';
import type { Operation, OperationKind } from '../operations/index.ts';
import { sameName, tableOf } from '../operations/index.ts';
import { withoutCopying } from '../remedies/index.ts';
import { defineRule } from './rule.ts';
import type { Finding, Step, StepContext } from './rule.ts';
import { engineWord } from './shared/aftermath.ts';
import { alteration } from './shared/alteration.ts';
import { blockedWords } from './shared/lock-sentence.ts';
import { lockReason, longLock, softened } from './shared/long-lock.ts';
import { quoted } from './shared/names.ts';
import { slowParts } from './shared/new-column.ts';

/** Their rules speak of every lock that they hold for long, whatever the reason. */
const judgedElsewhere: readonly OperationKind[] = ['alter-column-type', 'create-index', 'add-foreign-key', 'add-check'];

const others: readonly OperationKind[] = [
  'add-column', 'drop-column', 'rename-column', 'set-not-null', 'drop-not-null', 'set-default', 'set-column-option', 'set-table-option', 'alter-partitions', 'drop-index', 'rename-index', 'add-unique',
  'add-primary-key', 'drop-constraint', 'alter-constraint', 'vacuum',
];

export default defineRule({
  id: 'table-copy',
  summary: 'An ALTER TABLE copies or rebuilds the table while nobody can write to it, or asks for a way that the server refuses.',
  hazard: 'blocks',
  severity: 'error',
  engines: ['mysql', 'mariadb'],
  replaces: ['strong_migrations/copy_algorithm', 'strong_migrations/lock_option', 'atlas/MY132', 'atlas/MY133', 'atlas/MY136', 'atlas/MY137', 'atlas/MY138', 'atlas/MY139'],
  docs: {
    why: 'InnoDB does most changes of a table instantly or in place, while others read and write. What it cannot do so it does by copying every row into a new table, and all writes wait until the copy is done: dropping the primary key without adding another, '
      + 'converting the character set, partitioning, another storage engine, system versioning. A table with a FULLTEXT index is rebuilt with writes blocked by changes that are instant elsewhere. `ALGORITHM=COPY` and `LOCK=SHARED` make any change do it, `LOCK=EXCLUSIVE` stops readers as well.\n\n'
      + 'The clauses are a promise, too: with `ALGORITHM=INSTANT`, `NOCOPY` or `INPLACE` and with `LOCK=NONE` the server fails (1845, 1846) rather than take another way. That is what they are good for, but a statement that cannot keep them fails in the middle of the deploy. '
      + 'Every combination was tried on MariaDB 10.11; for MySQL the manual\'s table of online operations is followed. From MariaDB 11.2 on a copy lets others write and is not reported.',
    exceptions: 'Small tables and tables created in the same pull request, unless the server refuses the statement. Changes of a column\'s type, indexes, foreign keys and checks have rules of their own. With the option `onlyClauses` nothing is said without ALGORITHM or LOCK, as in strong_migrations.',
  },
  check: { ...Object.fromEntries(others.map((kind) => [kind, judge])), ...Object.fromEntries(judgedElsewhere.map((kind) => [kind, refusal])) },
});

function judge(operation: Operation, context: StepContext): Finding | undefined {
  const onlyClauses = context.options['onlyClauses'] === true;
  if (context.effect.refused) return onlyClauses ? undefined : refusal(operation, context);
  const lock = longLock(context);
  if (!lock || (operation.kind === 'add-column' && slowParts(operation.column, context).length > 0) || isToldBefore(operation, context)) return undefined;
  const own = withoutClauses(operation, context);
  const clause = own.locks.some((one) => isBlocking(one) && one.cost !== 'constant') ? null : clauseOf(operation);
  if (onlyClauses && clause === null) return undefined;
  if (clause !== null && operation.alter?.actions.some((kind) => judgedElsewhere.includes(kind))) return undefined;
  const work = context.effect.rewrites ? `writes ${quoted(lock.table)} anew` : 'builds or drops an index';
  return {
    message: `${alteration(operation)}${clause === null ? '' : ` with ${clause}`} ${work} while nobody can ${blockedWords(lock.blocks)}.`,
    why: lockReason(context, lock),
    remedy: withoutCopying(operation, { clause, online: isOnline(own), instant: own.cost === 'constant' }, context),
    ...softened(context.effect),
  };
}

/** The server's refusal of the statement, once. */
function refusal(operation: Operation, context: StepContext): Finding | undefined {
  const { refused } = context.effect;
  if (!refused || earlierActions(operation, context).some((step) => step.effect.refused)) return undefined;
  const own = withoutClauses(operation, context);
  return {
    message: `${alteration(operation)} fails: ${refused.because}.`,
    why: `${engineWord(context)} refuses the statement on every database (error ${refused.error}) and changes nothing. The deploy stops here${context.steps.length > 0 ? ', and what ran before it stays applied' : ''}.`,
    remedy: withoutCopying(operation, { clause: clauseOf(operation), online: isOnline(own), instant: own.cost === 'constant' && (refused.error === '1221' || !clauseOf(operation)?.includes('INSTANT')) }, context),
  };
}

function withoutClauses(operation: Operation, { schema, engine, settings }: StepContext): Effect {
  const plain = 'algorithm' in operation ? { ...operation, algorithm: null, lock: null } : operation;
  return effectOf(plain.alter ? { ...plain, alter: { ...plain.alter, algorithm: null, lock: null } } : plain, schema, engine, settings);
}

function isOnline({ locks }: Effect): boolean {
  return !locks.some((lock) => isBlocking(lock) && lock.cost !== 'constant');
}

function clauseOf(operation: Operation): string | null {
  const { algorithm, lock } = operation.alter ?? ('algorithm' in operation ? operation : { algorithm: null, lock: null });
  const clauses = [algorithm === null ? null : `ALGORITHM=${algorithm}`, lock === null ? null : `LOCK=${lock}`];
  return clauses.filter((one) => one !== null).join(', ') || null;
}

/** One copy is one problem, however many actions of the statement need it. */
function isToldBefore(operation: Operation, context: StepContext): boolean {
  return earlierActions(operation, context).some((step) => step.effect.locks.some((lock) => isBlocking(lock) && lock.cost !== 'constant' && lock.cost !== 'rows'));
}

/** The actions of the same ALTER TABLE before the operation; they stand one after the other. */
function earlierActions(operation: Operation, { steps }: StepContext): readonly Step[] {
  let from = steps.length;
  for (let step = steps[from - 1]; step !== undefined && isSameAlter(step.operation, operation); step = steps[from - 1]) from -= 1;
  return steps.slice(from);
}

function isSameAlter(earlier: Operation, operation: Operation): boolean {
  const [a, b] = [tableOf(earlier), tableOf(operation)];
  const together = (earlier.alter && operation.alter) || (earlier.combined && operation.combined);
  return Boolean(together) && earlier.statement.start === operation.statement.start && earlier.statement.end === operation.statement.end && a !== null && b !== null && sameName(a, b);
}
