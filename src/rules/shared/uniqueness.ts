import type { IndexKey, Operation, QualifiedName } from '../../operations/index.ts';
import { indexColumns } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import type { Step } from '../rule.ts';
import { untouchedNewColumn, valueInOldRows } from './added-column.ts';
import { mayHoldRows } from './existing-rows.ts';
import type { Moment } from './history.ts';
import { allBefore, historyOf } from './history.ts';
import { listed } from './names.ts';
import { rowFixBefore } from './row-fix.ts';

/** A statement's claim that no two rows of a table are equal in some columns. */
export interface UniqueClaim {
  readonly operation: Operation;
  readonly what: 'unique index' | 'unique constraint' | 'primary key' | 'unique column';
  readonly name: string | null;
  readonly table: QualifiedName;
  readonly keys: readonly IndexKey[];
  /** The plain columns among the keys. */
  readonly columns: readonly string[];
  readonly where: string | null;
  readonly nullsNotDistinct: boolean;
  readonly concurrently: boolean;
}

/** The claim an operation makes on the rows of its table, or null. An index that exists already (USING INDEX) proves itself. */
export function uniqueClaim(operation: Operation): UniqueClaim | null {
  const base = { operation, name: null, where: null, nullsNotDistinct: false, concurrently: false };
  switch (operation.kind) {
    case 'create-index': {
      const { index } = operation;
      if (!index.unique || operation.only) return null;
      return { ...base, what: 'unique index', name: index.name, table: index.table, keys: index.keys, columns: indexColumns(index), where: index.where ?? null, nullsNotDistinct: index.nullsNotDistinct ?? false, concurrently: operation.concurrently };
    }
    case 'add-unique':
      return operation.usingIndex ? null : { ...base, what: 'unique constraint', name: operation.name, table: operation.table, ...keysOf(operation.columns), nullsNotDistinct: operation.nullsNotDistinct };
    case 'add-primary-key':
      return operation.usingIndex ? null : { ...base, what: 'primary key', table: operation.table, ...keysOf(operation.columns), nullsNotDistinct: true };
    case 'add-column':
      return operation.column.unique ? { ...base, what: 'unique column', table: operation.table, ...keysOf([operation.column.name]) } : null;
    default:
      return null;
  }
}

/** Whether equal rows can make the claim fail: `never`, `maybe`, or `surely` as soon as the table holds two rows. */
export function duplicateRisk(claim: UniqueClaim, step: Step, moment: Moment, zeroFilled: boolean): 'never' | 'maybe' | 'surely' {
  if (!mayHoldRows(step, moment) || wasUnique(claim, step, moment)) return 'never';
  const values = claim.keys.map((key) => {
    if (key.column === null) return 'unknown';
    const column = claim.operation.kind === 'add-column' ? claim.operation.column : untouchedNewColumn(claim.table, key.column, step, moment);
    return column ? valueInOldRows(column, zeroFilled) : 'unknown';
  });
  if (values.includes('own') || (values.includes('null') && !claim.nullsNotDistinct)) return 'never';
  const same = values.length > 0 && values.every((value) => value === 'same' || value === 'null');
  return same && claim.where === null ? 'surely' : 'maybe';
}

/** True when the rows were unique in these columns already, by an index or constraint that is still there or that this migration replaces. */
function wasUnique(claim: UniqueClaim, step: Step, moment: Moment): boolean {
  if (step.table && provesUnique(step.table, claim)) return true;
  const released = allBefore(historyOf(claim.table, moment.steps).released, moment).slice(-mostReleased);
  return released.some((at) => {
    const table = moment.steps[at]?.table;
    return table !== undefined && provesUnique(table, claim) && !rowFixBefore(claim.table, claim.columns, moment, at);
  });
}

/** How many dropped indexes are looked at: a migration that replaces more is generated, and each is expensive to compare. */
const mostReleased = 20;

function provesUnique(table: Table, claim: UniqueClaim): boolean {
  // Where a primary key meets NULL it fails as NOT NULL, not as unique.
  const nullsCollide = claim.nullsNotDistinct && claim.what !== 'primary key';
  const nonNull = (column: string) => table.primaryKey.includes(column) || table.columns.get(column)?.nullable === false;
  const within = (columns: readonly string[], nullsNotDistinct = false) =>
    columns.length > 0 && columns.every((column) => claim.keys.some((key) => key.column === column && key.length === undefined)) && (!nullsCollide || nullsNotDistinct || columns.every(nonNull));
  return within(table.primaryKey) || table.uniques.some(({ columns }) => within(columns)) || table.indexes.some((index) => {
    if (!index.unique) return false;
    if (index.where !== undefined && index.where !== claim.where) return false;
    if (nullsCollide && !index.nullsNotDistinct && !indexColumns(index).every(nonNull)) return false;
    return index.keys.length > 0 && index.keys.every((old) => claim.keys.some((key) => sameKey(old, key)));
  });
}

function sameKey(old: IndexKey, key: IndexKey): boolean {
  if (old.column !== key.column || (old.collation ?? null) !== (key.collation ?? null)) return false;
  if (key.length !== undefined && (old.length === undefined || old.length > key.length)) return false;
  return old.column !== null || squeeze(old.expression) === squeeze(key.expression);
}

function squeeze(expression: string | null): string {
  return (expression ?? '').toLowerCase().replace(/::\w+|[\s()"`]/g, '');
}

function keysOf(columns: readonly string[]): { keys: IndexKey[]; columns: readonly string[] } {
  return { columns, keys: columns.map((column) => ({ column, expression: null })) };
}

/** The claim with its name, as it stands in a sentence: `the unique index "index_users_on_email"`, `a primary key`. */
export function claimName(claim: UniqueClaim): string {
  const name = claim.name ?? (claim.operation.kind === 'add-column' ? claim.operation.column.name : null);
  return name === null ? `a ${claim.what}` : `the ${claim.what} "${name}"`;
}

/** The columns and expressions of the claim, for a sentence: `"account_id" and "email"`, with the condition of a partial index. */
export function claimKeys(claim: UniqueClaim): string {
  const keys = listed(claim.keys.map((key) => key.column ?? key.expression ?? ''));
  return claim.where === null ? keys : `${keys} (where ${claim.where})`;
}
