import { indexColumns, olderThan, printName } from '../../operations/index.ts';
import type { Check, ForeignKey, OperationOf } from '../../operations/index.ts';
import { meansCheck, meansForeignKey } from '../../schema/fold/constraints.ts';
import type { Table } from '../../schema/table.ts';
import type { Assumption, Effect, Refusal } from '../effect.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Particulars, Situation } from './claim.ts';
import { constraintClaims } from './claims.ts';
import { keyParents } from './columns.ts';
import { keyDependents, lockedWith, takenAlong } from './dependents.ts';
import { provesNotNull } from './not-null-proof.ts';
import { refusedForeignKey } from './foreign-key.ts';
import { refusedOnPartitioned } from './partitioned.ts';

/** ADD FOREIGN KEY. */
export function addForeignKeyEffect(operation: OperationOf<'add-foreign-key'>, at: Situation): Effect {
  const { table, foreignKey: key } = operation;
  const parents = printName(key.references) === printName(table) ? [] : [key.references];
  return effectOfClaim(key.validated ? constraintClaims.foreignKey : constraintClaims.foreignKeyNotValid, table, at, {
    others: others(parents, 'SHARE ROW EXCLUSIVE', 'parent'),
    assumes: key.validated ? [{ of: 'foreign-key', table, columns: key.columns, error: '23503' }] : [],
    refused: refusedForeignKey(at.schema.table(table)?.columns, key, at),
  });
}

/** ADD CHECK. */
export function addCheckEffect(operation: OperationOf<'add-check'>, at: Situation): Effect {
  const { table, check } = operation;
  return effectOfClaim(check.validated ? constraintClaims.check : constraintClaims.checkNotValid, table, at, {
    assumes: check.validated ? [{ of: 'check', table, columns: mentioned(check, at.schema.table(table)), error: '23514' }] : [],
  });
}

function mentioned(check: Check, table: Table | undefined): string[] {
  const words = new Set(check.expression.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []);
  return [...(table?.columns.keys() ?? [])].filter((column) => words.has(column.toLowerCase()));
}

/** ADD UNIQUE, with or without USING INDEX. */
export function addUniqueEffect(operation: OperationOf<'add-unique'>, at: Situation): Effect {
  const { table, columns } = operation;
  const known = at.schema.table(table);
  const refused = refusedOnPartitioned(known, { unique: true, columns, usingIndex: operation.usingIndex !== null }, at) ?? refusedIndex(known, operation.usingIndex);
  if (operation.usingIndex !== null) return effectOfClaim(constraintClaims.uniqueUsingIndex, table, at, { refused });
  return effectOfClaim(constraintClaims.unique, table, at, { refused, ...onPartitions(at), assumes: [{ of: 'unique', table, columns, error: '23505' }] });
}

/** Before 18 the indexes of partitions are built as CREATE INDEX builds them. */
function onPartitions(at: Situation): Particulars {
  return olderThan(at.engine, 18) ? { onPartitions: 'SHARE' } : {};
}

/** A constraint takes an index over plain columns of all rows only. */
function refusedIndex(table: Table | undefined, name: string | null): Refusal | null {
  const index = name === null ? undefined : table?.indexes.find((one) => one.name === name);
  if (!index) return null;
  if (!index.unique) return { error: '42809', because: `"${index.name ?? ''}" is not a unique index` };
  if (index.where !== undefined) return { error: '42809', because: `"${index.name ?? ''}" is a partial index` };
  return index.keys.some((key) => key.column === null) ? { error: '42809', because: `"${index.name ?? ''}" is over an expression` } : null;
}

/** ADD PRIMARY KEY, with or without USING INDEX: it sets the columns NOT NULL, which scans unless a check proves it. */
export function addPrimaryKeyEffect(operation: OperationOf<'add-primary-key'>, at: Situation): Effect {
  const table = at.schema.table(operation.table);
  const index = table?.indexes.find((one) => one.name === operation.usingIndex);
  const columns = operation.columns.length > 0 ? operation.columns : index ? indexColumns(index) : [];
  const proved = (column: string) => table !== undefined && (table.columns.get(column)?.nullable === false || (!olderThan(at.engine, 12) && provesNotNull(table, column)));
  const nullable = columns.filter((column) => !proved(column));
  const assumes: Assumption[] = nullable.length > 0 ? [{ of: 'not-null', table: operation.table, columns: nullable, error: '23502' }] : [];
  const refused = refusedOnPartitioned(table, { unique: true, columns, usingIndex: operation.usingIndex !== null }, at) ?? refusedIndex(table, operation.usingIndex);
  if (operation.usingIndex === null) {
    return effectOfClaim(constraintClaims.primaryKey, operation.table, at, { refused, ...(nullable.length === 0 ? onPartitions(at) : {}), assumes: [{ of: 'unique', table: operation.table, columns, error: '23505' }, ...assumes] });
  }
  const unknown = columns.length === 0 || columns.some((column) => !table?.columns.has(column));
  const claim = nullable.length > 0 || unknown ? constraintClaims.primaryKeyUsingIndexNullable : constraintClaims.primaryKeyUsingIndex;
  return effectOfClaim(claim, operation.table, at, { refused, assumes, unsure: unknown ? 'it is not known whether the columns of the index are NOT NULL: if they are, nothing is scanned' : null });
}

/** ADD EXCLUDE. */
export function addExclusionEffect(operation: OperationOf<'add-exclusion'>, at: Situation): Effect {
  return effectOfClaim(constraintClaims.exclusion, operation.table, at, { ...onPartitions(at), assumes: [{ of: 'exclusion', table: operation.table, columns: [], error: '23P01' }] });
}

/** ADD NOT NULL as a named constraint (Postgres 18). */
export function addNotNullEffect(operation: OperationOf<'add-not-null'>, at: Situation): Effect {
  const table = at.schema.table(operation.table);
  if (!operation.validated) return effectOfClaim(constraintClaims.notNullNotValid, operation.table, at);
  const proved = table !== undefined && (table.columns.get(operation.column)?.nullable === false || provesNotNull(table, operation.column));
  if (proved) return effectOfClaim(constraintClaims.notNullNotValid, operation.table, at);
  return effectOfClaim(constraintClaims.notNull, operation.table, at, { assumes: [{ of: 'not-null', table: operation.table, columns: [operation.column], error: '23502' }] });
}

/** VALIDATE CONSTRAINT. */
export function validateEffect(operation: OperationOf<'validate-constraint'>, at: Situation): Effect {
  const { table: name } = operation;
  const table = at.schema.table(name);
  const key = table?.foreignKeys.find((one) => meansForeignKey(operation, one));
  const check = table?.checks.find((one) => meansCheck(operation, one));
  if (key?.validated || (!key && check?.validated)) return effectOfClaim(constraintClaims.validateValid, name, at);
  if (key || operation.constraint === 'foreign-key') {
    const parent = key?.references ?? operation.references;
    return effectOfClaim(constraintClaims.validateForeignKey, name, at, {
      others: parent && printName(parent) !== printName(name) ? others([parent], 'ROW SHARE', 'parent') : [],
      assumes: [{ of: 'foreign-key', table: name, columns: key?.columns ?? operation.columns, error: '23503' }],
    });
  }
  const notNull = check?.notNull ?? (!check && operation.constraint === 'not-null' && operation.name === null);
  return effectOfClaim(constraintClaims.validate, name, at, {
    assumes: [{ of: notNull ? 'not-null' : 'check', table: name, columns: check ? mentioned(check, table) : operation.columns, error: notNull ? '23502' : '23514' }],
  });
}

/** DROP CONSTRAINT. */
export function dropConstraintEffect(operation: OperationOf<'drop-constraint'>, at: Situation): Effect {
  const { table: name, constraint } = operation;
  const table = at.schema.table(name);
  const isKey = (key: ForeignKey) => (constraint === 'foreign-key' || constraint === 'unknown') && meansForeignKey(operation, key);
  const parents = keyParents(table, isKey);
  if (parents.length === 0 && constraint === 'foreign-key' && operation.references && !table?.foreignKeys.some(isKey)) parents.push(operation.references);
  if (parents.length > 0) return effectOfClaim(constraintClaims.dropForeignKey, name, at, { others: others(parents, 'ACCESS EXCLUSIVE', 'parent') });
  const target = keyColumns(operation, table);
  const dependents = target === null ? [] : keyDependents(name, at.schema, (key) => (key.referencedColumns.length > 0 ? key.referencedColumns : (table?.primaryKey ?? [])).join() === target.join());
  const unknown = (constraint === 'foreign-key' || constraint === 'unknown') && target === null && !isFound(operation, table);
  return effectOfClaim(constraintClaims.drop, name, at, {
    others: operation.cascade ? lockedWith(dependents, at.schema) : [],
    assumes: !operation.cascade && dependents.length > 0 ? [{ of: 'no-dependents', table: name, columns: operation.columns, error: '2BP01', dependents }] : [],
    cascades: operation.cascade ? takenAlong(dependents, at.schema) : [],
    unsure: unknown && !(operation.ifExists && at.schema.complete) ? 'the constraint is not known: if it is a foreign key, the table it refers to is locked as well' : null,
  });
}

/** The columns of the primary key or unique constraint that is dropped, or null when it is another constraint. */
function keyColumns({ constraint, name, columns }: OperationOf<'drop-constraint'>, table: Table | undefined): readonly string[] | null {
  const unique = table?.uniques.find((one) => (name === null ? constraint === 'unique' && one.columns.join() === columns.join() : one.name === name));
  if (unique !== undefined) return unique.columns;
  if (constraint === 'primary-key' || (constraint === 'unknown' && name?.endsWith('_pkey'))) return table?.primaryKey ?? [];
  return constraint === 'unique' ? columns : null;
}

function isFound(operation: OperationOf<'drop-constraint'>, table: Table | undefined): boolean {
  if (!table) return false;
  return table.foreignKeys.some((key) => meansForeignKey(operation, key)) || table.checks.some((check) => meansCheck(operation, check)) || table.exclusions.includes(operation.name);
}
