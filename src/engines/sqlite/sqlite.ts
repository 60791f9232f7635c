import { fillsRows, indexColumns, tableOf } from '../../operations/index.ts';
import type { Engine, Operation, OperationOf } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { noEffect } from '../effect.ts';
import type { Assumption, Cost, Effect } from '../effect.ts';
import { sqliteRefusal } from './refusals.ts';

const manual = 'https://www.sqlite.org/';

/** What SQLite cannot alter: frameworks copy the table into one with the new definition. */
const copied = new Set<Operation['kind']>([
  'alter-column-type', 'set-not-null', 'drop-not-null', 'set-default', 'add-foreign-key', 'add-check', 'add-unique', 'add-primary-key', 'drop-constraint',
]);

const costs = new Map<Operation['kind'], Cost>([
  ['create-index', 'index-build'], ['drop-column', 'rewrite'], ['insert-rows', 'rows'], ['update-rows', 'rows'], ['delete-rows', 'rows'], ['load-rows', 'rows'], ['truncate', 'rows'],
  ['vacuum', 'rewrite'], ['reindex', 'index-build'],
]);

const unlocked = new Set<Operation['kind']>(['begin', 'commit', 'rollback', 'savepoint', 'rollback-to-savepoint', 'release-savepoint', 'set-setting', 'use-model', 'reset-column-information', 'other', 'read-rows', 'opaque']);

/**
 * What an operation does on SQLite. One writer at a time holds the whole database file, so the lock is told on the target only, and as one that stops
 * writers; readers go on with a write-ahead log and are not told as blocked.
 */
export function sqliteEffect(operation: Operation, schema: Schema, engine: Engine): Effect {
  if (operation.kind === 'opaque') return { ...noEffect, unsure: 'what it does could not be read' };
  const table = tableOf(operation);
  if (unlocked.has(operation.kind) || table === null) return noEffect;
  const refused = sqliteRefusal(operation, schema, engine);
  if (refused) return { ...noEffect, refused, source: `${manual}lang_altertable.html` };
  const rewrites = copied.has(operation.kind) || operation.kind === 'drop-column';
  const cost = rewrites ? 'rewrite' : (costs.get(operation.kind) ?? 'constant');
  return {
    ...noEffect,
    locks: [{ table, mode: 'EXCLUSIVE', blocks: { reads: false, writes: true }, cost, role: 'target' }],
    cost,
    rewrites,
    rebuildsIndexes: copied.has(operation.kind) ? 'all' : 'none',
    inTransaction: operation.kind === 'vacuum' ? 'forbidden' : 'allowed',
    assumes: assumptions(operation, schema),
    source: `${manual}lang_altertable.html`,
  };
}

function assumptions(operation: Operation, schema: Schema): Assumption[] {
  switch (operation.kind) {
    case 'create-index':
      return operation.index.unique ? [{ of: 'unique', table: operation.index.table, columns: indexColumns(operation.index), error: 'SQLITE_CONSTRAINT_UNIQUE' }] : [];
    case 'add-unique':
      return [{ of: 'unique', table: operation.table, columns: operation.columns, error: 'SQLITE_CONSTRAINT_UNIQUE' }];
    case 'set-not-null':
      return schema.table(operation.table)?.columns.get(operation.column)?.nullable === false || operation.fill.kind !== 'none'
        ? [] : [{ of: 'not-null', table: operation.table, columns: [operation.column], error: 'SQLITE_CONSTRAINT_NOTNULL' }];
    case 'add-column':
      return addColumnAssumptions(operation);
    case 'add-check':
      return [{ of: 'check', table: operation.table, columns: [], error: 'SQLITE_CONSTRAINT_CHECK' }];
    default:
      return [];
  }
}

/** ADD COLUMN writes no row: what would need a value of its own in each is refused as soon as there is one. Rails copies the table for NOT NULL alone. */
function addColumnAssumptions({ table, column, language }: OperationOf<'add-column'>): Assumption[] {
  const found: Assumption[] = [];
  const computed = language === 'sql' && (column.default.kind === 'expression' || column.generated?.stored === true);
  const empty = (!column.nullable && !fillsRows(column)) || computed;
  if (empty) found.push({ of: 'empty', table, columns: [column.name], error: 'SQLITE_ERROR' });
  if (column.check && fillsRows(column) && !empty) found.push({ of: 'check', table, columns: [column.name], error: 'SQLITE_ERROR' });
  return found;
}
