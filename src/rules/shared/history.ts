import type { QualifiedName } from '../../operations/index.ts';
import { printName, tableOf } from '../../operations/index.ts';
import type { Step } from '../rule.ts';
import { countBefore } from '../../source/search.ts';

/** A moment in the run of a migration: before the step of that number. */
export interface Moment {
  readonly steps: readonly Step[];
  readonly before: number;
}

/** The moment of a step's own handler: all steps so far. */
export function now({ steps }: { readonly steps: readonly Step[] }): Moment {
  return { steps, before: steps.length };
}

/** What a migration has done to one table so far, as numbers of steps in ascending order. */
export interface TableHistory {
  /** All rows were removed. */
  readonly emptied: number[];
  /** Rows that nobody who reads the migration knows were put in. */
  readonly filled: number[];
  /** A query that can stop the migration looked at it. */
  readonly checked: number[];
  /** Rows were changed or removed, by column; `''` for removals and changes whose columns are not known. */
  readonly written: Map<string, number[]>;
  /** Columns were added or got this name, another default or another type, by column. */
  readonly added: Map<string, number[]>;
  readonly defaults: Map<string, number[]>;
  readonly retyped: Map<string, number[]>;
  /** Indexes and constraints were dropped. */
  readonly released: number[];
}

interface History {
  readonly tables: Map<string, TableHistory>;
  /** How many steps are in it. */
  done: number;
}

const histories = new WeakMap<readonly Step[], History>();

/** The table's history; it may reach beyond the moment asked about, see `lastBefore`. Kept with the list of steps and continued as that grows. */
export function historyOf(table: QualifiedName, steps: readonly Step[]): TableHistory {
  const history = histories.get(steps) ?? { tables: new Map<string, TableHistory>(), done: 0 };
  histories.set(steps, history);
  for (; history.done < steps.length; history.done++) {
    const step = steps[history.done];
    if (step) record(step, history.done, (name) => tableIn(history, name));
  }
  return tableIn(history, table);
}

/** True when the step has happened at the moment, and no ROLLBACK has taken it back by then. */
export function isInForce({ undoneAt }: Step, { before }: Pick<Moment, 'before'>): boolean {
  return undoneAt === null || undoneAt >= before;
}

/** The steps so far that no ROLLBACK has taken back. */
export function inForce({ steps }: Pick<Moment, 'steps'>): readonly Step[] {
  const moment = { before: steps.length };
  return steps.every((step) => isInForce(step, moment)) ? steps : steps.filter((step) => isInForce(step, moment));
}

/** Those of the numbers that are steps in force at the moment. */
export function allBefore(numbers: readonly number[] | undefined, moment: Moment): readonly number[] {
  return numbers?.filter((at) => at < moment.before && moment.steps[at] !== undefined && isInForce(moment.steps[at], moment)) ?? [];
}

/** The last of the numbers that lies before the moment and is not rolled back by then, or -1. */
export function lastBefore(numbers: readonly number[] | undefined, moment: Moment): number {
  const { steps, before } = moment;
  let last = countBefore(numbers?.length ?? 0, (at) => (numbers?.[at] ?? 0) < before) - 1;
  for (; last >= 0; last--) {
    const at = numbers?.[last] ?? -1;
    const step = steps[at];
    if (step && isInForce(step, moment)) return at;
  }
  return -1;
}

function tableIn(history: History, name: QualifiedName): TableHistory {
  const key = printName(name);
  const known = history.tables.get(key);
  if (known) return known;
  const made: TableHistory = { emptied: [], filled: [], checked: [], written: new Map(), added: new Map(), defaults: new Map(), retyped: new Map(), released: [] };
  history.tables.set(key, made);
  return made;
}

function record({ operation, table: found }: Step, at: number, table: (name: QualifiedName) => TableHistory): void {
  const own = tableOf(operation) ?? found?.name;
  switch (operation.kind) {
    case 'truncate':
      for (const name of operation.certain ? operation.tables : []) table(name).emptied.push(at);
      return;
    case 'read-rows':
      for (const name of operation.check ? operation.tables : []) table(name).checked.push(at);
      return;
    case 'update-rows':
      for (const column of operation.columns.length === 0 ? [''] : operation.columns) append(table(operation.table).written, column, at);
      return;
    case 'delete-rows':
      append(table(operation.table).written, '', at);
      if (operation.certain && operation.scope === 'all') table(operation.table).emptied.push(at);
      return;
    case 'insert-rows':
      if (operation.fromQuery || operation.rows === null) table(operation.table).filled.push(at);
      return;
    case 'load-rows':
      table(operation.table).filled.push(at);
      return;
    case 'create-table':
      if (operation.fromQuery) table(operation.table).filled.push(at);
      return;
    case 'add-column':
      append(table(operation.table).added, operation.column.name, at);
      return;
    case 'rename-column':
      append(table(operation.table).added, operation.to, at);
      return;
    case 'set-default':
      append(table(operation.table).defaults, operation.column, at);
      return;
    case 'alter-column-type':
      append(table(operation.table).retyped, operation.column, at);
      return;
    case 'drop-index':
    case 'drop-constraint':
      if (own) table(own).released.push(at);
      return;
    default:
  }
}

function append(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list) list.push(at);
  else map.set(key, [at]);
}
