import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, hashOptions, noOptions, qualifiedName, truth, withTrailingHash } from './arguments.ts';
import { isColumnMethod, spellTableMethod, typeOfMethod } from './column-methods.ts';
import { columns, emitColumn } from './columns.ts';
import { constraints } from './constraints.ts';
import { foreignKeys } from './foreign-keys.ts';
import { libraryColumns } from './gems/columns.ts';
import { emitIndex, indexes } from './indexes.ts';
import { eachOf, hostFor, noteUnknownOptions, type Lowering } from './lowering.ts';
import { checkColumnOptions, checkIndexOptions, checkSpelling } from './options.ts';
import { references } from './references.ts';
import { runsBefore } from './version.ts';

/** `change_table`: every call on its block variable is the statement of the same meaning with the table in front. `bulk:` only joins them into one ALTER. */
export function changeTable(call: StatementCall, host: StatementHost): void {
  const [table] = call.args;
  if (!canBeName(table)) { host.opaque('the table is not known'); return; }
  checkSpelling(call, ['bulk'], host);
  if (!call.block) { host.opaque('"change_table" without a block changes nothing that can be read'); return; }
  host.runBlock(call.block, (inner) => {
    changeCall(inner.name === 'change_default' ? inner : withTrailingHash(inner), table, hostFor(inner, host));
    noteUnknownOptions(inner, host);
  });
}

function changeCall(call: StatementCall, table: Value, host: StatementHost): void {
  const step = steps.get(call.name);
  if (step) { step(call, table, host); return; }
  if (isColumnMethod(call.name)) {
    const names = eachOf(call.args, call, host);
    if (!names.length) { host.opaque(`"${call.verb}" is called without a column name`); return; }
    checkColumnOptions(call, host, true);
    for (const name of names) addColumn(table, name, typeOfMethod(call), call, host);
    return;
  }
  const added = libraryColumns(call, host);
  if (added) {
    for (const column of added) host.emit({ kind: 'add-column', table: qualifiedName(table), column, ifNotExists: false });
    return;
  }
  const suggestion = spellTableMethod(call.name, host);
  if (suggestion) host.problem({ kind: 'misspelled-call', call: call.verb, suggestion: call.verb.replace(call.name, suggestion), at: call.nameAt, statement: call.at });
  host.opaque(`"${call.verb}" is no method of the table that is known`);
}

type Step = (call: StatementCall, table: Value, host: StatementHost) => void;

/** The statement of that name with the table in front of the arguments. */
function as(name: string, lowering: Lowering | undefined): Step {
  return (call, table, host) => { lowering?.({ ...call, name, args: [table, ...call.args] }, host); };
}

/** The statement of that name once for each argument. */
function each(name: string, lowering: Lowering | undefined): Step {
  return (call, table, host) => {
    for (const argument of eachOf(call.args, call, host)) lowering?.({ ...call, name, args: [table, argument] }, host);
  };
}

const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['column', (call, table, host) => {
    const [name, type] = call.args;
    if (!canBeName(name) || !canBeName(type)) { host.opaque('the name or the type of the column is not known'); return; }
    checkColumnOptions(call, host, true);
    addColumn(table, name, type, call, host);
  }],
  ['primary_key', (call, table, host) => {
    const [name, type] = call.args;
    if (!canBeName(name)) { host.opaque('the name of the primary key is not known'); return; }
    emitColumn(table, name, canBeName(type) ? type : { type: 'symbol', name: 'primary_key', partial: false, at: call.nameAt }, call, host);
  }],
  ['index', as('add_index', indexes['add_index'])],
  ['remove_index', as('remove_index', indexes['remove_index'])],
  ['rename_index', as('rename_index', indexes['rename_index'])],
  ['enable_index', as('enable_index', indexes['enable_index'])],
  ['disable_index', as('disable_index', indexes['disable_index'])],
  ['timestamps', as('add_timestamps', columns['add_timestamps'])],
  ['remove_timestamps', as('remove_timestamps', columns['remove_timestamps'])],
  ['change', as('change_column', columns['change_column'])],
  ['change_default', as('change_column_default', columns['change_column_default'])],
  ['change_null', as('change_column_null', columns['change_column_null'])],
  ['remove', as('remove_columns', columns['remove_columns'])],
  ['remove_column', as('remove_columns', columns['remove_columns'])],
  ['remove_columns', as('remove_columns', columns['remove_columns'])],
  ['rename', as('rename_column', columns['rename_column'])],
  ['references', each('add_reference', references['add_reference'])],
  ['belongs_to', each('add_reference', references['add_reference'])],
  ['remove_references', each('remove_reference', references['remove_reference'])],
  ['remove_belongs_to', each('remove_reference', references['remove_reference'])],
  ['foreign_key', as('add_foreign_key', foreignKeys['add_foreign_key'])],
  ['remove_foreign_key', as('remove_foreign_key', foreignKeys['remove_foreign_key'])],
  ['check_constraint', as('add_check_constraint', constraints['add_check_constraint'])],
  ['remove_check_constraint', as('remove_check_constraint', constraints['remove_check_constraint'])],
  ['validate_check_constraint', as('validate_check_constraint', constraints['validate_check_constraint'])],
  ['validate_constraint', as('validate_constraint', constraints['validate_constraint'])],
  ['unique_constraint', as('add_unique_constraint', constraints['add_unique_constraint'])],
  ['unique_key', as('add_unique_constraint', constraints['add_unique_constraint'])],
  ['remove_unique_constraint', as('remove_unique_constraint', constraints['remove_unique_constraint'])],
  ['exclusion_constraint', as('add_exclusion_constraint', constraints['add_exclusion_constraint'])],
  ['remove_exclusion_constraint', as('remove_exclusion_constraint', constraints['remove_exclusion_constraint'])],
  ...['column_exists?', 'index_exists?', 'foreign_key_exists?', 'check_constraint_exists?', 'name'].map((name): [string, Step] => [name, () => undefined]),
]);

function addColumn(table: Value, name: Value, type: Value, call: StatementCall, host: StatementHost): void {
  emitColumn(table, name, type, call, host);
  const index = call.options.get('index');
  if (!index || truth(index.value) !== true) return;
  if (runsBefore(host, 6, 0)) {
    host.problem({ kind: 'ignored-option', call: call.verb, option: 'index', effect: 'Active Record before 6.0 ignores it in "change_table": no index is created.', instead: '"t.index"', at: index.at, statement: call.at });
    return;
  }
  const options = hashOptions(index.value) ?? noOptions;
  checkIndexOptions(call, options, host);
  emitIndex(table, name, options, host, { at: index.at });
}
