import { printName } from '../../operations/index.ts';
import type { RemedyContext } from '../context.ts';
import { indexName, snakeCase } from '../naming.ts';
import type { RemedyStatement, RemedyStep } from '../remedy.ts';
import { note, perform } from '../step.ts';
import { runsByHand } from './batches.ts';
import { isConcurrent, needsNoTransaction } from './draft.ts';
import { canBatch, outsideOf } from './tool.ts';

type MigrationStep = Extract<RemedyStep, { kind: 'migration' }>;

/** What becomes of a migration that has to run outside a transaction: what a person runs by hand, and the migrations that are left for the tool. */
export interface Parts {
  readonly byHand: readonly RemedyStatement[];
  readonly migrations: readonly MigrationStep[];
}

/** Fits a migration to what the tool can run outside a transaction. One that runs inside a transaction stays as it is, but for batches that no migration can run. */
export function fitToTool(step: MigrationStep, c: RemedyContext): Parts {
  if (step.up.some((statement) => isBatched(statement) && (runsByHand(statement, c) || (c.engine.name === 'postgres' && !canBatch(c))))) return afterHand(step, c);
  if (step.transaction || c.engine.name !== 'postgres') return { byHand: [], migrations: [step] };
  switch (outsideOf(c)) {
    case 'several':
      return { byHand: [], migrations: [step] };
    case 'one':
      return { byHand: [], migrations: alone(step, c) };
    case 'none':
      return afterHand(step, c);
  }
}

function isBatched({ kind }: RemedyStatement): boolean {
  return kind === 'backfill' || kind === 'batched-delete';
}

/** Every statement that needs no transaction in a file of its own, the others together in their places. */
function alone(step: MigrationStep, c: RemedyContext): MigrationStep[] {
  const groups: { transaction: boolean; up: RemedyStatement[] }[] = [];
  let comments: RemedyStatement[] = [];
  for (const statement of withoutGuards(step.up, c)) {
    if (statement.kind === 'comment') {
      comments.push(statement);
      continue;
    }
    const transaction = !needsNoTransaction(statement);
    const last = groups.at(-1);
    if (last && transaction && last.transaction) last.up.push(...comments, statement);
    else groups.push({ transaction, up: [...comments, statement] });
    comments = [];
  }
  const noDown = step.down?.every(({ kind }) => kind === 'comment') === true ? step.down : null;
  return groups.map(({ transaction, up }, at) => ({
    ...step,
    transaction, up,
    ...(at === 0 ? {} : { name: `${step.name}Part${at + 1}`, words: `${step.words ?? snakeCase(step.name)} part ${at + 1}` }),
    title: at === 0 ? (step.title ?? '') : 'Then, in a file of its own:',
    down: groups.length === 1 ? step.down : noDown,
  }));
}

/**
 * Without the removal of what a failed attempt left behind, which would have to share a file with what it prepares: a tool does not run a file again that
 * went through. A comment says what to do instead.
 */
function withoutGuards(up: readonly RemedyStatement[], c: RemedyContext): RemedyStatement[] {
  const kept: RemedyStatement[] = [];
  for (const statement of up) {
    if (!isGuard(statement, up, c)) kept.push(statement);
    else {
      if (kept.at(-1)?.kind === 'comment') kept.pop();
      kept.push(note(`A failed build leaves an invalid index behind. Before the next attempt: DROP INDEX CONCURRENTLY ${guardedName(statement)};`));
    }
  }
  return kept;
}

function guardedName(statement: RemedyStatement): string {
  return statement.kind === 'operation' && statement.deed.kind === 'drop-index' && statement.deed.name ? printName(statement.deed.name) : '';
}

/** True for DROP INDEX ... IF EXISTS before the statement that builds an index of this name. */
function isGuard(statement: RemedyStatement, up: readonly RemedyStatement[], c: RemedyContext): boolean {
  if (statement.kind !== 'operation' || statement.deed.kind !== 'drop-index' || !statement.deed.ifExists) return false;
  const { name } = statement.deed;
  return up.slice(up.indexOf(statement) + 1).some((later) => later.kind === 'operation' && later.deed.kind === 'create-index' && indexName(later.deed.index, c.engine) === name?.name);
}

/** What must not run in a transaction is run by hand; a migration does what else there is, and says the same where saying it twice is harmless. */
function afterHand(step: MigrationStep, c: RemedyContext): Parts {
  const byHand = step.up.filter((statement) => statement.kind === 'comment' || needsNoTransaction(statement));
  const left = step.up.flatMap((statement) => (statement.kind === 'comment' || isGuard(statement, step.up, c) ? [] : needsNoTransaction(statement) ? repeated(statement) : [statement]));
  const down = left.some(isDoing) ? step.down && step.down.map((statement) => repeated(statement).at(-1) ?? statement) : step.down;
  return { byHand: byHand.some(isDoing) ? byHand : [], migrations: left.some(isDoing) ? [{ ...step, transaction: true, up: left, down }] : [] };
}

function isDoing({ kind }: RemedyStatement): boolean {
  return kind !== 'comment';
}

const foundDone = 'done by hand before; this is for databases where it was not';

/** The statement as a migration may run it in a transaction when it was run by hand before: it finds its work done. Nothing where that cannot be said. */
function repeated(statement: RemedyStatement): RemedyStatement[] {
  if (!isConcurrent(statement) || statement.kind !== 'operation') return [];
  const { deed } = statement;
  switch (deed.kind) {
    case 'create-index':
      return [note(`anzen-disable-next-line blocking-index -- ${foundDone}`), perform({ ...deed, concurrently: false, ifNotExists: true })];
    case 'drop-index':
      return [note(`anzen-disable-next-line blocking-index-removal -- ${foundDone}`), perform({ ...deed, concurrently: false, ifExists: true })];
    default:
      return [];
  }
}
