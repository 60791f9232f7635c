import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import { given, hashOptions } from './arguments.ts';
import { asksFor, runsBefore } from './version.ts';

/** Why a call cannot be undone, and what to write; null when Active Record can undo it. */
type Judge = (call: StatementCall, host: StatementHost) => Verdict | null;

interface Verdict {
  readonly message: string;
  /** A phrase for "Write ...". */
  readonly instead: string | null;
  readonly raises?: false;
}

const twoWays = '"up" and "down", or wrap it in "reversible"';

/** Reports a call of a `change` method that Active Record cannot undo, or would run forward again on the way back. */
export function reportIrreversible(call: StatementCall, host: StatementHost): void {
  if (!host.reversing || host.isSchemaFile) return;
  const judge = judges.get(call.name);
  const verdict = judge?.(call, host);
  if (verdict) host.problem({ kind: 'irreversible', call: call.verb, ...verdict, at: call.at, statement: call.at });
}

function needs(what: string, instead: string): Verdict {
  return { message: `Rails can undo it only when it is given ${what}.`, instead };
}

const never: Judge = () => ({ message: 'Rails does not know how to undo it.', instead: twoWays });

/** The recorder does not know the call and passes it on. */
const again: Verdict = { message: 'A rollback runs it once more instead of undoing it.', instead: twoWays, raises: false };

/** Active Record before these releases does not record the call, so that a rollback runs it forward once more. */
function recordedSince(...release: number[]): Judge {
  return (_call, host) => (runsBefore(host, ...release) ? again : null);
}

const fromAndTo: Judge = (call) => {
  const changes = hashOptions(call.args[call.name === 'change_table_comment' ? 1 : 2]);
  const has = (name: string): boolean => call.options.has(name) || changes?.options.has(name) === true;
  if ((has('from') && has('to')) || !call.optionsComplete || changes?.optionsComplete === false) return null;
  return needs('the old and the new value', '"from: ..., to: ..."');
};

const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['change_column', never],
  ['add_enum_value', (_call, host) => (runsBefore(host, 7, 1) ? again : { message: 'Postgres cannot remove a label from an enum.', instead: twoWays })],
  ['drop_table', (call) => {
    if (call.args.length > 1) return needs('a single table', 'one "drop_table" a table');
    return call.block || call.options.size > 0 || !call.optionsComplete ? null : needs('the table\'s definition', 'its columns in a block, as "create_table" has them');
  }],
  ['remove_column', (call) => (call.args.length < 3 && call.args.every(isPlain) ? needs('the column\'s type', 'the type (and the options) behind the column\'s name') : null)],
  ['remove_columns', (call, host) => {
    if (runsBefore(host, 6, 1)) return { message: 'Active Record before 6.1 does not know how to undo it.', instead: twoWays };
    return given(call, 'type') || !call.optionsComplete ? null : needs('the columns\' type', '"type: ...", or one "remove_column" with a type for each column');
  }],
  ['remove_index', (call, host) => {
    const positional = runsBefore(host, 5, 0) ? undefined : call.args[1];
    const columns = (positional && positional.type !== 'nil') || given(call, 'column');
    return columns || !call.optionsComplete ? null : needs('the index\'s columns', '"column: ..." next to the name');
  }],
  ['change_column_default', (call, host) => (runsBefore(host, 5, 0) ? never(call, host) : fromAndTo(call, host))],
  ['change_column_comment', (call, host) => (asksFor(host, 6, 0) ? fromAndTo(call, host) : null)],
  ['change_table_comment', (call, host) => (asksFor(host, 6, 0) ? fromAndTo(call, host) : null)],
  ['remove_foreign_key', (call, host) => {
    const to = call.args[1];
    if ((to && to.type !== 'nil') || !call.optionsComplete) return null;
    if (runsBefore(host, 6, 0)) return needs('the referenced table', 'the referenced table behind the table');
    return given(call, 'to_table') ? null : needs('the referenced table', '"to_table: ..."');
  }],
  ['remove_check_constraint', (call) => (call.args.length < 2 && call.args.every(isPlain) ? needs('the expression', 'the expression behind the table') : null)],
  ['remove_exclusion_constraint', (call) => (call.args.length < 2 && call.args.every(isPlain) ? needs('the expression', 'the expression behind the table') : null)],
  ['add_unique_constraint', (call) => (given(call, 'using_index') ? { message: 'Rails cannot undo it when it takes over an index.', instead: twoWays } : null)],
  ['remove_unique_constraint', (call) => {
    const columns = call.args[1];
    return columns && columns.type !== 'nil' ? null : needs('the columns', 'the columns behind the table');
  }],
  ['create_enum', recordedSince(7, 1)],
  ['drop_enum', (call, host) => {
    if (runsBefore(host, 7, 1)) return recordedSince(7, 1)(call, host);
    return call.args.length < 2 ? needs('the labels', 'the list of labels behind the name') : null;
  }],
  ['rename_enum', (call, host) => {
    if (runsBefore(host, 7, 1)) return recordedSince(7, 1)(call, host);
    return call.args.length < 2 && !given(call, 'to') && call.optionsComplete ? needs('the new name', 'both names') : null;
  }],
  ['rename_enum_value', (call, host) => {
    if (runsBefore(host, 7, 1)) return recordedSince(7, 1)(call, host);
    return call.optionsComplete && !(call.options.has('from') && call.options.has('to')) ? needs('the old and the new label', '"from: ..., to: ..."') : null;
  }],
  ['create_schema', recordedSince(8, 0)],
  ['drop_schema', recordedSince(8, 0)],
  ['rename_schema', () => again],
  ['create_virtual_table', recordedSince(8, 0)],
  ['drop_virtual_table', (call, host) => {
    if (runsBefore(host, 8, 0)) return recordedSince(8, 0)(call, host);
    return call.args.length < 3 ? needs('the module and its arguments', 'them behind the name') : null;
  }],
  ['enable_index', recordedSince(8, 1)],
  ['disable_index', recordedSince(8, 1)],
  ['add_exclusion_constraint', recordedSince(7, 1)],
]);

function isPlain(value: StatementCall['args'][number]): boolean {
  return value.type !== 'unknown';
}
