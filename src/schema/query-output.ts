import type { ColumnType, OperationOf } from '../operations/index.ts';
import { tokenize } from './expression.ts';
import type { Token } from './expression.ts';
import type { Lookup } from './query-columns.ts';
import { scanQuery } from './query-scan.ts';
import type { Scope } from './query-scan.ts';

/** A column that a query gives: its name and, for a column of a table, its type; null where that is not known. */
export interface OutputColumn {
  readonly name: string | null;
  readonly type: ColumnType | null;
}

/**
 * The columns that a query gives on Postgres, in order; null when not even their number is known: for a WITH before the SELECT, VALUES, and a `*` of what is no known table or of joined columns.
 * A name is told where it is written (AS), or is that of a column or of a plain function.
 */
export function outputColumns(sql: string, lookup: Lookup): readonly OutputColumn[] | null {
  const tokens = tokenize(sql);
  const first = scanQuery(sql).scopes[0];
  if (tokens[0]?.text !== 'select' || !first) return null;
  const merges = tokens.some(({ kind, text }) => kind === 'word' && (text === 'using' || text === 'natural'));
  const columns: OutputColumn[] = [];
  for (const item of itemsOf(tokens)) {
    const found = item.at(-1)?.text === '*' ? starred(item, first, merges, lookup) : [outputOf(item, first, lookup)];
    if (found === null) return null;
    columns.push(...found);
  }
  return columns;
}

/** The columns of a view that is being made: the names in brackets come before those of the query. */
export function viewColumns({ columns: named = [], query }: Pick<OperationOf<'create-view'>, 'columns' | 'query'>, lookup: Lookup): readonly OutputColumn[] | null {
  return (query === null ? null : outputColumns(query, lookup))?.map((column, at) => (named[at] === undefined ? column : { ...column, name: named[at] })) ?? null;
}

const ends = new Set(['from', 'where', 'group', 'having', 'window', 'union', 'intersect', 'except', 'order', 'limit', 'offset', 'fetch', 'for', 'with', ';']);

/** The entries of the first SELECT list, each as its tokens. */
function itemsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(afterDistinct(tokens))) {
    if (depth === 0 && token.kind !== 'name' && ends.has(token.text)) break;
    if (/^[([]$/.test(token.text)) depth++;
    if (/^[)\]]$/.test(token.text)) depth--;
    if (depth === 0 && token.text === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

function afterDistinct(tokens: readonly Token[]): number {
  if (tokens[1]?.text === 'all') return 2;
  if (tokens[1]?.text !== 'distinct') return 1;
  return tokens[2]?.text === 'on' ? balanced(tokens, 3) : 2;
}

/** The place after the bracket that closes the one at a place. */
function balanced(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at + 1;
  }
  return tokens.length;
}

function starred(item: readonly Token[], { places, derived }: Scope, merges: boolean, lookup: Lookup): readonly OutputColumn[] | null {
  const qualifier = item.length === 1 ? null : item.length === 3 && item[1]?.text === '.' ? item[0]?.text : undefined;
  if (qualifier === undefined || (qualifier === null && (derived.length > 0 || merges))) return null;
  const meant = places.filter(({ alias }) => qualifier === null || alias === qualifier).map(({ table }) => lookup(table));
  if (meant.length === 0 || (qualifier !== null && meant.length > 1)) return null;
  const columns = meant.flatMap((table) => (table?.complete ? [...table.columns.values()].map(({ name, type }) => ({ name, type })) : [null]));
  return columns.every((column) => column !== null) ? columns : null;
}

/** Words after which a name is no alias, though the reader of names lets them pass. */
const noAliasAfter = new Set(['at', 'is', 'as', 'collate', 'not', 'and', 'or', 'operator', 'escape', 'over', 'character', 'double', 'interval', 'zone', 'time', 'varying', 'precision']);
/** Functions of the grammar, which Postgres keeps under other names, and type words that look like functions. */
const renamed = new Set(['cast', 'extract', 'overlay', 'position', 'substring', 'trim', 'treat', 'normalize', 'collation', 'grouping', 'row', 'array', 'exists', 'any', 'all', 'some', 'not']);
const lastWords = new Set(['isnull', 'notnull', 'end', 'true', 'false', 'null', 'unknown', 'document', 'normalized', 'local', 'day', 'hour', 'minute', 'second', 'month', 'year']);

function outputOf(item: readonly Token[], scope: Scope, lookup: Lookup): OutputColumn {
  const last = item.at(-1);
  const before = item.at(-2);
  if (!last) return { name: null, type: null };
  if (before?.kind === 'word' && before.text === 'as' && isName(last)) return { name: last.text, type: typeOf(item.slice(0, -2), scope, lookup) };
  const path = columnPath(item);
  if (path) return { name: path.at(-1) ?? null, type: typeOf(item, scope, lookup) };
  const isCall = isName(item[0]) && item[1]?.text === '(' && balanced(item, 1) === item.length && !(item[0]?.kind === 'word' && (renamed.has(item[0].text) || item[0].text.startsWith('xml') || item[0].text.startsWith('json_')));
  if (isCall) return { name: item[0]?.text ?? null, type: null };
  const isAlias = isName(last) && before !== undefined && (before.text === ')' || before.kind === 'name' || before.kind === 'number' || (before.kind === 'word' && !noAliasAfter.has(before.text)))
    && !(last.kind === 'word' && lastWords.has(last.text)) && !item.some(({ text }) => text === '::');
  if (!isAlias) return { name: null, type: null };
  return { name: last.text, type: typeOf(item.slice(0, -1), scope, lookup) };
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'name' || (token?.kind === 'word' && !ends.has(token.text) && !/^(case|when|then|else|null|true|false|current_\w+|session_user|user|localtime(stamp)?)$/.test(token.text));
}

/** The parts of `a.b.c` when that is all there is. */
function columnPath(item: readonly Token[]): readonly string[] | null {
  if (item.length % 2 === 0) return null;
  const fits = item.every((token, at) => (at % 2 === 0 ? isName(token) : token.text === '.'));
  return fits ? item.filter((_, at) => at % 2 === 0).map(({ text }) => text) : null;
}

/** The type of a column of one of the tables, when no other can be meant. */
function typeOf(item: readonly Token[], { places, derived }: Scope, lookup: Lookup): ColumnType | null {
  const path = columnPath(item);
  const [column, qualifier] = [path?.at(-1), path?.at(-2)];
  if (column === undefined || (qualifier === undefined && derived.length > 0)) return null;
  const meant = places.filter(({ alias }) => qualifier === undefined || alias === qualifier).map(({ table }) => lookup(table));
  if (meant.some((table) => table === undefined || !table.complete)) return null;
  const holding = meant.flatMap((table) => table?.columns.get(column) ?? []);
  return holding.length === 1 ? (holding[0]?.type ?? null) : null;
}
