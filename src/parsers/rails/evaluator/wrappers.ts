import { literalText, type Value } from '../value.ts';
import { boolean, nil, symbol } from '../values/make.ts';
import { special } from '../values/special.ts';
import { assure } from './assurance.ts';
import { emit, someTime } from './emit.ts';
import { hasBlock, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { within } from './machine.ts';
import { revertCall } from './revert-call.ts';
import { inTransaction } from './transactions.ts';

/** Methods that only run their block. */
const transparent = new Set(`
  say_with_time suppress_messages disable_statement_timeout without_statement_timeout without_lock_timeout without_timeout with_statement_timeout with_timeout adjust_statement_timeout
  no_touching without_timestamps uncached with_default_timezone say_and_time benchmark measure silence with_suppressed_restriction_exceptions allow_cross_joins_across_databases restrict_gitlab_migration
`.trim().split(/\s+/));

/** Methods of a migration that only print. */
const silent = new Set(['say', 'announce', 'write', 'verbose', 'verbose=', 'copy']);

/** Calls of a migration that decide how the code in them runs. Undefined for anything else. */
export function wrapperCall(inv: Invocation): Value | undefined {
  const { machine, name } = inv;
  if (silent.has(name)) return nil(inv.node);
  if (transparent.has(name) && hasBlock(inv)) return yieldTo(inv, []);
  switch (name) {
    case 'safety_assured':
      return hasBlock(inv) ? assure(inv) : nil(inv.node);
    case 'reversible':
      return yieldTo(inv, [special({ kind: 'direction' }, 'direction', inv.node, inv.node)]);
    case 'up_only':
      return machine.context.inverted ? nil(inv.node) : within(machine, { reversing: false }, () => yieldTo(inv, []));
    case 'revert':
      return revertCall(inv);
    case 'with_lock_retries':
      return hasBlock(inv) ? inTransaction(machine, () => withLockTimeout(inv, true)) : undefined;
    case 'with_retries':
      return hasBlock(inv) ? inTransaction(machine, () => yieldTo(inv, [])) : undefined;
    case 'with_lock_timeout':
    case 'adjust_lock_timeout':
      return hasBlock(inv) ? withLockTimeout(inv, false) : undefined;
    case 'reverting?':
      return boolean(machine.context.inverted || machine.context.direction === 'down', inv.node);
    case 'direction':
      return symbol(machine.context.direction, inv.node);
    case 'instance_exec':
    case 'instance_eval':
      return hasBlock(inv) ? yieldTo(inv, inv.args) : undefined;
    case 'with_options': {
      const options = inv.args.at(-1);
      const self = special({ kind: 'migration' }, 'self', inv.node, inv.node);
      return options?.type === 'hash' && hasBlock(inv) ? yieldTo(inv, [special({ kind: 'options', target: self, options }, 'with_options', inv.node, inv.node)]) : undefined;
    }
    case 'disable_ddl_transaction':
    case 'disable_ddl_transaction!':
      return nil(inv.node);
    default:
      return undefined;
  }
}

/** Helpers that bound how long the statements of their block wait for locks: told as the setting, to the end of the transaction or of the block. */
function withLockTimeout(inv: Invocation, local: boolean): Value {
  const { machine, node } = inv;
  const limit = inv.args[0];
  const set = (value: string | null) => {
    if (!machine.context.inverted) emit(machine, { kind: 'set-setting', name: 'lock_timeout', value, local }, { at: node, verb: verbOf(inv) });
  };
  set(limit?.type === 'number' ? `${limit.value}s` : (limit && literalText(limit)) ?? someTime);
  const result = yieldTo(inv, []);
  if (!local) set(null);
  return result;
}

/** `dir.up { }` and `dir.down { }` inside `reversible`. */
export function directionCall(inv: Invocation): Value | undefined {
  const { machine } = inv;
  if (inv.name !== 'up' && inv.name !== 'down') return undefined;
  const runs = machine.context.inverted ? 'down' : 'up';
  if (inv.name !== runs) {
    return nil(inv.node);
  }
  return within(machine, { reversing: false, inverted: false }, () => yieldTo(inv, []));
}
