import type { Value } from '../value.ts';
import { truth } from '../values/inspect.ts';
import { boolean, nil } from '../values/make.ts';
import { emit } from './emit.ts';
import { hasBlock, optionsOf, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { limits, openTransaction, sourceText, type Machine } from './machine.ts';

/** `transaction do`, `begin_db_transaction` and their kin; undefined for anything else. */
export function transactionCall(inv: Invocation): Value | undefined {
  const { machine } = inv;
  switch (inv.name) {
    case 'transaction':
    case 'with_transaction':
      return hasBlock(inv) ? transactionBlock(inv) : undefined;
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

/**
 * A block that is a transaction, joins the one around it, or (`requires_new: true`) is a savepoint in it. It swallows `raise ActiveRecord::Rollback`: a transaction and a savepoint are rolled back,
 * while a block that joins takes nothing back, and what comes after it runs (Active Record, `ConnectionAdapters::DatabaseStatements#transaction`).
 */
function transactionBlock(inv: Invocation): Value {
  const { machine, frame, node } = inv;
  const inner = machine.transaction !== null;
  const asked = optionsOf(inv).get('requires_new');
  const isNew = asked !== undefined && truth(asked) === true;
  const spot = { at: node, verb: verbOf(inv) };
  const mayRollBack = sourceText(frame.file, node, limits.text).includes('Rollback');
  // Only a savepoint that may be gone back to matters.
  const savepoint = inner && isNew && mayRollBack ? `active_record_${node.start}` : null;
  return inTransaction(machine, () => {
    if (savepoint !== null) emit(machine, { kind: 'savepoint', name: savepoint }, spot);
    const value = yieldTo(inv, []);
    const isRolledBack = machine.jump?.rollsBack === true;
    if (isRolledBack) machine.jump = null;
    if (savepoint !== null) emit(machine, { kind: isRolledBack ? 'rollback-to-savepoint' : 'release-savepoint', name: savepoint }, spot);
    else if (mayRollBack && !inner) emit(machine, { kind: 'rollback' }, { ...spot, uncertain: !isRolledBack });
    return value;
  });
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
