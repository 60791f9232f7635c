import { operation, type Deed, type Guard, type Operation, type Problem } from '../../../operations/index.ts';
import { contains, type Span } from '../../../source/span.ts';
import { limits, type Machine } from './machine.ts';

/** Where and as what a deed is written. */
export interface Spot {
  /** Where, in the file whose code runs. */
  readonly at: Span;
  readonly verb: string;
  readonly language?: 'ruby' | 'sql';
  /** Conditions of the statement itself. */
  readonly guards?: readonly Guard[];
  readonly uncertain?: boolean;
  /** True for a part of a statement that the framework sends as one. */
  readonly combined?: boolean;
  /** What the statement says about waiting for locks, in milliseconds. */
  readonly lockWait?: number;
}

/** The value of a setting for a duration whose unit or length is not known. */
export const someTime = 'some time';

/** Adds an operation with everything that holds here. Gives its place in the list, or -1 when nothing is recorded. */
export function emit(machine: Machine, deed: Deed, spot: Spot): number {
  if (machine.muted > 0) return -1;
  if (machine.operations.length >= limits.operations) {
    exhaust(machine, spot.at);
    return -1;
  }
  return machine.operations.push(place(machine, deed, spot)) - 1;
}

/** Adds a problem at its place in this file. */
export function report(machine: Machine, problem: Problem): void {
  if (machine.muted > 0) return;
  const { foreign, statement } = machine.context;
  const at = plain(foreign ? foreign.site : problem.at);
  const around = problem.statement ?? statement;
  const placed = { ...problem, at, ...(around && contains(around, at) ? { statement: plain(around) } : {}) };
  const key = JSON.stringify(placed);
  if (machine.reported.has(key)) return;
  machine.reported.add(key);
  machine.problems.push(placed);
}

/** Says that something was not understood. */
export function emitOpaque(machine: Machine, reason: string, text: string, spot: Spot): void {
  emit(machine, { kind: 'opaque', reason, text: firstLine(text) }, spot);
}

/** Ends the evaluation: the file asks for more work than is reasonable. Said once. */
export function exhaust(machine: Machine, at: Span): void {
  if (machine.exhausted) return;
  machine.exhausted = true;
  machine.muted = 0;
  const deed: Deed = { kind: 'opaque', reason: 'the migration does more than can be followed', text: firstLine(machine.file.tree.source.text.slice(at.start, at.start + 200)) };
  machine.operations.push(place(machine, deed, { at, verb: 'ruby' }));
}

function place(machine: Machine, deed: Deed, spot: Spot): Operation {
  const { context } = machine;
  const { foreign } = context;
  const at = plain(foreign ? foreign.site : spot.at);
  const there = foreign?.statement ?? spot.at;
  const via = foreign ? [...context.via, { path: foreign.path, start: there.start, end: there.end }] : context.via;
  const residual = machine.activations.flatMap((running) => running.residual);
  const statement = context.statement && contains(context.statement, at) ? plain(context.statement) : at;
  return operation(deed, {
    at,
    statement,
    via,
    transaction: machine.transaction,
    guards: distinct([...context.guards, ...residual, ...(spot.guards ?? [])]),
    certain: context.certain && residual.length === 0 && !spot.uncertain,
    assured: context.assured,
    direction: context.direction,
    ...(spot.combined ? { combined: true } : {}),
    ...(spot.lockWait === undefined ? {} : { lockWait: spot.lockWait }),
    language: spot.language ?? 'ruby',
    verb: spot.verb,
  }) as Operation;
}

/** A span without what else its object carries: syntax nodes are spans, too. */
function plain({ start, end }: Span): Span {
  return { start, end };
}

function distinct(guards: readonly Guard[]): readonly Guard[] {
  if (guards.length < 2) return guards;
  const seen = new Set<string>();
  return guards.filter((guard) => {
    const key = `${guard.kind} ${guard.inStatement} ${guard.text}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** The first line of a text, short. */
export function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
