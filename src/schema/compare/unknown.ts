import { isSchemaChange, printName, qualified, tableOf } from '../../operations/index.ts';
import type { Operation, QualifiedName } from '../../operations/index.ts';
import type { Unknown } from './difference.ts';

/**
 * What cannot be told of a schema after these operations: the tables that a statement which is not read, or which runs on a condition only, works on; everything, when it is not
 * known on which table that is.
 */
export function unknownAfter(operations: readonly Operation[]): Unknown {
  const tables = new Set<string>();
  let all = false;
  const cloud = (name: QualifiedName | null) => {
    if (name === null || name.dynamic) all = true;
    else tables.add(printName(name));
  };
  for (const [at, operation] of operations.entries()) {
    if (operation.kind === 'opaque') cloud(targetOf(operation, operations, at));
    else if (operation.kind === 'attach-partition') cloud(operation.partition);
    else if (operation.kind === 'create-table' && operation.like !== null) cloud(operation.table);
    else if (operation.kind === 'set-setting' && /search_path/i.test(operation.name)) all = true;
    else if (isSchemaChange(operation) && makesTables(operation)) {
      const isVague = !operation.certain || operation.guards.some(({ inStatement }) => !inStatement);
      const name = tableOf(operation);
      if (name?.dynamic) all = true;
      else if (isVague) cloud(name);
      if (operation.kind === 'rename-table' && tables.has(printName(operation.table))) tables.add(printName(operation.to));
    }
  }
  return { all, tables };
}

/** Two accounts of what is unknown, taken together. */
export function unknownInEither(a: Unknown, b: Unknown): Unknown {
  return { all: a.all || b.all, tables: new Set([...a.tables, ...b.tables]) };
}

/** What of a dump is not read: the tables of the statements about tables that are not understood. All else in it makes no table. */
export function unknownInDump(operations: readonly Operation[]): Unknown {
  const tables = new Set<string>();
  let all = false;
  for (const [at, operation] of operations.entries()) {
    if (operation.kind !== 'opaque') continue;
    const name = targetOf(operation, operations, at);
    if (name !== null && !name.dynamic) tables.add(printName(name));
    else if (operation.rest || makesTable.test(operation.text)) all = true;
  }
  return { all, tables };
}

const makesTable = /^\s*(create\s+(unlogged\s+|foreign\s+)?table|create_table|create\s+(unique\s+)?index|add_index)\b/i;

/** True when the operation can change a table, or the indexes and constraints of one. */
function makesTables({ kind }: Operation): boolean {
  return !/view|function|trigger|sequence|extension|policy|security|grant|revoke|enum|domain/.test(kind);
}

/** The table that a statement which is not read surely works on: that of the statement it is part of, or the one its first words name. */
function targetOf(opaque: Extract<Operation, { kind: 'opaque' }>, operations: readonly Operation[], at: number): QualifiedName | null {
  if (opaque.rest) return null;
  const { start, end } = opaque.statement;
  const whole = [operations[at - 1], operations[at + 1]].find((other) => other && other.kind !== 'opaque' && other.statement.start === start && other.statement.end === end);
  const around = whole ? tableOf(whole) : null;
  if (around !== null) return around;
  const ruby = /^(?:add|remove|rename|change)_(?:column|columns|index|reference|belongs_to|timestamps|foreign_key|check_constraint|unique_constraint|exclusion_constraint|table)(?:_default|_null|_comment)?[ (]+(?::(\w+)|["']([\w.]+)["'])\s*(?:,|\)|do\b|$)/.exec(opaque.text);
  const sql = /^\s*alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?public"?\.)?(?:"([^"]+)"|`([^`]+)`|(\w+))\s/i.exec(opaque.text);
  const name = ruby?.[1] ?? ruby?.[2] ?? sql?.[1] ?? sql?.[2] ?? sql?.[3]?.toLowerCase();
  if (name === undefined) return null;
  const [first = '', second] = name.split('.');
  return second === undefined ? qualified(first) : qualified(second, first);
}
