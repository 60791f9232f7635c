import type { ClusterStmt, IndexElem, IndexStmt, ReindexStmt } from 'libpg-query';
import type { Deed, IndexKey } from '../../../operations/index.ts';
import { guardNotExists, placed } from '../deed.ts';
import type { SqlDeed } from '../statement.ts';
import { keyword, plainName } from '../text/piece.ts';
import { findWord, splitAtCommas, type TokenRange } from '../text/range.ts';
import { insideBrackets, textOf, wholeRange, type Site } from './site.ts';
import { all, relationName, strings } from './tree.ts';

/** `CREATE INDEX`. */
export function createIndex(node: IndexStmt, site: Site): SqlDeed[] {
  const whole = wholeRange(site);
  const list = insideBrackets(site, { from: site.token(node.relation?.location), to: whole.to });
  const items = splitAtCommas(site.piece, list);
  const where = node.whereClause ? findWord(site.piece, { from: list.to, to: whole.to }, 'WHERE') : -1;
  const include = all(node.indexIncludingParams, 'IndexElem').map((element) => plainName(site.piece, element.name ?? ''));
  return [placed({
    kind: 'create-index',
    index: {
      name: node.idxname ? plainName(site.piece, node.idxname) : null,
      table: relationName(site, node.relation),
      keys: all(node.indexParams, 'IndexElem').map((element, position) => keyOf(site, element, items[position])),
      unique: node.unique ?? false,
      method: node.accessMethod ?? 'btree',
      ...(include.length ? { include } : {}),
      ...(where >= 0 ? { where: textOf(site, { from: where + 1, to: whole.to }) } : {}),
      ...(node.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
    },
    concurrently: node.concurrent ?? false,
    ifNotExists: node.if_not_exists ?? false,
    only: node.relation?.inh !== true,
    algorithm: null,
    lock: null,
  }, site.piece, guardNotExists(node.if_not_exists))];
}

function keyOf(site: Site, element: IndexElem, item: TokenRange | undefined): IndexKey {
  const opclass = strings(element.opclass).at(-1);
  const collation = strings(element.collation).at(-1);
  return {
    column: element.name === undefined ? null : plainName(site.piece, element.name),
    expression: element.expr && item ? expressionOf(site, item, opclass) : null,
    ...(element.ordering === 'SORTBY_ASC' ? { order: 'asc' } : element.ordering === 'SORTBY_DESC' ? { order: 'desc' } : {}),
    ...(element.nulls_ordering === 'SORTBY_NULLS_FIRST' ? { nulls: 'first' } : element.nulls_ordering === 'SORTBY_NULLS_LAST' ? { nulls: 'last' } : {}),
    ...(opclass ? { opclass } : {}),
    ...(collation ? { collation } : {}),
  };
}

/** The expression of a key: a function call or a bracketed expression, before COLLATE, operator class and order. */
function expressionOf(site: Site, item: TokenRange, opclass: string | undefined): string {
  const ends = ['COLLATE', 'ASC', 'DESC', 'NULLS', ...(opclass ? [opclass.toUpperCase()] : [])].map((word) => findWord(site.piece, item, word)).filter((at) => at > item.from);
  let to = Math.min(item.to, ...ends);
  while (keyword(site.piece, site.piece.tokens()[to - 1]) === '.') to -= 2;
  return textOf(site, { from: item.from, to });
}

const targets: Readonly<Record<string, Deed<'reindex'>['target']>> = {
  REINDEX_OBJECT_INDEX: 'index', REINDEX_OBJECT_TABLE: 'table', REINDEX_OBJECT_SCHEMA: 'schema', REINDEX_OBJECT_SYSTEM: 'system', REINDEX_OBJECT_DATABASE: 'database',
};

/** `REINDEX`. */
export function reindex(node: ReindexStmt, site: Site): SqlDeed[] {
  const concurrently = all(node.params, 'DefElem').some(({ defname }) => defname === 'concurrently');
  const name = node.relation ? relationName(site, node.relation) : node.name ? { schema: null, name: plainName(site.piece, node.name) } : null;
  return [placed({ kind: 'reindex', target: targets[node.kind ?? ''] ?? 'database', name, concurrently }, site.piece)];
}

/** `CLUSTER`. */
export function cluster(node: ClusterStmt, site: Site): SqlDeed[] {
  const table = node.relation ? relationName(site, node.relation) : null;
  return [placed({ kind: 'cluster', table, index: node.indexname ? plainName(site.piece, node.indexname) : null }, site.piece)];
}
