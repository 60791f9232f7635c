import type { IndexDefinition, IndexKey } from '../../operations/index.ts';
import type { Table } from '../table.ts';
import type { Aspect, Comparison, Tell } from './difference.ts';
import { pairUp, sameIdentifier } from './pair.ts';
import { canonicalExpression, compareExpressions } from './spelling.ts';
import type { Sameness } from './spelling.ts';

/** An index, or a unique constraint as the index that it is. */
interface Indexed extends IndexDefinition { readonly constraint: boolean }

/** Tells in what the indexes and unique constraints of a table differ. */
export function compareIndexes(here: Table, there: Table, how: Comparison, tell: Tell): void {
  const { pairs, onlyHere, onlyThere } = pairUp(indexesOf(here, there, how), indexesOf(there, here, how), [
    (a, b) => sameIdentifier(a.name, b.name, how.engine),
    (a, b) => shape(a) === shape(b) && a.constraint === b.constraint,
    (a, b) => shape(a) === shape(b),
  ]);
  for (const [left, right] of pairs) compareIndex(left, right, how, tell);
  // An expression in another spelling may be all that keeps two indexes without a name from being found to be one.
  const isVague = (one: Indexed, others: readonly Indexed[]) => others.some((other) => (one.name === null || other.name === null) && one.keys.length === other.keys.length);
  for (const one of onlyHere) tell({ part: 'index', name: one.name, what: 'missing-there', here: printIndex(one), there: null, certain: !isVague(one, onlyThere) });
  for (const one of onlyThere) tell({ part: 'index', name: one.name, what: 'missing-here', here: null, there: printIndex(one), certain: !isVague(one, onlyHere) });
}

/** Without exclusion constraints, an old `schema.rb` lists the indexes behind them; without INCLUDE, the columns of that as keys. */
function indexesOf(table: Table, other: Table, { omits }: Comparison): Indexed[] {
  const uniques = table.uniques.map(({ name, columns }) => ({
    name, table: table.name, keys: columns.map((column) => ({ column, expression: null })), unique: true, method: 'btree', constraint: true,
  }));
  const indexes = omits.has('exclusion') ? table.indexes.filter(({ name }) => name === null || !other.exclusions.includes(name)) : table.indexes;
  return [...indexes.map((index) => ({ ...index, keys: omits.has('include') ? withIncluded(index) : index.keys, constraint: false })), ...uniques];
}

function withIncluded({ keys, include = [] }: IndexDefinition): readonly IndexKey[] {
  return [...keys, ...include.map((column) => ({ column, expression: null }))];
}

function compareIndex(here: Indexed, there: Indexed, how: Comparison, tell: Tell): void {
  const name = there.name ?? here.name;
  const say = (what: Aspect, found: Sameness, left: string | null, right: string | null) => {
    if (found !== 'same') tell({ part: 'index', name, what, here: left, there: right, certain: found === 'different' });
  };
  const same = (a: unknown, b: unknown): Sameness => (a === b ? 'same' : 'different');
  if (here.name !== null && there.name !== null) say('name', sameIdentifier(here.name, there.name, how.engine) ? 'same' : 'different', here.name, there.name);
  say('columns', sameKeys(here.keys, there.keys), printKeys(here.keys), printKeys(there.keys));
  say('unique', same(here.unique, there.unique), String(here.unique), String(there.unique));
  if (!how.omits.has('unique-constraint')) say('constraint', same(here.constraint, there.constraint), String(here.constraint), String(there.constraint));
  say('method', same(here.method, there.method), here.method, there.method);
  say('where', sameCondition(here.where, there.where), here.where ?? null, there.where ?? null);
  if (!how.omits.has('include')) say('include', same([...(here.include ?? [])].join(), [...(there.include ?? [])].join()), here.include?.join(', ') ?? null, there.include?.join(', ') ?? null);
  if (!how.omits.has('include')) say('nulls', same(here.nullsNotDistinct ?? false, there.nullsNotDistinct ?? false), String(here.nullsNotDistinct ?? false), String(there.nullsNotDistinct ?? false));
  if (here.keys.length !== there.keys.length) return;
  say('order', same(orders(here.keys), orders(there.keys)), orders(here.keys), orders(there.keys));
  say('operator-class', sameClasses(here.keys, there.keys), classes(here.keys), classes(there.keys));
}

function sameKeys(here: readonly IndexKey[], there: readonly IndexKey[]): Sameness {
  if (here.length !== there.length) return here.every(isColumn) && there.every(isColumn) ? 'different' : 'unknown';
  let found: Sameness = 'same';
  for (const [at, key] of here.entries()) {
    const other = there[at];
    if (other === undefined) continue;
    const [a, b] = [key.column, other.column];
    if (a !== null && b !== null) {
      if (a !== b || (key.length ?? 0) !== (other.length ?? 0)) return 'different';
    } else if (compareExpressions(key.expression ?? a ?? '', other.expression ?? b ?? '') !== 'same') found = 'unknown';
  }
  return found;
}

function isColumn(key: IndexKey): boolean {
  return key.column !== null;
}

function sameCondition(here: string | undefined, there: string | undefined): Sameness {
  if (here === undefined || there === undefined) return here === there ? 'same' : 'different';
  return compareExpressions(here, there);
}

/** ASC is the default, and so is NULLS LAST with it, and NULLS FIRST with DESC. */
function orders(keys: readonly IndexKey[]): string {
  return keys.map(({ order = 'asc', nulls }) => `${order} nulls ${nulls ?? (order === 'desc' ? 'first' : 'last')}`).join(', ');
}

function classes(keys: readonly IndexKey[]): string {
  return keys.map(({ opclass }) => bare(opclass) ?? '').join(', ');
}

function bare(opclass: string | undefined): string | undefined {
  return opclass?.replace(/^.*\./, '');
}

/** A class that is the type's default is left out of dumps, so that one side without it says nothing. */
function sameClasses(here: readonly IndexKey[], there: readonly IndexKey[]): Sameness {
  let found: Sameness = 'same';
  for (const [at, key] of here.entries()) {
    const [a, b] = [bare(key.opclass), bare(there[at]?.opclass)];
    if (a !== undefined && b !== undefined && a !== b) return 'different';
    if (a !== b) found = 'unknown';
  }
  return found;
}

/** What makes two indexes of different names one. */
function shape(index: Indexed): string {
  return `${index.unique} ${index.method} ${index.where === undefined ? '' : canonicalExpression(index.where)} ${index.keys.map((key) => `${key.column ?? canonicalExpression(key.expression ?? '')} ${key.length ?? ''}`).join()} ${orders(index.keys)}`;
}

function printKeys(keys: readonly IndexKey[]): string {
  return keys.map((key) => `${key.column ?? key.expression ?? ''}${key.length === undefined ? '' : `(${key.length})`}${key.order === 'desc' ? ' DESC' : ''}`).join(', ');
}

function printIndex(index: Indexed): string {
  return `${index.unique ? 'UNIQUE ' : ''}(${printKeys(index.keys)})${index.where === undefined ? '' : ` WHERE ${index.where}`}`;
}
