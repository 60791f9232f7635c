import type { Constraint, CreateForeignTableStmt, CreateStmt, CreateTableAsStmt, IntoClause, SelectStmt } from 'libpg-query';
import type { Deed, QualifiedName } from '../../../operations/index.ts';
import { guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { beginning, keyword } from '../text/piece.ts';
import { findWord, pastClose } from '../text/range.ts';
import { columnNodes, columnOf } from './column.ts';
import { checkOf, foreignKeyOf, mandatoryColumns, optionsText, tableConstraintOf } from './constraint.ts';
import { tablesIn } from './expression.ts';
import { itemFrom, textOf, wholeRange, type Site } from './site.ts';
import { all, names, relationName } from './tree.ts';

/** A table's definition with nothing in it. */
export function emptyTable(table: QualifiedName): Deed<'create-table'> {
  return {
    kind: 'create-table', table, columns: [], primaryKey: [], indexes: [], foreignKeys: [], checks: [], constraints: [], ifNotExists: false, force: false,
    temporary: false, unlogged: false, fromQuery: false, like: null, inherits: [], partitionBy: null, partitionOf: null, options: null, comment: null,
  };
}

/** `CREATE TABLE`, with columns, LIKE, INHERITS, PARTITION BY and PARTITION OF. */
export function createTable(node: CreateStmt, site: Site, options: string | null = null): SqlDeed[] {
  const table = relationName(site, node.relation);
  const read = columnNodes(node.tableElts).map((column) => columnOf(site, column));
  const constraints: Constraint[] = [...all(node.tableElts, 'Constraint'), ...all(node.constraints, 'Constraint')];
  const of = (type: Constraint['contype']) => constraints.filter(({ contype }) => contype === type);
  const mandatory = mandatoryColumns(site, constraints);
  const inline = read.filter(({ column }) => column.primaryKey).map(({ column }) => column.name);
  const parents = all(node.inhRelations, 'RangeVar').map((parent) => relationName(site, parent));
  const like = all(node.tableElts, 'TableLikeClause')[0];
  const deed: Deed<'create-table'> = {
    ...emptyTable(table),
    columns: read.map(({ column, uniqueName }) => {
      const { unique, ...rest } = mandatory.has(column.name) ? { ...column, nullable: false } : column;
      return unique && uniqueName === null ? { ...rest, unique } : rest;
    }),
    primaryKey: [...inline, ...of('CONSTR_PRIMARY').flatMap((constraint) => names(site, constraint.keys))],
    foreignKeys: of('CONSTR_FOREIGN').map((constraint) => foreignKeyOf(site, constraint)),
    checks: [...read.flatMap(({ moreChecks }) => moreChecks), ...of('CONSTR_CHECK').map((constraint) => checkOf(site, constraint))],
    constraints: [
      ...read.flatMap(({ column, uniqueName }) => (uniqueName === null ? [] : [{ kind: 'unique' as const, name: uniqueName, columns: [column.name] }])),
      ...[...of('CONSTR_UNIQUE'), ...of('CONSTR_EXCLUSION')].map((constraint) => tableConstraintOf(site, constraint)),
    ],
    ifNotExists: node.if_not_exists ?? false,
    temporary: node.relation?.relpersistence === 't',
    unlogged: node.relation?.relpersistence === 'u',
    like: like ? relationName(site, like.relation) : null,
    inherits: node.partbound ? [] : parents,
    partitionBy: node.partspec ? partitionText(site, node) : null,
    partitionOf: node.partbound ? (parents[0] ?? null) : null,
    ...(node.partbound ? { partitionBounds: boundsText(site, site.token(node.relation?.location)) } : {}),
    options: options ?? (optionsText(node.options) || null),
  };
  return [placed(deed, site.piece, guardNotExists(node.if_not_exists))];
}

function partitionText(site: Site, node: CreateStmt): string {
  const item = itemFrom(site, site.token(node.partspec?.location));
  const rest = { from: item.from, to: Math.min(item.to, ...['WITH', 'TABLESPACE', 'USING'].map((word) => findWord(site.piece, item, word)).filter((at) => at >= 0)) };
  return textOf(site, rest).replace(/^partition\s+by\s+/i, '');
}

/** The bounds of a partition from the token on: `DEFAULT`, or `FOR VALUES` with one bracket, or two with TO between them. */
function boundsText(site: Site, from: number): string {
  const { piece } = site;
  const start = findWord(piece, { from, to: wholeRange(site).to }, 'FOR', 'DEFAULT');
  if (start < 0 || keyword(piece, piece.tokens()[start]) === 'DEFAULT') return 'DEFAULT';
  const first = pastClose(piece, start + 3);
  return textOf(site, { from: start, to: keyword(piece, piece.tokens()[first]) === 'TO' ? pastClose(piece, first + 1) : first });
}

/** `CREATE FOREIGN TABLE`. */
export function createForeignTable(node: CreateForeignTableStmt, site: Site): SqlDeed[] {
  return createTable(node.base ?? {}, site, `SERVER ${node.servername ?? ''}`);
}

/** `CREATE TABLE ... AS`, `CREATE MATERIALIZED VIEW`. */
export function createTableAs(node: CreateTableAsStmt, site: Site): SqlDeed[] {
  const guards = guardNotExists(node.if_not_exists);
  if (node.objtype !== 'OBJECT_MATVIEW') return [placed({ ...intoTable(site, node.into, tablesIn(site, node.query)), ifNotExists: node.if_not_exists ?? false }, site.piece, guards)];
  const view = relationName(site, node.into?.rel);
  const word = findWord(site.piece, wholeRange(site), 'AS');
  const query = word < 0 ? null : textOf(site, { from: word + 1, to: beforeData(site) });
  return [placed({ kind: 'create-view', view, materialized: true, replace: false, query, reads: tablesIn(site, node.query) }, site.piece, guards)];
}

/** The index of the token after the query: `WITH [NO] DATA` is no part of it. */
function beforeData(site: Site): number {
  const words = site.piece.tokens().slice(-3).map((token) => keyword(site.piece, token)).join(' ');
  return wholeRange(site).to - (words === 'WITH NO DATA' ? 3 : / WITH DATA$/.test(` ${words}`) ? 2 : 0);
}

/** `SELECT ... INTO table`. */
export function selectInto(node: SelectStmt, site: Site): SqlDeed[] {
  const { intoClause, ...query } = node;
  return [placed(intoTable(site, intoClause, tablesIn(site, query)), site.piece)];
}

function intoTable(site: Site, into: IntoClause | undefined, reads: readonly QualifiedName[]): Deed<'create-table'> {
  return {
    ...emptyTable(relationName(site, into?.rel)),
    fromQuery: !into?.skipData,
    ...(reads.length && !into?.skipData ? { reads } : {}),
    temporary: into?.rel?.relpersistence === 't',
    unlogged: into?.rel?.relpersistence === 'u',
  };
}

/** A statement that is understood and changes nothing that is judged. */
export function nothing(site: Site): SqlDeed[] {
  return [placed({ kind: 'other', text: beginning(site.piece) }, site.piece)];
}

/** A statement that matters and cannot be read. */
export function unread(site: Site, reason: string): SqlDeed[] {
  return [placed({ kind: 'opaque', reason, text: beginning(site.piece) }, site.piece)];
}
