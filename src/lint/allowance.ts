import type { Allowance } from '../config/config.ts';
import type { Migration, Operation } from '../operations/index.ts';
import { printName, tableOf } from '../operations/index.ts';

/** Marks the operations that are allowed as assured by that: they are shown on request and fail no run. */
export function allowing(allowances: readonly Allowance[]): (migration: Migration) => Migration {
  if (allowances.length === 0) return (migration) => migration;
  return (migration) => ({ ...migration, operations: migration.operations.map((operation) => {
    const allowance = allowances.find(({ kind, object }) => kind === operation.kind && objectsOf(operation).includes(object));
    return allowance && !operation.assured ? { ...operation, assured: { by: `--allow ${allowance.kind}:${allowance.object}`, reason: null, at: operation.at } } : operation;
  }) });
}

/** What a person may call the object of an operation: `events`, `events.note`, `index_events_on_note`. */
function objectsOf(operation: Operation): string[] {
  const table = tableOf(operation);
  const name = table ? printName(table) : null;
  const own = 'column' in operation && operation.column !== null ? (typeof operation.column === 'string' ? operation.column : operation.column.name) : null;
  const named = operation.kind === 'create-index' ? operation.index.name : operation.kind === 'add-foreign-key' ? operation.foreignKey.name : operation.kind === 'add-check' ? operation.check.name
    : 'name' in operation && operation.name !== null && operation.name !== undefined ? (typeof operation.name === 'string' ? operation.name : printName(operation.name)) : null;
  if (own !== null) return name === null ? [own] : [`${name}.${own}`];
  return [...(name === null ? [] : [name]), ...(named === null ? [] : [named, ...(name === null ? [] : [`${name}.${named}`])])];
}
