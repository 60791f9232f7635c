import type { CopyStmt, DeleteStmt, InsertStmt, MergeStmt, Node, SelectStmt, UpdateStmt, WithClause } from 'libpg-query';
import { oneStatement, type AssignedText, type Deed, type QualifiedName } from '../../../operations/index.ts';
import { placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { hasHole } from '../text/mask.ts';
import { beginning, keyword, plainName } from '../text/piece.ts';
import { findWord, pastClose, type TokenRange } from '../text/range.ts';
import { hasLimit, rowScope, whereRange } from '../text/row-scope.ts';
import { selectInto } from './create-table.ts';
import { nullsOfSet, textsOfInsert, textsOfSet } from './assigned-texts.ts';
import { tablesIn } from './expression.ts';
import { place, textOf, wholeRange, type Site } from './site.ts';
import { all, as, relationName, tagOf } from './tree.ts';

/** INSERT, UPDATE, DELETE, MERGE or SELECT with the data changes of its WITH queries, which run first. */
export function rowsStatement(node: Node, site: Site, range: TokenRange = wholeRange(site)): SqlDeed[] {
  const body = Object.values(node)[0] as { withClause?: WithClause };
  const first = withQueries(body.withClause, site);
  const main = mainRange(site, range, body.withClause !== undefined);
  const at = main.from === 0 && main.to === site.piece.tokens().length ? site.piece : place(site, main);
  const bounded = body.withClause !== undefined && hasLimit(site.piece, { from: range.from, to: main.from });
  switch (tagOf(node)) {
    case 'InsertStmt':
      return [...first, placed(inserted(as(node, 'InsertStmt') ?? {}, site), at)];
    case 'UpdateStmt':
      return [...first, placed(updated(as(node, 'UpdateStmt') ?? {}, site, main, bounded), at)];
    case 'DeleteStmt':
      return [...first, placed(deleted(as(node, 'DeleteStmt') ?? {}, site, main, bounded), at)];
    case 'MergeStmt':
      return [...first, ...merged(as(node, 'MergeStmt') ?? {}, site).map((deed) => placed(deed, at))];
    default:
      return [...first, ...selected(as(node, 'SelectStmt') ?? {}, site, first.length > 0)];
  }
}

function withQueries(clause: WithClause | undefined, site: Site): SqlDeed[] {
  return all(clause?.ctes, 'CommonTableExpr').flatMap((query) => {
    const inner = query.ctequery;
    if (!inner || 'SelectStmt' in inner) return [];
    const tokens = site.piece.tokens();
    const word = findWord(site.piece, { from: site.token(query.location), to: tokens.length }, 'AS');
    const open = findWord(site.piece, { from: word, to: tokens.length }, '(');
    return open < 0 ? [] : rowsStatement(inner, site, { from: open + 1, to: pastClose(site.piece, open) - 1 });
  });
}

/** The statement itself, without the WITH queries before it. */
function mainRange(site: Site, range: TokenRange, hasWith: boolean): TokenRange {
  if (!hasWith || keyword(site.piece, site.piece.tokens()[range.from]) !== 'WITH') return range;
  const verb = findWord(site.piece, range, 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'SELECT');
  return verb < 0 ? range : { from: verb, to: range.to };
}

function inserted(node: InsertStmt, site: Site): Deed {
  const query = as(node.selectStmt, 'SelectStmt');
  const constant = query ? constantRows(query) : 1;
  return {
    kind: 'insert-rows',
    table: relationName(site, node.relation),
    columns: all(node.cols, 'ResTarget').map((target) => plainName(site.piece, target.name ?? '')),
    rows: constant,
    fromQuery: constant === null,
    reads: constant === null || query?.whereClause ? tablesIn(site, node.selectStmt, node.withClause) : [],
    mode: oneStatement,
    ...some(textsOfInsert(node, site)),
  };
}

function some(texts: readonly AssignedText[]): { readonly texts?: readonly AssignedText[] } {
  return texts.length > 0 ? { texts } : {};
}

/** The number of rows of a VALUES list or of a query that reads no table; null when the rows come from tables. */
function constantRows(query: SelectStmt): number | null {
  let rows = 0;
  const open: SelectStmt[] = [query];
  while (open.length) {
    const part = open.pop();
    if (!part || part.fromClause?.length) return null;
    if (part.valuesLists?.length) rows += part.valuesLists.length;
    else if (part.larg && part.rarg) open.push(part.larg, part.rarg);
    else rows += 1;
  }
  return rows;
}

function updated(node: UpdateStmt, site: Site, range: TokenRange, bounded: boolean): Deed {
  const columns = all(node.targetList, 'ResTarget').map((target) => plainName(site.piece, target.name ?? ''));
  return { kind: 'update-rows', table: relationName(site, node.relation), columns, ...condition(site, range, bounded, node), mode: oneStatement, ...some(textsOfSet(node.targetList, site)), ...nullsOfSet(node.targetList, site) };
}

function deleted(node: DeleteStmt, site: Site, range: TokenRange, bounded: boolean): Deed {
  return { kind: 'delete-rows', table: relationName(site, node.relation), ...condition(site, range, bounded, node), mode: oneStatement };
}

/** `bounded`: a WITH query before the statement has a LIMIT. A computed part that is not a value may be a whole condition. */
function condition(site: Site, range: TokenRange, bounded: boolean, node: UpdateStmt & DeleteStmt): Pick<Deed<'update-rows'>, 'scope' | 'where'> {
  const where = whereRange(site.piece, range);
  const list = node.fromClause ?? node.usingClause;
  const source = list ? findWord(site.piece, range, node.fromClause ? 'FROM' : 'USING') : -1;
  const limited = bounded || isListed(list) || (source >= 0 && hasLimit(site.piece, { from: source, to: where?.from ?? range.to }));
  const scope = where && limited ? 'bounded' : rowScope(site.piece, where);
  const alias = node.relation?.alias?.aliasname;
  const hidden = site.piece.hidden || (alias !== undefined && hasHole(site.piece.source, alias));
  return { scope: scope === 'all' && hidden ? 'filtered' : scope, where: where ? textOf(site, where) : null };
}

/** True when the statement is joined with nothing but rows that are written out: `FROM (VALUES (1, 'a'), (2, 'b')) AS new (id, name)`. */
function isListed(list: readonly Node[] | undefined): boolean {
  return list !== undefined && list.length > 0 && list.every((item) => {
    const query = as(as(item, 'RangeSubselect')?.subquery, 'SelectStmt');
    return query !== undefined && constantRows(query) !== null;
  });
}

function merged(node: MergeStmt, site: Site): Deed[] {
  const table = relationName(site, node.relation);
  const reads = tablesIn(site, node.sourceRelation, node.withClause);
  return all(node.mergeWhenClauses, 'MergeWhenClause').flatMap((clause): Deed[] => {
    const columns = all(clause.targetList, 'ResTarget').map((target) => plainName(site.piece, target.name ?? ''));
    if (clause.commandType === 'CMD_UPDATE') return [{ kind: 'update-rows', table, columns, scope: 'filtered', where: null, mode: oneStatement, ...some(textsOfSet(clause.targetList, site)) }];
    if (clause.commandType === 'CMD_DELETE') return [{ kind: 'delete-rows', table, scope: 'filtered', where: null, mode: oneStatement }];
    if (clause.commandType === 'CMD_INSERT') return [{ kind: 'insert-rows', table, columns, rows: null, fromQuery: true, reads, mode: oneStatement }];
    return [];
  });
}

/** A query whose WITH part changes rows is told by those changes alone. */
function selected(node: SelectStmt, site: Site, changesRows: boolean): SqlDeed[] {
  if (node.intoClause) return selectInto(node, site);
  const tables: QualifiedName[] = changesRows ? [] : tablesIn(site, node);
  return tables.length ? [placed({ kind: 'read-rows', tables, check: false, text: beginning(site.piece) }, site.piece)] : [];
}

/** `COPY`. */
export function copy(node: CopyStmt, site: Site): SqlDeed[] {
  const table = relationName(site, node.relation);
  if (node.is_from) return [placed({ kind: 'load-rows', table }, site.piece)];
  const tables = node.query ? tablesIn(site, node.query) : [table];
  return [placed({ kind: 'read-rows', tables, check: false, text: beginning(site.piece) }, site.piece)];
}
