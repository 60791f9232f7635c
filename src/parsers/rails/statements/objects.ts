import type { StatementCall } from '../call.ts';
import type { StatementHost } from '../host.ts';
import type { Value } from '../value.ts';
import { canBeName, given, isOn, nameText, nameTexts, optionText, qualifiedName } from './arguments.ts';
import { eachOf, guardedBy, type LoweringTable } from './lowering.ts';
import { reportIrreversible } from './reversal.ts';
import { asksFor } from './version.ts';

/** Statements about extensions, enums, schemas, SQLite's virtual tables, and housekeeping of the connection. */
export const objects: LoweringTable = {
  enable_extension: (call, host) => {
    withName(call, host, (name) => { host.emit({ kind: 'create-extension', extension: lastPart(nameText(name)), ifNotExists: true }); });
  },
  disable_extension: (call, host) => {
    withName(call, host, (name) => {
      host.emit({ kind: 'drop-extension', extension: lastPart(nameText(name)), cascade: !asksFor(host, 7, 1) || optionText(call, 'force') === 'cascade' });
    });
  },
  create_enum: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      host.emit({ kind: 'create-enum', type: qualifiedName(name), values: call.args.slice(1).flatMap(nameTexts) });
    });
  },
  drop_enum: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      host.emit({ kind: 'drop-type', type: qualifiedName(name), ifExists: isOn(call, 'if_exists'), cascade: optionText(call, 'force') === 'cascade' || isOn(call, 'cascade') }, undefined, guardedBy(call, 'if_exists'));
    });
  },
  rename_enum: (call, host) => {
    withName(call, host, (name) => {
      const to = canBeName(call.args[1]) ? call.args[1] : given(call, 'to');
      if (!to) { host.opaque('the enum\'s new name is not known'); return; }
      reportIrreversible(call, host);
      host.emit({ kind: 'rename-type', type: qualifiedName(name), to: nameText(to) });
    });
  },
  add_enum_value: (call, host) => {
    const [type, value] = call.args;
    if (!canBeName(type) || !canBeName(value)) { host.opaque('the enum or its new label is not known'); return; }
    reportIrreversible(call, host);
    host.emit({ kind: 'add-enum-value', type: qualifiedName(type), value: nameText(value), ifNotExists: isOn(call, 'if_not_exists'), before: optionText(call, 'before'), after: optionText(call, 'after') }, undefined, guardedBy(call, 'if_not_exists'));
  },
  rename_enum_value: (call, host) => {
    const [type, first, second] = call.args;
    const from = given(call, 'from') ?? first;
    const to = given(call, 'to') ?? second;
    if (!canBeName(type) || !canBeName(from) || !canBeName(to)) { host.opaque('the enum or its labels are not known'); return; }
    reportIrreversible(call, host);
    host.emit({ kind: 'rename-enum-value', type: qualifiedName(type), value: nameText(from), to: nameText(to) });
  },
  create_schema: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      if (isOn(call, 'force')) host.emit({ kind: 'drop-schema', schema: nameText(name), ifExists: true, cascade: true }, call.options.get('force')?.at);
      host.emit({ kind: 'create-schema', schema: nameText(name), ifNotExists: isOn(call, 'if_not_exists') }, undefined, guardedBy(call, 'if_not_exists'));
    });
  },
  drop_schema: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      host.emit({ kind: 'drop-schema', schema: nameText(name), ifExists: isOn(call, 'if_exists'), cascade: true }, undefined, guardedBy(call, 'if_exists'));
    });
  },
  rename_schema: (call, host) => {
    const [name, to] = call.args;
    if (!canBeName(name) || !canBeName(to)) { host.opaque('it is not known which schema is renamed'); return; }
    reportIrreversible(call, host);
    host.emit({ kind: 'rename-schema', schema: nameText(name), to: nameText(to) });
  },
  create_virtual_table: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      const [, module, ...values] = call.args;
      host.emit({
        kind: 'create-table', table: qualifiedName(name), columns: [], primaryKey: [], indexes: [], foreignKeys: [], checks: [], constraints: [], ifNotExists: true, force: false,
        temporary: false, unlogged: false, fromQuery: false, like: null, inherits: [], partitionBy: null, partitionOf: null,
        options: `USING ${module ? nameText(module) : ''}(${values.flatMap(nameTexts).join(', ')})`, comment: null,
      });
    });
  },
  drop_virtual_table: (call, host) => {
    withName(call, host, (name) => {
      reportIrreversible(call, host);
      host.emit({ kind: 'drop-table', table: qualifiedName(name), ifExists: false, cascade: false });
    });
  },
  truncate,
  truncate_tables: truncate,
  create_sequence: (call, host) => { withName(call, host, (name) => { host.emit({ kind: 'create-sequence', sequence: qualifiedName(name) }); }); },
  drop_sequence: (call, host) => { withName(call, host, (name) => { host.emit({ kind: 'drop-sequence', sequence: qualifiedName(name), ifExists: isOn(call, 'if_exists'), cascade: false }); }); },
  ...Object.fromEntries([
    'assume_migrated_upto_version', 'initialize_schema_migrations_table', 'initialize_internal_metadata_table', 'dump_schema_information', 'set_pk_sequence!', 'reset_pk_sequence!',
    'reset_sequence!', 'set_constraints', 'stop!', 'reload_type_map',
  ].map((name) => [name, (call: StatementCall, host: StatementHost) => { host.emit({ kind: 'other', text: call.verb }); }])),
};

function withName(call: StatementCall, host: StatementHost, then: (name: Value) => void): void {
  const [name] = call.args;
  if (canBeName(name)) then(name);
  else host.opaque(`"${call.verb}" is called without a name that is known`);
}

function truncate(call: StatementCall, host: StatementHost): void {
  const names = eachOf(call.name === 'truncate' ? call.args.slice(0, 1) : call.args, call, host);
  if (!names.length || !names.every(canBeName)) { host.opaque('it is not known which table is truncated'); return; }
  host.emit({ kind: 'truncate', tables: names.map(qualifiedName), cascade: false });
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
