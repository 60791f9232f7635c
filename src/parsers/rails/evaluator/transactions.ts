import type { Value } from '../value.ts';
import { boolean, nil } from '../values/make.ts';
import { emit } from './emit.ts';
import { hasBlock, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { openTransaction, type Machine } from './machine.ts';

/** `transaction do`, `begin_db_transaction` and their kin; undefined for anything else. */
export function transactionCall(inv: Invocation): Value | undefined {
  const { machine } = inv;
  switch (inv.name) {
    case 'transaction':
    case 'with_transaction':
      return hasBlock(inv) ? inTransaction(machine, () => yieldTo(inv, [])) : undefined;
    case 'begin_db_transaction':
    case 'begin_transaction':
      if (machine.transaction === null) openTransaction(machine, 'begin');
      emit(machine, { kind: 'begin', isolation: null }, { at: inv.node, verb: verbOf(inv) });
      return nil(inv.node);
    case 'commit_db_transaction':
    case 'commit_transaction':
      emit(machine, { kind: 'commit' }, { at: inv.node, verb: verbOf(inv) });
      machine.transaction = null;
      return nil(inv.node);
    case 'rollback_db_transaction':
    case 'rollback_transaction':
      emit(machine, { kind: 'rollback' }, { at: inv.node, verb: verbOf(inv) });
      machine.transaction = null;
      return nil(inv.node);
    case 'transaction_open?':
      return boolean(machine.transaction !== null, inv.node);
    default:
      return undefined;
  }
}

/** Runs `work` in the transaction that is open, or in one of its own. */
export function inTransaction<T>(machine: Machine, work: () => T): T {
  if (machine.transaction !== null) return work();
  openTransaction(machine, 'block');
  try {
    return work();
  } finally {
    machine.transaction = null;
  }
}
