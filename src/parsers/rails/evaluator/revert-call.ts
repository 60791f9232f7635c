import type { Operation } from '../../../operations/index.ts';
import { definitionOf } from './constants.ts';
import type { Value } from '../value.ts';
import { nil } from '../values/make.ts';
import { findMethod } from './ancestors.ts';
import { emitOpaque } from './emit.ts';
import type { Owner } from './frame.ts';
import { hasBlock, textOf, yieldTo, type Invocation } from './invocation.ts';
import { within, type Machine } from './machine.ts';
import { inline } from './methods.ts';

/** `revert { }` and `revert OtherMigration`: what stands there is undone, last things first. */
export function revertCall(inv: Invocation): Value {
  const { machine } = inv;
  const inverted = !machine.context.inverted;
  if (hasBlock(inv)) undo(machine, () => within(machine, { inverted, reversing: false }, () => yieldTo(inv, [])));
  for (const migration of inv.args) {
    const definition = migration.type === 'constant' ? definitionOf(machine, inv.frame, migration.name) : null;
    if (!definition) {
      emitOpaque(machine, 'the migration to be reverted was not found', textOf(inv), { at: inv.node, verb: 'revert' });
      continue;
    }
    const self: Owner = { kind: 'migration', definition, variables: new Map() };
    const change = findMethod(machine, self, 'change');
    const down = findMethod(machine, self, 'down');
    const call: Invocation = { ...inv, args: [], closure: null, pass: null };
    if (change) undo(machine, () => within(machine, { inverted, reversing: false }, () => inline(call, change, self)));
    else if (down) within(machine, { reversing: false }, () => inline(call, down, self));
  }
  return nil(inv.node);
}

/** Runs `work` and turns round the order of its calls; what one call does stays in order. */
function undo(machine: Machine, work: () => void): void {
  const start = machine.operations.length;
  const known = machine.reversals.length;
  work();
  const bounds = new Set([start, ...machine.reversals.splice(known)]);
  const groups: Operation[][] = [];
  machine.operations.splice(start).forEach((operation, at) => {
    const last = groups.at(-1);
    if (last && !bounds.has(start + at)) last.push(operation);
    else groups.push([operation]);
  });
  machine.operations.push(...groups.reverse().flat());
}
