import type { Invocation } from '../evaluator/invocation.ts';
import { sourceText } from '../evaluator/machine.ts';
import { literalText, type Value } from '../value.ts';
import { roughText } from '../values/inspect.ts';
import { roleIs } from '../values/special.ts';
import { chained, type Relation } from './relation.ts';

/** The rows that are left after `where`, `not`, `limit`, `find` and the like. */
export function narrowed(inv: Invocation, relation: Relation): Relation {
  const { name, args } = inv;
  if (name === 'limit') return chained(relation, name, { form: 'query', scope: args[0]?.type === 'nil' ? relation.scope : 'bounded' });
  if (name === 'none') return chained(relation, name, { form: 'query', scope: 'bounded' });
  if (name === 'unscoped' || name === 'unscope') return chained(relation, name, { form: 'query', scope: 'all', where: [] });
  if (name === 'find_by_sql') return chained(relation, name, { form: 'list', scope: 'filtered' });
  const restricts = name === 'where' || name === 'not' || name === 'rewhere' || name === 'having' || name === 'find_by' || name === 'find_by!' || name === 'joins' || name === 'merge' || name === 'or' || name === 'and' || name === 'missing' || name === 'associated';
  if (!restricts || args.length === 0) return chained(relation, name, { form: 'query' });
  const negated = name === 'not' || name === 'missing';
  const conditions = name === 'joins' ? [] : conditionsOf(inv, negated);
  const bounded = relation.scope === 'bounded' || (!negated && name !== 'joins' && args.some((arg) => isBounded(arg)));
  return chained(relation, name, { form: 'query', scope: bounded ? 'bounded' : 'filtered', where: [...relation.where, ...conditions].slice(0, 20) });
}

/** How many rows a condition can match. */
function isBounded(condition: Value): boolean {
  if (condition.type === 'hash') return condition.entries.some(([key, value]) => literalText(key) === 'id' && !openEnded(value));
  const text = roughText(condition);
  if (text === null) return false;
  const key = '(?:[\\w"`]+\\.)?["`]?id["`]?';
  if (new RegExp(`(?:^|[\\s(])${key}\\s*(?:=|IN\\b|BETWEEN\\b)`, 'i').test(text)) return !/\(\s*select\b/i.test(text);
  return new RegExp(`${key}\\s*>`, 'i').test(text) && new RegExp(`${key}\\s*<`, 'i').test(text);
}

function openEnded(value: Value): boolean {
  const range = roleIs(value, 'range');
  return value.type === 'relation' || (range !== null && range.ends.some((end) => end.type === 'nil'));
}

/** Conditions as SQL where that can be told, else as written. */
function conditionsOf(inv: Invocation, negated = false): string[] {
  const [first, ...binds] = inv.args;
  if (!first) return [];
  if (first.type === 'hash') return first.entries.map(([key, value]) => comparison(roughText(key) ?? '?', value, negated));
  const text = first.type === 'array' ? roughText(first.items[0]) : roughText(first);
  if (text !== null) {
    let next = 0;
    const filled = text.replace(/\?/g, (mark) => literalSql(binds[next++]) ?? mark);
    return [negated ? `NOT (${filled})` : filled];
  }
  return [sourceText(inv.frame.file, first.at.end > first.at.start ? first.at : inv.node, 120)];
}

function comparison(column: string, value: Value, negated: boolean): string {
  if (value.type === 'nil') return `${column} IS ${negated ? 'NOT ' : ''}NULL`;
  if (value.type === 'array') {
    const items = value.items.map(literalSql);
    return `${column} ${negated ? 'NOT ' : ''}IN (${items.map((item) => item ?? '?').join(', ').slice(0, 200)})`;
  }
  if (value.type === 'hash') return value.entries.map(([key, inner]) => comparison(`${column}.${roughText(key) ?? '?'}`, inner, negated)).join(' AND ');
  return `${column} ${negated ? '<>' : '='} ${literalSql(value) ?? '?'}`;
}

function literalSql(value: Value | undefined): string | null {
  if (value?.type === 'number' || value?.type === 'boolean') return String(value.value);
  if (value?.type === 'nil') return 'NULL';
  const text = literalText(value);
  return text === null ? null : `'${text.replaceAll("'", "''")}'`;
}

/** The conditions as one predicate, or null. */
export function predicate(relation: Relation): string | null {
  return relation.where.length > 0 ? relation.where.join(' AND ') : null;
}

/** The columns that `update_all` and its kin set: the keys of a hash, or the left sides of `SET` text. */
export function assignedColumns(value: Value | undefined): string[] {
  if (value?.type === 'hash') return value.entries.flatMap(([key]) => roughText(key) ?? []);
  const text = value?.type === 'array' ? roughText(value.items[0]) : roughText(value);
  return text === null ? [] : assignments(text).map(({ column }) => column);
}

/** The assignments of a `SET` text, each with what is stored as written. */
export function assignments(text: string): { readonly column: string; readonly value: string }[] {
  const found: { column: string; value: string }[] = [];
  let depth = 0;
  let start = 0;
  const take = (end: number): void => {
    const match = /^\s*(?:[\w"`]+\.)?["`]?(\w+)["`]?\s*=/.exec(text.slice(start, end));
    if (match?.[1]) found.push({ column: match[1], value: text.slice(start + match[0].length, end).trim() });
    start = end + 1;
  };
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    if (quote) {
      if (unit === quote) quote = '';
    } else if (unit === "'") quote = unit;
    else if (unit === '(') depth += 1;
    else if (unit === ')') depth -= 1;
    else if (unit === ',' && depth === 0) take(at);
  }
  take(text.length);
  return found;
}
