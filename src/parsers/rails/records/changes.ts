import type { BatchMode, Deed } from '../../../operations/index.ts';
import { emit, firstLine, report } from '../evaluator/emit.ts';
import { textOf, verbOf, type Invocation } from '../evaluator/invocation.ts';
import type { Value } from '../value.ts';
import { predicate } from './conditions.ts';
import { printModel } from './model.ts';
import type { Relation } from './relation.ts';
import { assignedNulls, assignedTexts } from './texts.ts';

/** How rows are reached. */
export type Way = 'statement' | 'records' | 'batches';

/** Adds a change of the rows; `stored` are the values that it stores, as far as they are written there. */
export function changeRows(inv: Invocation, relation: Relation, columns: readonly string[], way: Way, stored: readonly Value[] = []): void {
  add(inv, relation, {
    kind: 'update-rows', table: relation.table, columns: [...new Set(columns)], scope: relation.scope, where: predicate(relation), mode: modeOf(inv, relation, way),
    ...assignedTexts(inv, stored), ...assignedNulls(inv, stored),
  });
}

/** Adds a deletion of the rows. */
export function deleteRows(inv: Invocation, relation: Relation, way: Way): void {
  add(inv, relation, { kind: 'delete-rows', table: relation.table, scope: relation.scope, where: predicate(relation), mode: modeOf(inv, relation, way) });
}

/** Adds new rows; `rows` null when their number is not known. */
export function addRows(inv: Invocation, relation: Relation, columns: readonly string[], rows: number | null, stored: readonly Value[] = []): void {
  const { loop } = inv.machine.context;
  add(inv, relation, {
    kind: 'insert-rows', table: relation.table, columns: [...new Set(columns)], rows: loop ? null : rows, fromQuery: false, reads: [],
    mode: { by: loop?.by ?? 'statement', batchedRead: loop?.batchedRead ?? false, model: printModel(inv.machine, relation.constant) },
    ...assignedTexts(inv, stored),
  });
}

/** Adds a query whose rows are only read; gives its place in the list. */
export function readRows(inv: Invocation, relation: Relation): number {
  if (!relation.sure) return -1;
  return emit(inv.machine, { kind: 'read-rows', tables: [relation.table], check: false, text: firstLine(textOf(inv)) }, { at: inv.node, verb: verbOf(inv) });
}

function add(inv: Invocation, relation: Relation, deed: Deed): void {
  const { machine } = inv;
  if (machine.context.reversing && !machine.context.inverted) {
    report(machine, {
      kind: 'irreversible',
      call: `${printModel(inv.machine, relation.constant)}.${inv.name}`,
      message: `The data change "${inv.name}" in "change" runs again when the migration is rolled back.`,
      instead: 'up_only',
      at: { start: inv.nameAt.start, end: inv.nameAt.end },
    });
  }
  emit(machine, deed, { at: inv.node, verb: verbOf(inv) });
}

function modeOf(inv: Invocation, relation: Relation, way: Way): BatchMode {
  const { loop } = inv.machine.context;
  const model = printModel(inv.machine, relation.constant);
  if (relation.form === 'batches') return { by: way, batchedRead: true, model };
  if (relation.walk) return { by: way === 'records' ? 'records' : relation.walk.by, batchedRead: relation.walk.batchedRead, model };
  if (loop && relation.scope !== 'all') return { by: way === 'records' ? 'records' : loop.by, batchedRead: loop.batchedRead, model };
  return { by: way, batchedRead: false, model };
}

/** How many rows the arguments of `create!`, `insert_all` and the like hold, and which columns they fill. */
export function rowsIn(args: readonly Value[]): { rows: number | null; columns: string[] } {
  const [first] = args;
  if (!first) return { rows: 1, columns: [] };
  if (first.type === 'hash') return { rows: 1, columns: keysOf(first) };
  if (first.type === 'array') return { rows: first.complete ? first.items.length : null, columns: first.items.flatMap((item) => (item.type === 'hash' ? keysOf(item) : [])) };
  return { rows: null, columns: [] };
}

function keysOf(value: Extract<Value, { type: 'hash' }>): string[] {
  return value.entries.flatMap(([key]) => (key.type === 'symbol' && !key.partial ? [key.name] : key.type === 'string' && !key.partial ? [key.text.text] : []));
}
