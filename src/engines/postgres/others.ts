import { olderThan, printName } from '../../operations/index.ts';
import type { IndexDefinition, OperationOf, QualifiedName } from '../../operations/index.ts';
import { typeKey } from '../../schema/store.ts';
import type { Assumption, Effect } from '../effect.ts';
import { childrenOf, parentsOf, reachOfDelete, viewsOn } from '../relations.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Situation } from './claim.ts';
import { otherClaims } from './claims.ts';

/** CREATE VIEW, CREATE MATERIALIZED VIEW. */
export function createViewEffect(operation: OperationOf<'create-view'>, at: Situation): Effect {
  const reads = others(operation.reads, 'ACCESS SHARE', 'view');
  if (operation.materialized) return effectOfClaim(otherClaims.createMaterializedView, null, at, { others: reads });
  const replaces = operation.replace && at.schema.view(operation.view) !== undefined;
  const effect = effectOfClaim(replaces ? otherClaims.replaceView : otherClaims.createView, replaces ? operation.view : null, at, { others: reads });
  return asView(effect);
}

/** DROP VIEW. */
export function dropViewEffect(operation: OperationOf<'drop-view'>, at: Situation): Effect {
  const readers = viewsOn(operation.view, at.schema).map((view) => view.name);
  return asView(effectOfClaim(otherClaims.dropView, operation.view, at, {
    others: operation.cascade ? others(readers, 'ACCESS EXCLUSIVE', 'view') : [],
    assumes: !operation.cascade && readers.length > 0 ? [{ of: 'no-dependents', table: operation.view, columns: [], error: '2BP01' }] : [],
  }));
}

/** ALTER VIEW RENAME. */
export function renameViewEffect(operation: OperationOf<'rename-view'>, at: Situation): Effect {
  return asView(effectOfClaim(otherClaims.renameView, operation.view, at));
}

/** REFRESH MATERIALIZED VIEW: concurrently only with a unique index over plain columns of all rows. */
export function refreshEffect(operation: OperationOf<'refresh-materialized-view'>, at: Situation): Effect {
  const view = at.schema.view(operation.view);
  if (operation.withNoData) {
    return asView(effectOfClaim(otherClaims.refreshWithNoData, operation.view, at, { loses: [`the rows of "${printName(operation.view)}", which cannot be queried until it is refreshed`] }));
  }
  const unfit = operation.concurrently && at.schema.complete && view?.materialized === true && !view.indexes.some(identifiesRows);
  return asView(effectOfClaim(operation.concurrently ? otherClaims.refreshConcurrently : otherClaims.refresh, operation.view, at, {
    others: others(view?.reads ?? [], 'ACCESS SHARE', 'view'),
    refused: unfit ? { error: '55000', because: 'it needs a unique index over plain columns, without WHERE' } : null,
  }));
}

/** True for an index by which REFRESH CONCURRENTLY tells rows apart (tried on 18: neither partial nor over expressions). */
export function identifiesRows(index: IndexDefinition): boolean {
  return index.unique && index.where === undefined && index.keys.length > 0 && index.keys.every((key) => key.column !== null);
}

function asView(effect: Effect): Effect {
  return { ...effect, locks: effect.locks.map((lock) => (lock.role === 'target' ? { ...lock, role: 'view' } : lock)) };
}

/** ALTER TYPE ADD VALUE. */
export function addEnumValueEffect(operation: OperationOf<'add-enum-value'>, at: Situation): Effect {
  const forbidden = olderThan(at.engine, 12) && !at.schema.isNewType(operation.type);
  return effectOfClaim(forbidden ? otherClaims.addEnumValueBefore12 : otherClaims.addEnumValue, null, at);
}

/** DROP TYPE: with CASCADE the columns of the type go, under an exclusive lock on their tables. */
export function dropTypeEffect(operation: OperationOf<'drop-type'>, at: Situation): Effect {
  const users = usersOf(operation.type, at);
  const dependents: Assumption[] = users.map((table) => ({ of: 'no-dependents', table, columns: [], error: '2BP01' }));
  return effectOfClaim(otherClaims.dropType, null, at, {
    others: operation.cascade ? others(users, 'ACCESS EXCLUSIVE', 'target') : [],
    assumes: operation.cascade ? [] : dependents,
    loses: operation.cascade ? users.map((table) => `the columns of the type in "${printName(table)}"`) : [],
  });
}

/** ALTER DOMAIN: a constraint that is checked at once scans every table with a column of the domain, under SHARE. */
export function alterDomainEffect(operation: OperationOf<'alter-domain'>, at: Situation): Effect {
  const checks = operation.action === 'validate' || operation.action === 'set-not-null' || (operation.action === 'add-constraint' && operation.validated);
  if (!checks) return effectOfClaim(otherClaims.domainNotValid, null, at);
  const users = usersOf(operation.type, at);
  const notNull = operation.action === 'set-not-null';
  const assumes: Assumption[] = users.map((table) => ({ of: notNull ? 'not-null' : 'check', table, columns: [], error: notNull ? '23502' : '23514' }));
  return effectOfClaim(otherClaims.domainChecked, null, at, { others: others(users, 'SHARE', 'target'), assumes });
}

function usersOf(type: QualifiedName, at: Situation): QualifiedName[] {
  const key = typeKey(type);
  return [...at.schema.tables()].filter((table) => [...table.columns.values()].some((column) => typeKey(column.type.name) === key)).map((table) => table.name);
}

/** DROP SCHEMA: with CASCADE every table in it is locked and dropped. */
export function dropSchemaEffect(operation: OperationOf<'drop-schema'>, at: Situation): Effect {
  const tables = [...at.schema.tables()].filter((table) => (table.name.schema ?? 'public') === operation.schema).map((table) => table.name);
  return effectOfClaim(otherClaims.dropSchema, null, at, {
    others: operation.cascade ? others(tables, 'ACCESS EXCLUSIVE', 'target') : [],
    assumes: !operation.cascade && tables.length > 0 ? [{ of: 'no-dependents', table: { schema: null, name: operation.schema }, columns: [], error: '2BP01' }] : [],
    loses: operation.cascade ? tables.map((table) => `every row of "${printName(table)}"`) : [],
  });
}

/** INSERT: looks the keys up in the referenced tables. */
export function insertEffect(operation: OperationOf<'insert-rows'> | OperationOf<'load-rows'>, at: Situation): Effect {
  const reads = operation.kind === 'insert-rows' ? operation.reads.filter((name) => printName(name) !== printName(operation.table)) : [];
  return effectOfClaim(otherClaims.insert, operation.table, at, {
    others: [...others(parentsOf(at.schema.table(operation.table)), 'ROW SHARE', 'parent'), ...others(reads, 'ACCESS SHARE', 'view')],
  });
}

/** UPDATE. */
export function updateEffect(operation: OperationOf<'update-rows'>, at: Situation): Effect {
  const table = at.schema.table(operation.table);
  const parents = (table?.foreignKeys ?? []).filter((key) => key.columns.some((column) => operation.columns.includes(column))).map((key) => key.references);
  return effectOfClaim(otherClaims.update, operation.table, at, { others: others(parents, 'ROW SHARE', 'parent') });
}

/** DELETE: looks for rows that refer to the deleted ones, and changes them when the foreign key says so. */
export function deleteEffect(operation: OperationOf<'delete-rows'>, at: Situation): Effect {
  const children = childrenOf(operation.table, at.schema);
  const { taken, forbidding } = reachOfDelete(operation.table, at.schema);
  const acts = (table: (typeof children)[number]) => table.foreignKeys.some((key) => printName(key.references) === printName(operation.table) && /cascade|set/.test(key.onDelete ?? ''));
  return effectOfClaim(otherClaims.delete, operation.table, at, {
    others: [
      ...others(children.filter(acts).map((child) => child.name), 'ROW EXCLUSIVE', 'child'),
      ...others(children.filter((child) => !acts(child)).map((child) => child.name), 'ROW SHARE', 'child'),
    ],
    assumes: forbidding.map(({ table, key }): Assumption => ({ of: 'foreign-key', table: table.name, columns: key.columns, error: '23503' })),
    loses: taken.map((table) => `the rows of "${printName(table.name)}" that refer to them`),
  });
}

/** SELECT. */
export function readEffect(operation: OperationOf<'read-rows'>, at: Situation): Effect {
  return effectOfClaim(otherClaims.read, null, at, { others: others(operation.tables, 'ACCESS SHARE', 'view') });
}

const refusedInTransaction = /^\s*(create|drop)\s+(database|tablespace|subscription)\b|^\s*alter\s+system\b|^\s*alter\s+database\b[\s\S]*\bset\s+tablespace\b/i;

/** Statements of no consequence for tables; a few of them are refused in a transaction block. */
export function plainEffect(operation: OperationOf<'other'>, at: Situation): Effect {
  return effectOfClaim(refusedInTransaction.test(operation.text) ? otherClaims.forbidden : otherClaims.schema, null, at);
}
