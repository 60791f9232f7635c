import type { BatchMode, Deed } from '../../../operations/index.ts';
import { outerSpan, type Embedded } from '../../../source/embedded.ts';
import { contains, type Span } from '../../../source/span.ts';
import { commentsIn } from '../../sql/file/comments.ts';
import type { SqlDeed, SqlStatement } from '../../sql/statement.ts';
import { lexiconOf } from '../../sql/text/lexicon.ts';
import { beyond, holesOf, slice } from '../values/text.ts';
import { emit, emitOpaque, report } from './emit.ts';
import { openTransaction, within, type Machine } from './machine.ts';

/** Reads a text of SQL and adds what it does. `at` is the call that runs it. Gives the places of the queries that only read. */
export function runSql(machine: Machine, text: Embedded, at: Span, verb: string): number[] {
  if (machine.muted > 0) return [];
  const rest = machine.budget.sqlText;
  const followed = text.text.endsWith(beyond) ? text.text.length - beyond.length : text.text.length;
  if (followed === text.text.length && followed <= rest) return runWhole(machine, text, at, verb);
  // The last statement of a beginning is most likely cut.
  const places = runWhole(machine, slice(text, 0, Math.max(0, Math.min(followed, rest))), at, verb, true);
  emitOpaque(machine, 'the SQL is too long to be followed to its end', text.text, { at, verb, language: 'sql' });
  return places;
}

function runWhole(machine: Machine, text: Embedded, at: Span, verb: string, cut = false): number[] {
  const { sql } = machine.environment;
  const holes = holesOf(text);
  if (isOnlyHoles(text, holes)) {
    if (text.text.trim() !== '') emitOpaque(machine, 'the SQL is computed while the migration runs', text.text, { at, verb });
    return [];
  }
  if (machine.context.inverted) {
    machine.reversals.push(machine.operations.length);
    emitOpaque(machine, 'SQL cannot be reversed', text.text, { at, verb, language: 'sql' });
    return [];
  }
  if (!sql) {
    emitOpaque(machine, 'SQL is not read here', text.text, { at, verb, language: 'sql' });
    return [];
  }
  machine.budget.sqlText -= text.text.length;
  const statements = sql.parse(text.text, holes, machine.sqlMemory).slice(0, cut ? -1 : undefined);
  noteDirectives(machine, text, statements);
  const opens = machine.transaction === null && machine.environment.engine.name === 'postgres' && statements.length > 1;
  const places = statements.flatMap((statement) => {
    if (opens && machine.transaction === null) openTransaction(machine, 'text');
    return addStatement(machine, text, statement, at);
  });
  if (opens && machine.transaction !== null && machine.transactions.get(machine.transaction) === 'text') machine.transaction = null;
  return places;
}

/** Suppressions may stand in the SQL itself; they speak of its statements. */
function noteDirectives(machine: Machine, text: Embedded, statements: readonly SqlStatement[]): void {
  const comments = machine.context.foreign ? [] : commentsIn(text.text, lexiconOf(machine.environment.engine.name), false);
  if (comments.length === 0) return;
  const spans = statements.flatMap((statement) => [statement, ...statement.deeds.flatMap(({ inner }) => inner ?? [])]).map((span) => outerSpan(text, span));
  for (const span of spans) machine.statements.set(`${span.start}-${span.end}`, { start: span.start, end: span.end });
  for (const comment of comments) machine.sqlComments.push({ ...comment, ...outerSpan(text, comment) });
}

function addStatement(machine: Machine, text: Embedded, statement: SqlStatement, call: Span): number[] {
  if (statement.error && !statement.dynamic) {
    report(machine, { kind: 'syntax-error', language: 'sql', message: statement.error.message, at: outerSpan(text, statement.error.at) });
  }
  const places: number[] = [];
  for (const part of statement.deeds) {
    const place = addDeed(machine, text, part, statement, call);
    if (part.deed.kind === 'read-rows' && place >= 0) places.push(place);
  }
  return places;
}

function addDeed(machine: Machine, text: Embedded, part: SqlDeed, statement: SqlStatement, call: Span): number {
  const { kind } = part.deed;
  if (kind === 'begin') beginTransaction(machine);
  const place = addAt(machine, text, part, call, (at) =>
    emit(machine, inLoop(part.deed, machine.context.loop, statement.dynamic), { at, verb: statement.verb, language: 'sql', guards: part.guards, uncertain: part.uncertain, ...(part.lockWait === undefined ? {} : { lockWait: part.lockWait }) }));
  if (kind === 'commit' || kind === 'rollback') machine.transaction = null;
  return place;
}

/** BEGIN makes the transaction that a text has by itself one that lasts beyond the text, with what ran in it before. */
function beginTransaction(machine: Machine): void {
  if (machine.transaction === null) openTransaction(machine, 'begin');
  else if (machine.transactions.get(machine.transaction) === 'text') machine.transactions.set(machine.transaction, 'begin');
}

/** SQL written somewhere else than in the call that runs it stands at the call, reached through its own place. */
function addAt(machine: Machine, text: Embedded, part: SqlDeed, call: Span, add: (at: Span) => number): number {
  const { statement, foreign, via } = machine.context;
  const written = outerSpan(text, part.at);
  const { path } = machine.file.tree.source;
  if (foreign) return add(written);
  const inside = !statement || contains(statement, written);
  const through = [...(inside ? [] : [outerSpan(text, { start: 0, end: text.text.length })]), ...(part.via ? [outerSpan(text, part.via)] : [])];
  return within(machine, { via: [...via, ...through.map((place) => ({ path, ...place }))] }, () => add(inside ? written : { start: call.start, end: call.end }));
}

/** A row change whose rows differ from round to round of a loop is done in parts. */
function inLoop(deed: Deed, loop: BatchMode | null, dynamic: boolean): Deed {
  if (!loop || !(deed.kind === 'update-rows' || deed.kind === 'delete-rows' || deed.kind === 'insert-rows')) return deed;
  const bounded = deed.kind === 'insert-rows' || deed.scope !== 'all';
  return dynamic && bounded ? { ...deed, mode: { ...deed.mode, by: loop.by, batchedRead: loop.batchedRead } } : deed;
}

function isOnlyHoles(text: Embedded, holes: readonly Span[]): boolean {
  let from = 0;
  for (const { start, end } of holes) {
    if (/[^\s;]/.test(text.text.slice(from, start))) return false;
    from = end;
  }
  return !/[^\s;]/.test(text.text.slice(from));
}
