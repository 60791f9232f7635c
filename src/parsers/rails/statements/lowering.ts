import type { Guard } from '../../../operations/index.ts';
import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { isOn, type Options } from './arguments.ts';

/** Turns one call into operations. The receiver's table, for `t.` calls, has been put in front of the arguments. */
export type Lowering = (call: StatementCall, host: StatementHost) => void;

/** Statements by name. */
export type LoweringTable = Readonly<Record<string, Lowering>>;

/** The guard that an option of the call puts on what it does; empty when the option is not on. */
export function guardedBy(call: Options, option: 'if_exists' | 'if_not_exists'): readonly Guard[] {
  if (!isOn(call, option)) return [];
  return [{ kind: option === 'if_exists' ? 'exists' : 'not-exists', text: option, inStatement: true }];
}

/** Says so when a splat may have added arguments or options that are not known; what is known has been lowered. */
export function noteUnknownOptions(call: StatementCall, host: StatementHost): void {
  if (!call.optionsComplete && !host.isSchemaFile) host.opaque(`some arguments of "${call.verb}" are computed while the migration runs`, call.at);
}

/** Arguments with lists taken apart (`t.remove %i[a b]`); says so when a list holds more than is known. */
export function eachOf(values: readonly Value[], call: StatementCall, host: StatementHost): readonly Value[] {
  if (values.some((value) => value.type === 'array' && !value.complete)) host.opaque(`a list given to "${call.verb}" is computed while the migration runs`, call.at);
  return values.flatMap((value) => (value.type === 'array' ? value.items : [value]));
}

/** A host for a call inside a table's block: what it emits stands at that call. */
export function hostFor(call: StatementCall, host: StatementHost): StatementHost {
  return {
    environment: host.environment,
    version: host.version,
    isSchemaFile: host.isSchemaFile,
    get reversing() { return host.reversing; },
    emit: (deed, at = call.at, guards) => { host.emit(deed, at, guards); },
    problem: (problem) => { host.problem(problem); },
    sql: (text, at) => { host.sql(text, at); },
    opaque: (reason, at = call.at) => { host.opaque(reason, at); },
    runBlock: (block, onCall) => { host.runBlock(block, onCall); },
  };
}
