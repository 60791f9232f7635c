import { olderThan, printName } from '../../operations/index.ts';
import type { ForeignKey, OperationOf } from '../../operations/index.ts';
import { mentions } from '../../schema/expression.ts';
import { indexUses } from '../../schema/table-parts.ts';
import type { Table } from '../../schema/table.ts';
import type { Effect, Refusal } from '../effect.ts';
import { distinct } from '../relations.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Situation } from './claim.ts';
import { columnClaims, columnOptionClaims } from './claims.ts';
import { columnDependents, doubt, keyDependents, lockedWith, takenAlong } from './dependents.ts';
import { provesNotNull } from './not-null-proof.ts';

/** DROP COLUMN. Before 15 a generated column goes with the column that it is computed from, without a word (seen on 12 to 14). */
export function dropColumnEffect(operation: OperationOf<'drop-column'>, at: Situation): Effect {
  const { table: name, column, cascade } = operation;
  const table = at.schema.table(name);
  const parents = (table?.foreignKeys ?? []).filter((key) => key.columns.includes(column)).map((key) => key.references).filter((parent) => printName(parent) !== printName(name));
  const found = columnDependents(name, column, at.schema);
  const computed = olderThan(at.engine, 15) && !cascade ? found.filter(({ kind }) => kind === 'generated-column') : [];
  const dependents = [...found.filter((one) => !computed.includes(one)), ...keyDependents(name, at.schema, (key) => refersTo(key, table, column))];
  return effectOfClaim(columnClaims.drop, name, at, {
    others: [...others(parents, 'ACCESS EXCLUSIVE', 'parent'), ...(cascade ? lockedWith(dependents, at.schema) : [])],
    assumes: !cascade && dependents.length > 0 ? [{ of: 'no-dependents', table: name, columns: [column], error: '2BP01', dependents }] : [],
    loses: [...(table ? lostWith(table, column) : []), ...computed.map(({ what }) => what)],
    cascades: cascade ? takenAlong(dependents, at.schema) : [],
    unsure: doubt(dependents),
    refused: boundColumn(table, column),
  });
}

/** Why the columns of a partition and those of a partition key stay as they are, even with CASCADE; null for any other column. */
export function boundColumn(table: Table | undefined, column: string): Refusal | null {
  if (table?.partitionOf) return { error: '42P16', because: `"${printName(table.name)}" is a partition and has the columns of "${printName(table.partitionOf)}"` };
  if (table?.partitionBy && mentions(table.partitionBy, column)) return { error: '42P16', because: `"${printName(table.name)}" is partitioned by it` };
  return null;
}

function refersTo(key: ForeignKey, table: Table | undefined, column: string): boolean {
  return (key.referencedColumns.length > 0 ? key.referencedColumns : (table?.primaryKey ?? [])).includes(column);
}

/** The indexes and constraints that Postgres drops with a column without a word, one clause each. */
export function lostWith(table: Table, column: string): string[] {
  const title = (what: string, name: string | null, columns: readonly (string | null)[]) => (name === null ? `${what} on ${columns.join(', ')}` : `${what} "${name}"`);
  return [
    ...(table.primaryKey.includes(column) ? ['the primary key'] : []),
    ...table.indexes.filter((index) => indexUses(index, column)).map((index) => title(index.unique ? 'the unique index' : 'the index', index.name, index.keys.map((key) => key.column ?? key.expression))),
    ...table.uniques.filter((unique) => unique.columns.includes(column)).map((unique) => title('the unique constraint', unique.name, unique.columns)),
    ...table.foreignKeys.filter((key) => key.columns.includes(column)).map((key) => title('the foreign key', key.name, key.columns)),
    ...table.checks.filter((check) => mentions(check.expression, column)).map((check) => title('the check', check.name, [check.expression])),
  ];
}

/** SET NOT NULL. */
export function setNotNullEffect(operation: OperationOf<'set-not-null'>, at: Situation): Effect {
  const { table: name, column } = operation;
  const table = at.schema.table(name);
  if (table?.columns.get(column)?.nullable === false) return effectOfClaim(columnClaims.setNotNullAlready, name, at);
  if (table && provesNotNull(table, column) && !olderThan(at.engine, 12)) return effectOfClaim(columnClaims.setNotNullProved, name, at);
  const filled = operation.fill.kind !== 'none' && !(operation.fill.kind === 'constant' && operation.fill.value === null);
  return effectOfClaim(columnClaims.setNotNull, name, at, { assumes: filled ? [] : [{ of: 'not-null', table: name, columns: [column], error: '23502' }] });
}

/** DROP NOT NULL: not for the columns of a primary key, nor for identity columns. */
export function dropNotNullEffect({ table: name, column }: OperationOf<'drop-not-null'>, at: Situation): Effect {
  const table = at.schema.table(name);
  const refused = table?.columns.get(column)?.identity ? { error: '42601', because: `"${column}" is an identity column` }
    : table?.primaryKey.includes(column) ? { error: '42P16', because: `"${column}" is in the primary key` } : null;
  return effectOfClaim(columnClaims.dropNotNull, name, at, { refused });
}

/** SET, ADD and DROP of a column's own options; those in parentheses (`n_distinct`) block nobody. */
export function columnOptionEffect({ table, option, value }: OperationOf<'set-column-option'>, at: Situation): Effect {
  return effectOfClaim(option === 'other' && /^(re)?set\s*\(/i.test(value ?? '') ? columnClaims.setOptions : columnOptionClaims[option], table, at);
}

/** SET DEFAULT and DROP DEFAULT: rows that exist keep what they have. */
export function setDefaultEffect(operation: OperationOf<'set-default'>, at: Situation): Effect {
  return effectOfClaim(columnClaims.setDefault, operation.table, at);
}

/** RENAME COLUMN. */
export function renameColumnEffect(operation: OperationOf<'rename-column'>, at: Situation): Effect {
  return effectOfClaim(columnClaims.rename, operation.table, at);
}

/** The parents of the table's foreign keys that hold the given columns, the table itself left out. */
export function keyParents(table: Table | undefined, wanted: (key: ForeignKey) => boolean) {
  if (table === undefined) return [];
  return distinct(table.foreignKeys.filter(wanted).map((key) => key.references)).filter((name) => printName(name) !== printName(table.name));
}
