import type { StatementCall } from '../../call.ts';
import type { StatementHost } from '../../host.ts';
import { canBeName, given, hashOptions, isOn, nameText, optionText, qualifiedName, truth } from '../arguments.ts';
import type { LoweringTable } from '../lowering.ts';

/** Views of scenic, functions and triggers of fx. Their SQL lies in files of their own (`db/views/name_v01.sql`) and is not read here. */
export const views: LoweringTable = {
  create_view: (call, host) => { create(call, host, false); },
  replace_view: (call, host) => {
    needsRevert(call, host);
    create(call, host, true);
  },
  update_view: (call, host) => {
    needsRevert(call, host);
    drop(call, host);
    create(call, host, false);
  },
  drop_view: (call, host) => {
    needsRevert(call, host);
    drop(call, host);
  },
  refresh_materialized_view: (call, host) => {
    const [name] = call.args;
    if (!canBeName(name)) { host.opaque('the name of the view is not known'); return; }
    host.emit({ kind: 'refresh-materialized-view', view: qualifiedName(name), concurrently: isOn(call, 'concurrently') });
    if (isOn(call, 'cascade')) host.opaque('the materialized views that it reads are refreshed before it');
  },
  create_function: (call, host) => { createFunction(call, host); },
  update_function: (call, host) => {
    needsRevert(call, host);
    createFunction(call, host);
  },
  drop_function: (call, host) => {
    const [name] = call.args;
    if (!canBeName(name)) { host.opaque('the name of the function is not known'); return; }
    needsRevert(call, host);
    host.emit({ kind: 'drop-function', function: qualifiedName(name), ifExists: isOn(call, 'if_exists'), cascade: false });
  },
  create_trigger: (call, host) => { createTrigger(call, host); },
  update_trigger: (call, host) => {
    needsRevert(call, host);
    dropTrigger(call, host);
    createTrigger(call, host);
  },
  drop_trigger: (call, host) => {
    if (given(call, 'on')) needsRevert(call, host);
    dropTrigger(call, host);
  },
};

function create(call: StatementCall, host: StatementHost, replace: boolean): void {
  const [name, text] = call.args;
  if (!canBeName(name)) { host.opaque('the name of the view is not known'); return; }
  const definition = given(call, 'sql_definition') ?? (text?.type === 'string' ? text : undefined);
  host.emit({ kind: 'create-view', view: qualifiedName(name), materialized: isMaterialized(call), replace, query: definition ? nameText(definition) : null, reads: [] });
}

function drop(call: StatementCall, host: StatementHost): void {
  const [name] = call.args;
  if (!canBeName(name)) { host.opaque('the name of the view is not known'); return; }
  host.emit({ kind: 'drop-view', view: qualifiedName(name), materialized: isMaterialized(call), ifExists: isOn(call, 'if_exists'), cascade: isOn(call, 'cascade') || optionText(call, 'force') === 'cascade' });
}

/** `materialized: true`, or a hash of how (`{ side_by_side: true }`). */
function isMaterialized(call: StatementCall): boolean {
  const value = given(call, 'materialized');
  return value !== undefined && (hashOptions(value) !== null || truth(value) === true);
}

function createFunction(call: StatementCall, host: StatementHost): void {
  const [name] = call.args;
  if (!canBeName(name)) { host.opaque('the name of the function is not known'); return; }
  const definition = given(call, 'sql_definition');
  if (definition?.type === 'string') { host.sql(definition.text, call.at); return; }
  host.emit({ kind: 'create-function', function: qualifiedName(name), replace: true, volatility: 'volatile', language: null });
}

function createTrigger(call: StatementCall, host: StatementHost): void {
  const [name] = call.args;
  const table = given(call, 'on');
  const definition = given(call, 'sql_definition');
  if (definition?.type === 'string') { host.sql(definition.text, call.at); return; }
  if (!canBeName(name) || !table) { host.opaque('the trigger is built by code that is not read'); return; }
  host.emit({ kind: 'create-trigger', table: qualifiedName(table), name: nameText(name), function: null, events: [] });
}

/** fx names the table with `on:`, hair_trigger as the second argument. */
function dropTrigger(call: StatementCall, host: StatementHost): void {
  const [name, second] = call.args;
  const table = given(call, 'on') ?? (canBeName(second) ? second : undefined);
  if (!canBeName(name)) { host.opaque('the name of the trigger is not known'); return; }
  host.emit({ kind: 'drop-trigger', table: table ? qualifiedName(table) : null, name: nameText(name), ifExists: isOn(call, 'if_exists') });
}

/** scenic and fx go back to the version that `revert_to_version:` names. */
function needsRevert(call: StatementCall, host: StatementHost): void {
  if (!host.reversing || host.isSchemaFile || !call.optionsComplete || given(call, 'revert_to_version')) return;
  host.problem({ kind: 'irreversible', call: call.verb, message: 'It can be undone only when it is given the version to go back to.', instead: '"revert_to_version: ..."', at: call.at, statement: call.at });
}
