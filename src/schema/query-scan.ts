import type { QualifiedName } from '../operations/index.ts';
import { tokenize } from './expression.ts';
import type { Token } from './expression.ts';

/** A table that a query names, and what the query calls it. */
export interface Place {
  readonly table: QualifiedName;
  readonly alias: string;
}

/** One SELECT: its names mean the tables of its own FROM first, and then those of the SELECT around it. */
export interface Scope {
  /** The number of the SELECT around it. */
  readonly parent: number | null;
  readonly places: readonly Place[];
  /** The names of what stands in FROM and is no table: queries, WITH queries, functions. */
  readonly derived: readonly string[];
}

/** A column that a query names. */
export interface Reference {
  readonly qualifier: string | null;
  readonly column: string;
  readonly scope: number;
  /** It stands in ORDER BY or GROUP BY, where it may mean a result column of that name that the query has. */
  readonly aliased: boolean;
}

/** A query as far as its tokens tell. */
export interface Scan {
  readonly scopes: readonly Scope[];
  readonly references: readonly Reference[];
  /** Each `*`, with its qualifier or null for all tables of its SELECT. */
  readonly stars: readonly { readonly qualifier: string | null; readonly scope: number }[];
}

const reserved = new Set(`all and any array as asc between both by case cast collate cross current_date current_time current_timestamp current_user desc distinct else end except exists false
  fetch filter for from full group having in inner intersect is join lateral leading left like ilike limit natural not null offset on only or order outer over partition right select similar some
  symmetric table then to trailing true union unique using values when where window with within`.split(/\s+/));

const isName = (token: Token | undefined): token is Token => token?.kind === 'name' || (token?.kind === 'word' && !reserved.has(token.text));

/** Functions whose arguments hold a FROM that names no table. */
const spelledOut = new Set(['extract', 'substring', 'trim', 'overlay', 'position']);

interface Draft {
  readonly parent: number | null;
  readonly places: Place[];
  readonly derived: string[];
  readonly aliases: Set<string>;
  sorting: boolean;
}

/** Reads a query, or a condition on a row of `own`, by its tokens alone, in time linear in its length. */
export function scanQuery(sql: string, own: QualifiedName | null = null): Scan {
  const tokens = tokenize(sql);
  const text = (at: number) => tokens[at]?.text ?? '';
  const withQueries = new Set<string>();
  const references: (Reference & { readonly sorting: boolean })[] = [];
  const stars: Scan['stars'][number][] = [];
  const scopes: Draft[] = [];
  const enter = (parent: number | null): number => scopes.push({ parent, places: [], derived: [], aliases: new Set(), sorting: false }) - 1;
  // What each open bracket belongs to: the word before it, and the SELECT around it when it opens one of its own.
  const open: { readonly word: string; readonly outer: number | null }[] = [];
  let scope = enter(null);
  const here = (): Draft => scopes[scope] as Draft;
  if (own) here().places.push({ table: own, alias: own.name });
  if (own) scope = enter(scope);

  for (let at = 0; at < tokens.length;) at = step(at);
  return {
    scopes: scopes.map(({ parent, places, derived }) => ({
      parent,
      places: places.filter(({ table }) => table.schema !== null || !withQueries.has(table.name)),
      derived: [...derived, ...places.filter(({ table }) => table.schema === null && withQueries.has(table.name)).map(({ alias }) => alias)],
    })),
    references: references.map(({ sorting, ...reference }) => ({ ...reference, aliased: sorting && (scopes[reference.scope]?.aliases.has(reference.column) ?? false) })),
    stars,
  };

  function step(at: number): number {
    const token = tokens[at];
    const word = token?.kind === 'word' ? token.text : '';
    if (text(at) === '(') return opened(at);
    if (text(at) === ')') return closed(at);
    if (word === 'join' || (word === 'from' && !spelledOut.has(open.at(-1)?.word ?? '') && text(at - 1) !== 'distinct')) return tables(at + 1);
    if (word === 'as' && text(at + 1) !== '(') return alias(at + 1);
    if (text(at) === '::') return path(at + 1).next;
    if (/^(union|except|intersect)$/.test(word)) scope = enter(here().parent);
    else if ((word === 'order' || word === 'group') && text(at + 1) === 'by') here().sorting = open.at(-1)?.word !== 'over';
    else if (/^(having|limit|offset|fetch|window)$/.test(word)) here().sorting = false;
    else if (text(at) === '*' && /^(select|,|distinct|all)?$/.test(text(at - 1)) && /^(,|from|)$/.test(text(at + 1))) stars.push({ qualifier: null, scope });
    else if (isName(token)) return reference(at);
    return at + 1;
  }

  function opened(at: number): number {
    const isQuery = /^(select|with)$/.test(text(at + 1));
    open.push({ word: text(at - 1), outer: isQuery ? scope : null });
    if (isQuery) scope = enter(scope);
    return at + 1;
  }

  function closed(at: number): number {
    const outer = open.pop()?.outer ?? null;
    if (outer !== null) scope = outer;
    // The name of a query in FROM; after an expression it is the name of a result column, which no qualifier means.
    const named = text(at + 1) === 'as' ? at + 2 : at + 1;
    if (outer !== null && isName(tokens[named])) here().derived.push(text(named));
    return at + 1;
  }

  function alias(at: number): number {
    const { parts, next } = path(at);
    if (parts.length === 1) here().aliases.add(parts[0] ?? '');
    return Math.max(next, at);
  }

  /** A name with what qualifies it, and the index after it. */
  function path(at: number): { readonly parts: readonly string[]; readonly next: number } {
    const parts: string[] = [];
    let next = at;
    while (isName(tokens[next]) || (parts.length > 0 && text(next) === '*')) {
      parts.push(text(next++));
      if (text(next) !== '.') break;
      next++;
    }
    return { parts, next };
  }

  /** A list of tables from a place on, and the index after it. */
  function tables(from: number): number {
    for (let at = from; ;) {
      const end = table(at);
      if (end === null || text(end) !== ',') return end ?? at;
      at = end + 1;
    }
  }

  /** One table: brackets before it are passed over; null for a query or function in its place, which are left to the loop. */
  function table(from: number): number | null {
    let at = from;
    while (/^(\(|only|lateral)$/.test(text(at)) && !(text(at) === '(' && /^(select|with|values)$/.test(text(at + 1)))) at++;
    const { parts, next } = path(at);
    const last = parts.at(-1);
    if (last !== undefined && text(next) === '(') here().derived.push(last);
    if (last === undefined || text(next) === '(') return null;
    for (let bracket = from; bracket < at; bracket++) if (text(bracket) === '(') open.push({ word: '', outer: null });
    let end = text(next) === '*' ? next + 1 : next;
    if (text(end) === 'as') end++;
    const called = isName(tokens[end]) ? text(end++) : last;
    here().places.push({ table: { schema: parts.at(-2) ?? null, name: last }, alias: called });
    return end;
  }

  function reference(at: number): number {
    const { parts, next } = path(at);
    const last = parts.at(-1) ?? '';
    const qualifier = parts.at(-2) ?? null;
    if (text(next) === 'as' && /^(\(|materialized|not)$/.test(text(next + 1))) withQueries.add(last);
    else if (text(next) === '(') return next;
    else if (last === '*') stars.push({ qualifier, scope });
    else references.push({ qualifier, column: last, scope, aliased: false, sorting: here().sorting });
    return next;
  }
}
