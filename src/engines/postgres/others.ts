import { noDefault, olderThan, printName, printType, sameType } from '../../operations/index.ts';
import type { IndexDefinition, OperationOf, QualifiedName } from '../../operations/index.ts';
import { typeKey } from '../../schema/store.ts';
import { viewColumns } from '../../schema/query-output.ts';
import type { Assumption, Dependent, Effect, Refusal } from '../effect.ts';
import { canonicalType } from '../type-name.ts';
import { childrenOf, parentsOf, reachOfDelete } from '../relations.ts';
import { effectOfClaim, others } from './claim.ts';
import type { Particulars, Situation } from './claim.ts';
import { otherClaims } from './claims.ts';
import { indexTablespaceEffect, nameFrom } from './indexes.ts';
import { lockedWith, readersOf, takenAlong, triggerDependent, viewDependent } from './dependents.ts';

/** CREATE VIEW, CREATE MATERIALIZED VIEW. */
export function createViewEffect(operation: OperationOf<'create-view'>, at: Situation): Effect {
  const reads = others(operation.reads, 'ACCESS SHARE', 'view');
  if (operation.materialized) return effectOfClaim(otherClaims.createMaterializedView, null, at, { others: reads });
  const replaces = operation.replace && at.schema.view(operation.view) !== undefined;
  const effect = effectOfClaim(replaces ? otherClaims.replaceView : otherClaims.createView, replaces ? operation.view : null, at, { others: reads, refused: replaces ? refusedReplacement(operation, at) : null });
  return asView(effect);
}

/** CREATE OR REPLACE VIEW keeps the columns that the view has, by name, type and order: it can add some at the end (42P16). */
function refusedReplacement(operation: OperationOf<'create-view'>, { schema }: Situation): Refusal | null {
  const old = schema.view(operation.view)?.columns;
  const columns = old && viewColumns(operation, (name) => schema.table(name));
  if (!columns) return null;
  const view = `"${printName(operation.view)}"`;
  const refusal = (because: string) => ({ error: '42P16', because: `${because}, and OR REPLACE can only add columns at the end of a view` });
  for (const [at, { name, type }] of old.entries()) {
    const column = columns[at];
    if (!column) continue;
    if (name !== null && column.name !== null && name !== column.name) {
      const taken = columns.some((one) => one.name === name) ? `has "${name}" in another place` : columns.length < old.length ? `leaves out "${name}"` : `has "${column.name}" in the place of "${name}"`;
      return refusal(`the new query of ${view} ${taken}`);
    }
    if (type && column.type && !sameType(canonicalType(type), canonicalType(column.type))) return refusal(`the new query of ${view} gives "${name ?? column.name ?? ''}" as ${printType(column.type)} in place of ${printType(type)}`);
  }
  return columns.length < old.length ? refusal(`the new query of ${view} leaves out ${old.slice(columns.length).map(({ name }) => `"${name ?? '?'}"`).join(', ')}`) : null;
}

/** DROP VIEW. */
export function dropViewEffect(operation: OperationOf<'drop-view'>, at: Situation): Effect {
  const readers = readersOf(operation.view, at.schema).map((view) => viewDependent(view));
  return asView(effectOfClaim(otherClaims.dropView, operation.view, at, dropped(operation, operation.view, readers, at)));
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
  const key = typeKey(operation.type);
  const columns = [...at.schema.tables()].flatMap((table) => [...table.columns.values()].filter((column) => typeKey(column.type.name) === key)
    .map((column): Dependent => ({ what: `the column "${column.name}" of "${printName(table.name)}"`, kind: 'column', owner: table.name, surely: true, drop: null })));
  return effectOfClaim(otherClaims.dropType, null, at, dropped(operation, operation.type, columns, at));
}

/** DROP SEQUENCE: defaults call it. */
export function dropSequenceEffect(operation: OperationOf<'drop-sequence'>, at: Situation): Effect {
  const named = new RegExp(`nextval\\('(?:\\w+\\.)?"?${operation.sequence.name.replace(/[^\w]/g, '\\$&')}"?'`);
  const defaults = [...at.schema.tables()].flatMap((table) => [...table.columns.values()].filter((column) => column.default.kind === 'expression' && named.test(column.default.sql))
    .map((column): Dependent => ({ what: `the default of "${column.name}" of "${printName(table.name)}"`, kind: 'column', owner: table.name, surely: true,
      drop: { kind: 'set-default', table: table.name, column: column.name, default: noDefault, from: null } })));
  return effectOfClaim(otherClaims.sequence, null, at, dropped(operation, operation.sequence, defaults, at));
}

/** DROP FUNCTION: triggers call it. */
export function dropFunctionEffect(operation: OperationOf<'drop-function'>, at: Situation): Effect {
  const key = typeKey(operation.function);
  const triggers = [...at.schema.tables()].flatMap((table) => table.triggers.filter((trigger) => trigger.function !== null && typeKey(trigger.function) === key)
    .map((trigger) => triggerDependent(table, trigger)));
  return effectOfClaim(otherClaims.function, null, at, dropped(operation, operation.function, triggers, at));
}

/** The types of extensions that are not called as the extension itself. */
const extensionTypes: Readonly<Record<string, readonly string[]>> = { postgis: ['geometry', 'geography', 'raster'], isn: ['ean13', 'isbn', 'isbn13', 'issn', 'upc'] };

/** DROP EXTENSION: columns of its types, defaults that call it, and indexes that sort by it. */
export function dropExtensionEffect(operation: OperationOf<'drop-extension'>, at: Situation): Effect {
  const { extension } = operation;
  const types = extensionTypes[extension] ?? [extension];
  const dependents = [...at.schema.tables()].flatMap((table) => {
    const of = (what: string, kind: Dependent['kind'], drop: Dependent['drop'] = null): Dependent => ({ what: `${what} of "${printName(table.name)}"`, kind, owner: table.name, surely: true, drop });
    return [
      ...[...table.columns.values()].flatMap((column) => {
        if (types.includes(column.type.name)) return [of(`the column "${column.name}"`, 'column')];
        const calls = extension === 'uuid-ossp' && column.default.kind === 'expression' && column.default.functions.some((name) => name.startsWith('uuid_generate_'));
        return calls ? [of(`the default of "${column.name}"`, 'column', { kind: 'set-default', table: table.name, column: column.name, default: noDefault, from: null })] : [];
      }),
      ...table.indexes.filter((index) => extension === 'pg_trgm' && index.keys.some((key) => key.opclass?.includes('trgm'))).map((index) => of(index.name === null ? 'an index' : `the index "${index.name}"`, 'index')),
    ];
  });
  return effectOfClaim(otherClaims.extension, null, at, {
    ...dropped(operation, { schema: null, name: extension }, dependents, at),
    unsure: operation.cascade ? 'what else depends on the extension is not known' : null,
  });
}

/** What a DROP of something with dependents is refused for, or with CASCADE takes along. */
function dropped({ cascade }: { readonly cascade: boolean }, name: QualifiedName, dependents: readonly Dependent[], at: Situation): Particulars {
  if (dependents.length === 0) return {};
  return cascade
    ? { others: lockedWith(dependents, at.schema), cascades: takenAlong(dependents, at.schema) }
    : { assumes: [{ of: 'no-dependents', table: name, columns: [], error: '2BP01', dependents }] };
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
  const within = ({ schema }: QualifiedName) => (schema ?? 'public') === operation.schema;
  const tables = [...at.schema.tables()].filter((table) => within(table.name));
  const views = [...at.schema.views()].filter((view) => within(view.name));
  const dependents = [...tables.map((table): Dependent => ({ what: `the table "${printName(table.name)}"`, kind: 'table', owner: table.name, surely: true, drop: null })), ...views.map((view) => viewDependent(view))];
  return effectOfClaim(otherClaims.dropSchema, null, at, {
    ...dropped(operation, { schema: null, name: operation.schema }, dependents, at),
    others: operation.cascade ? others(tables.map((table) => table.name), 'ACCESS EXCLUSIVE', 'target') : [],
    loses: operation.cascade ? tables.map((table) => `every row of "${printName(table.name)}"`) : [],
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

/** The tables of a list as a publication has it; what stands in parentheses and after them is left out. */
function namesIn(list: string | undefined): QualifiedName[] {
  let plain = list ?? '';
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replace(/\([^()]*\)/g, ' ');
  }
  return plain.replace(/\bwith\s*$/i, '').split(',').flatMap((part) => {
    const written = /^\s*(?:table\s+)?(?:only\s+)?((?:[\w$]+|"[^"]+")(?:\.(?:[\w$]+|"[^"]+"))?)\s*[*;]?\s*(?:where)?\s*$/i.exec(part)?.[1];
    return written === undefined || /^tables\b/i.test(part.trim()) ? [] : [nameFrom(written)];
  });
}

/** Statements that are no matter of one table, or of no consequence for any; a few of them are refused in a transaction block. */
export function plainEffect(operation: OperationOf<'other'>, at: Situation): Effect {
  const tablespace = indexTablespaceEffect(operation.text, at);
  if (tablespace) return tablespace;
  const [statistics] = namesIn(/^\s*create\s+statistics\b[\s\S]*\bfrom\s+([^\s;]+)\s*;?\s*$/i.exec(operation.text)?.[1]);
  if (statistics) return effectOfClaim(otherClaims.statistics, statistics, at);
  const [first, ...rest] = namesIn(/^\s*(?:create\s+publication\s+\S+\s+for|alter\s+publication\s+\S+\s+(?:add|set))\s+table\s+([\s\S]*)$/i.exec(operation.text)?.[1]);
  if (first) return effectOfClaim(otherClaims.publication, first, at, { others: others(rest, 'SHARE UPDATE EXCLUSIVE', 'target') });
  return effectOfClaim(refusedInTransaction.test(operation.text) ? otherClaims.forbidden : otherClaims.schema, null, at);
}
