import type { Operation } from '../../../operations/index.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { contains } from '../../../source/span.ts';
import type { Value } from '../value.ts';
import { roleIs } from '../values/special.ts';
import type { Machine } from './machine.ts';

/** Marks the queries a condition rests on: their result can stop the migration. */
export function markChecks(machine: Machine, condition: RubyNode, value: Value): void {
  const places = new Set(readsOf(value));
  machine.operations.forEach((operation, place) => {
    if (operation.kind !== 'read-rows' || operation.check) return;
    if (places.has(place) || contains(condition, operation.at)) machine.operations[place] = { ...operation, check: true } satisfies Operation;
  });
}

/** The queries a value comes from. */
function readsOf(value: Value | undefined): readonly number[] {
  return roleIs(value, 'result')?.reads ?? [];
}
