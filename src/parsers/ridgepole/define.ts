import type { Deed } from '../../operations/index.ts';
import type { StatementCall } from '../rails/call.ts';
import type { Machine } from '../rails/evaluator/machine.ts';
import type { StatementHost } from '../rails/host.ts';
import { canBeName, isDynamic, nameText, withTrailingHash } from '../rails/statements/arguments.ts';
import { lowerStatement } from '../rails/statements/lower.ts';
import type { Value } from '../rails/value.ts';
import type { DefinedConstraint, DefinedForeignKey, DefinedIndex, DefinedTable, WrittenAt } from './defined.ts';
import { definedColumn, definedConstraint, definedForeignKey, definedIndex, indexKey, plainOptions, renamedFromOf } from './parts.ts';
import { noteUnread, writtenAt } from './reading.ts';
import type { Reading } from './reading.ts';
import { tableCall } from './table-calls.ts';

const names: ReadonlySet<string> = new Set(['create_table', 'add_index', 'add_foreign_key', 'add_check_constraint', 'add_unique_constraint', 'add_exclusion_constraint']);

/** True for the calls that define something. */
export function isDefinition(name: string): boolean {
  return names.has(name);
}

/** Takes one call of a Schemafile into the definitions. */
export function define(given: StatementCall, host: StatementHost, machine: Machine, reading: Reading): void {
  const call = withTrailingHash(given);
  const [table, subject] = call.args;
  if (!canBeName(table) || isDynamic(table)) return noteUnread(reading, machine, 'the name of the table is not known', call);
  if (!call.optionsComplete) noteUnread(reading, machine, `some arguments of "${call.verb}" are not known`, call);
  if (call.name === 'create_table') return createTable(call, table, host, machine, reading);
  const written = writtenAt(machine, call.at);
  if (!subject) return noteUnread(reading, machine, `the arguments of "${call.verb}" are not known`, call);
  switch (call.name) {
    case 'add_index':
      return addIndex(reading, table, definedIndex(table, subject, call.options, written, host));
    case 'add_foreign_key':
      return addForeignKey(reading, table, definedForeignKey(table, subject, call.options, written, host));
    default:
      return addConstraint(reading, table, definedConstraint(call.name.split('_')[1] as DefinedConstraint['kind'], table, subject, call.options, written, host));
  }
}

function createTable(call: StatementCall, table: Value, host: StatementHost, machine: Machine, reading: Reading): void {
  const name = nameText(table);
  const written = writtenAt(machine, call.at);
  if (reading.definitions.tables.has(name)) {
    reading.definitions.refused.push({ what: 'twice', message: `The table "${name}" is defined twice.`, written });
    return;
  }
  const headEnd = table.at.start >= written.at.start && table.at.end <= written.at.end ? table.at.end : written.at.end;
  const unreadBefore = reading.definitions.unread.length;
  const columns: DefinedTable['columns'] = new Map();
  const defined: DefinedTable = {
    name, table, options: plainOptions(call.options, 'force'), renamedFrom: renamedFromOf(call.options), columns, indexes: [], foreignKeys: [], constraints: [],
    bare: bareTable(call, host), known: true, written, head: { start: written.at.start, end: headEnd },
  };
  reading.definitions.tables.set(name, defined);
  if (call.block) {
    host.runBlock(call.block, (inner) => {
      const place = writtenAt(machine, inner.at);
      // A part stands in its table's call, also when a helper of the file makes it.
      const at: WrittenAt = { ...place, statement: written.path === place.path ? written.statement : place.statement };
      if (!machine.context.certain) noteUnread(reading, machine, 'it is decided while Ridgepole runs', inner);
      tableCall(inner, at, {
        host, release: reading.release,
        column: (column, type, options, where, untyped) => void columns.set(column, definedColumn(column, type, options, where, host, untyped)),
        index: (on, options, where) => addIndex(reading, table, definedIndex(table, on, options, where, host)),
        foreignKey: (to, options, where) => addForeignKey(reading, table, definedForeignKey(table, to, options, where, host)),
        constraint: (kind, subject, options, where) => addConstraint(reading, table, definedConstraint(kind, table, subject, options, where, host)),
        unread: (reason, where) => noteUnread(reading, machine, reason, where),
      });
    });
  }
  const sure = reading.certain && machine.context.certain && call.optionsComplete && reading.definitions.unread.length === unreadBefore;
  if (!sure) reading.definitions.tables.set(name, { ...defined, known: false });
}

/** The table without what its block defines. */
function bareTable(call: StatementCall, host: StatementHost): Deed<'create-table'> | null {
  let bare: Deed<'create-table'> | null = null;
  const silent = (): void => undefined;
  const emit = (deed: Deed): void => {
    if (deed.kind === 'create-table') bare = deed;
  };
  lowerStatement({ ...call, block: null, options: plainOptions(call.options, 'force') }, { ...host, reversing: false, emit, problem: silent, opaque: silent });
  return bare;
}

function addIndex(reading: Reading, table: Value, index: DefinedIndex): void {
  attach(reading, table, index.written, 'An index', (defined) => {
    const key = index.named ? index.index.name : indexKey(index);
    const twice = defined.indexes.some((other) => other.named === index.named && (other.named ? other.index.name : indexKey(other)) === key);
    if (twice) reading.definitions.refused.push({ what: 'twice', message: `The index "${index.index.name ?? key ?? ''}" of "${defined.name}" is defined twice.`, written: index.written });
    else defined.indexes.push(index);
  });
}

function addForeignKey(reading: Reading, table: Value, key: DefinedForeignKey): void {
  attach(reading, table, key.written, 'A foreign key', (defined) => {
    const twice = defined.foreignKeys.some((other) => other.named === key.named && other.foreignKey.name === key.foreignKey.name);
    if (twice) reading.definitions.refused.push({ what: 'twice', message: `The foreign key "${key.foreignKey.name ?? ''}" of "${defined.name}" is defined twice.`, written: key.written });
    else defined.foreignKeys.push(key);
  });
}

function addConstraint(reading: Reading, table: Value, constraint: DefinedConstraint): void {
  attach(reading, table, constraint.written, 'A constraint', (defined) => {
    const at = defined.constraints.findIndex((other) => other.kind === constraint.kind && other.name === constraint.name);
    if (at >= 0) defined.constraints[at] = constraint;
    else defined.constraints.push(constraint);
  });
}

function attach(reading: Reading, table: Value, written: WrittenAt, what: string, add: (defined: DefinedTable) => void): void {
  const name = nameText(table);
  const now = reading.definitions.tables.get(name);
  if (now) return add(now);
  reading.pending.push({ table: name, written, what, attach: () => {
    const defined = reading.definitions.tables.get(name);
    if (defined) add(defined);
    return defined !== undefined;
  } });
}
