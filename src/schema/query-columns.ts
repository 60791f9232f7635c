import type { QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';
import { tokenize } from './expression.ts';
import type { Token } from './expression.ts';
import type { Table } from './table.ts';

/** A query as far as its tokens tell: which tables it names under which alias, and which columns. */
interface Scan {
  readonly places: readonly Place[];
  readonly references: readonly { readonly qualifier: string | null; readonly column: string }[];
  /** The qualifier of each `*`, or null for all tables. */
  readonly stars: readonly (string | null)[];
}

interface Place {
  readonly table: QualifiedName;
  readonly alias: string;
}

/** Whether a query uses a column: `perhaps` when the name may as well be that of another table's column. */
export type Use = 'surely' | 'perhaps' | 'no';

/** Looks up what is known of a table. */
export type Lookup = (name: QualifiedName) => Table | undefined;

/**
 * Whether a query, or a condition of a row of `own`, uses a column of a table, as Postgres sees it: `count(*)` uses no column, and neither does an alias of the
 * same name. What a `*` stood for is fixed when a view is created, see `starredColumns`.
 */
export function usesColumn(sql: string, table: QualifiedName, column: string, lookup: Lookup, own: QualifiedName | null = null): Use {
  if (!sql.toLowerCase().includes(column.toLowerCase())) return 'no';
  const { places, references } = scan(sql);
  const all = own ? [{ table: own, alias: own.name }, ...places] : places;
  const key = printName(table);
  const named = all.filter((place) => printName(place.table) === key);
  const uses = references.filter((reference) => reference.column === column).map(({ qualifier }): Use => {
    if (qualifier !== null) {
      const meant = all.filter((place) => place.alias === qualifier);
      if (meant.length === 0) return named.length === 0 ? 'perhaps' : 'no';
      return meant.every((place) => printName(place.table) === key) ? 'surely' : meant.some((place) => printName(place.table) === key) ? 'perhaps' : 'no';
    }
    if (named.length === 0) return 'perhaps';
    const others = all.filter((place) => printName(place.table) !== key).map((place) => lookup(place.table));
    return others.every((other) => other?.complete === true && !other.columns.has(column)) ? 'surely' : 'perhaps';
  });
  return uses.includes('surely') ? 'surely' : uses.includes('perhaps') ? 'perhaps' : 'no';
}

/** The columns that each `*` of a query stands for, by the printed name of the table; undefined without one. */
export function starredColumns(sql: string, lookup: Lookup): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  if (!/\*/.test(sql)) return undefined;
  const { places, stars } = scan(sql);
  const meant = places.filter((place) => stars.some((qualifier) => qualifier === null || qualifier === place.alias));
  return meant.length === 0 ? undefined : new Map(meant.map(({ table }) => [printName(table), new Set(lookup(table)?.columns.keys())]));
}

/** The tables that a query names, each once. */
export function tablesNamed(sql: string): QualifiedName[] {
  return [...new Map(scan(sql).places.map(({ table }) => [printName(table), table])).values()];
}

const reserved = new Set(`all and any array as asc between both by case cast collate cross current_date current_time current_timestamp current_user desc distinct else end except exists false
  fetch filter for from full group having in inner intersect is join lateral leading left like ilike limit natural not null offset on only or order outer over partition right select similar some
  symmetric table then to trailing true union unique using values when where window with within`.split(/\s+/));

const isName = (token: Token | undefined): token is Token => token?.kind === 'name' || (token?.kind === 'word' && !reserved.has(token.text));

/** Functions whose arguments hold a FROM that names no table. */
const spelledOut = new Set(['extract', 'substring', 'trim', 'overlay', 'position']);

function scan(sql: string): Scan {
  const tokens = tokenize(sql);
  const text = (at: number) => tokens[at]?.text ?? '';
  const places: Place[] = [];
  const own = new Set<string>();
  const references: Scan['references'][number][] = [];
  const stars: (string | null)[] = [];
  const open: string[] = [];
  const path = (at: number): { parts: string[]; next: number } => {
    const parts: string[] = [];
    let next = at;
    while (isName(tokens[next]) || (parts.length > 0 && text(next) === '*')) {
      parts.push(text(next++));
      if (text(next) !== '.') break;
      next++;
    }
    return { parts, next };
  };
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const word = token?.kind === 'word' ? token.text : '';
    if (text(at) === '(') open.push(text(at - 1));
    else if (text(at) === ')') open.pop();
    const clause = word === 'join' || (word === 'from' && !spelledOut.has(open.at(-1) ?? '') && text(at - 1) !== 'distinct');
    if (clause) at = tables(at + 1);
    else if (word === 'as' && text(at + 1) !== '(') at = path(at + 1).next || at + 1;
    else if (text(at) === '::') at = path(at + 1).next;
    else if (text(at) === '*' && /^(select|,|distinct|all)?$/.test(text(at - 1)) && /^(,|from|)$/.test(text(at + 1))) {
      stars.push(null);
      at++;
    } else if (isName(token)) at = reference(at);
    else at++;
  }
  return { places: places.filter(({ table }) => table.schema !== null || !own.has(table.name)), references, stars };

  /** A list of tables from a place on: brackets before the first are passed over, a query or function in place of a table is left to the loop. */
  function tables(from: number): number {
    let at = from;
    while (/^(\(|only|lateral)$/.test(text(at))) {
      if (text(at) === '(') open.push('');
      at++;
    }
    const { parts, next } = path(at);
    const last = parts.at(-1);
    if (last === undefined || text(next) === '(') return at;
    let end = text(next) === '*' ? next + 1 : next;
    if (text(end) === 'as') end++;
    const alias = isName(tokens[end]) ? text(end++) : last;
    places.push({ table: { schema: parts.at(-2) ?? null, name: last }, alias });
    return text(end) === ',' ? tables(end + 1) : end;
  }

  function reference(at: number): number {
    const { parts, next } = path(at);
    const last = parts.at(-1) ?? '';
    if (text(next) === 'as' && /^(\(|materialized|not)$/.test(text(next + 1))) own.add(last);
    else if (text(next) === '(') return next;
    else if (last === '*') stars.push(parts.at(-2) ?? null);
    else references.push({ qualifier: parts.at(-2) ?? null, column: last });
    return next;
  }
}
