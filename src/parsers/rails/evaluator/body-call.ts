import type { Value } from '../value.ts';
import { computed, nil } from '../values/make.ts';
import { adapterQuestion } from './connection-call.ts';
import { report } from './emit.ts';
import { hasBlock, unknownOf, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { kernelCall } from './kernel.ts';

/** Names that are statements inside a method but mean something else, or nothing that runs, in a class body. */
const classLevel = new Set(['private', 'include', 'extend', 'prepend', 'disable_ddl_transaction!', 'set_statement_timeout', 'uses_departure!', 'disable_departure!', 'milestone']);

/** Switches of gems for the bound on waiting for locks. */
const lockTimeouts = new Set(['set_lock_timeout', 'disable_lock_timeout!', 'enable_lock_retries!', 'disable_lock_retries!']);

/** A call in the body of the migration's class, or at the top of its file. */
export function bodyCall(inv: Invocation): Value {
  const { machine, name } = inv;
  if (name === 'disable_ddl_transaction!') {
    machine.transactionDisabledAt ??= machine.context.foreign ? machine.context.foreign.site : { start: inv.node.start, end: inv.node.end };
    return nil(inv.node);
  }
  if (lockTimeouts.has(name)) {
    machine.lockTimeout = { at: machine.context.foreign ? machine.context.foreign.site : { start: inv.node.start, end: inv.node.end }, verb: verbOf(inv), bounded: !name.startsWith('disable') };
    return nil(inv.node);
  }
  const decided = adapterQuestion(inv);
  if (decided) return decided;
  if (name === 'table_name_prefix' || name === 'table_name_suffix') return computed('', inv.node);
  if (!classLevel.has(name) && machine.bodyStatements && (name === 'execute' ? inv.args.length > 0 : machine.tables.isStatementName(name))) {
    report(machine, { kind: 'statement-outside-method', call: name, at: { start: inv.node.start, end: inv.node.end } });
    return nil(inv.node);
  }
  const known = kernelCall(inv);
  if (known) return known;
  return hasBlock(inv) && (name === 'safety_assured' || name === 'suppress_messages') ? yieldTo(inv, []) : unknownOf(inv);
}
