import { printName } from '../../operations/index.ts';
import type { Check, ForeignKey, ReferentialAction } from '../../operations/index.ts';
import type { Schema } from '../schema.ts';
import type { Table } from '../table.ts';
import type { Aspect, Comparison, Tell } from './difference.ts';
import { pairUp, sameIdentifier } from './pair.ts';
import { canonicalExpression, compareExpressions } from './spelling.ts';
import type { Sameness } from './spelling.ts';

/** A key with the columns it refers to written out; null where it is not known what the primary key is. */
interface ResolvedKey extends ForeignKey { readonly target: readonly string[] | null }

/** Tells in what the foreign keys of a table differ. */
export function compareForeignKeys(here: Table, there: Table, schemas: { readonly here: Schema; readonly there: Schema }, how: Comparison, tell: Tell): void {
  const left = here.foreignKeys.map((key) => resolved(key, schemas.here));
  const right = there.foreignKeys.map((key) => resolved(key, schemas.there));
  const same = (a: ResolvedKey, b: ResolvedKey) => a.columns.join() === b.columns.join() && printName(a.references) === printName(b.references);
  const { pairs, onlyHere, onlyThere } = pairUp(left, right, [
    (a, b) => same(a, b) && sameIdentifier(keyName(a), keyName(b), how.engine),
    same,
    (a, b) => !isRailsKey(a.name) && sameIdentifier(a.name, b.name, how.engine),
  ]);
  for (const [a, b] of pairs) compareForeignKey(a, b, how, tell);
  for (const key of onlyHere) tell({ part: 'foreign-key', name: key.name, what: 'missing-there', here: printKey(key), there: null, certain: true });
  for (const key of onlyThere) tell({ part: 'foreign-key', name: key.name, what: 'missing-here', here: null, there: printKey(key), certain: true });
}

function resolved(key: ForeignKey, schema: Schema): ResolvedKey {
  if (key.referencedColumns.length > 0) return { ...key, target: key.referencedColumns };
  const primaryKey = schema.table(key.references)?.primaryKey ?? [];
  return { ...key, target: primaryKey.length > 0 ? primaryKey : null };
}

/** Rails makes names up from a digest, and leaves them out of `schema.rb`. */
function isRailsKey(name: string | null): boolean {
  return name === null || /^fk_rails_[0-9a-f]{10}$/.test(name);
}

function keyName({ name }: ForeignKey): string {
  return name === null || isRailsKey(name) ? 'fk_rails_' : name;
}

function compareForeignKey(here: ResolvedKey, there: ResolvedKey, how: Comparison, tell: Tell): void {
  const name = there.name ?? here.name;
  const say = (what: Aspect, found: Sameness, left: string | null, right: string | null) => {
    if (found !== 'same') tell({ part: 'foreign-key', name, what, here: left, there: right, certain: found === 'different' });
  };
  const same = (a: unknown, b: unknown): Sameness => (a === b ? 'same' : 'different');
  say('name', sameIdentifier(keyName(here), keyName(there), how.engine) ? 'same' : 'different', here.name, there.name);
  say('columns', same(`${here.columns.join()} ${printName(here.references)}`, `${there.columns.join()} ${printName(there.references)}`), printKey(here), printKey(there));
  say('referenced-columns', here.target === null || there.target === null ? 'same' : same(here.target.join(), there.target.join()), here.target?.join(', ') ?? null, there.target?.join(', ') ?? null);
  say('on-delete', same(action(here.onDelete, how), action(there.onDelete, how)), here.onDelete, there.onDelete);
  say('on-update', same(action(here.onUpdate, how), action(there.onUpdate, how)), here.onUpdate, there.onUpdate);
  if (!how.omits.has('deferrable')) say('deferrable', same(deferral(here), deferral(there)), deferral(here), deferral(there));
  if (!how.omits.has('validity')) say('validated', same(here.validated, there.validated), String(here.validated), String(there.validated));
}

/** InnoDB makes no difference between RESTRICT and NO ACTION. */
function action(value: ReferentialAction | null, { engine }: Comparison): ReferentialAction {
  if (value === null) return 'no action';
  return value === 'restrict' && engine !== 'postgres' && engine !== 'sqlite' ? 'no action' : value;
}

function deferral(key: ForeignKey): string {
  return key.initiallyDeferred ? 'deferred' : key.deferrable ? 'immediate' : 'never';
}

function printKey(key: ForeignKey): string {
  return `(${key.columns.join(', ')}) REFERENCES ${printName(key.references)}${key.referencedColumns.length > 0 ? ` (${key.referencedColumns.join(', ')})` : ''}`;
}

/** Tells in what the checks of a table differ. */
export function compareChecks(here: Table, there: Table, how: Comparison, tell: Tell): void {
  if (how.omits.has('check')) return;
  const { pairs, onlyHere, onlyThere } = pairUp(here.checks, there.checks, [
    (a, b) => sameIdentifier(a.name, b.name, how.engine),
    (a, b) => canonicalExpression(a.expression) === canonicalExpression(b.expression),
  ]);
  const rails = pairUp(onlyHere, onlyThere, [(a, b) => isRailsCheck(a.name) && isRailsCheck(b.name)]);
  for (const [a, b] of [...pairs, ...rails.pairs]) compareCheck(a, b, how, tell);
  for (const check of rails.onlyHere) tell({ part: 'check', name: check.name, what: 'missing-there', here: check.expression, there: null, certain: rails.onlyThere.length === 0 });
  for (const check of rails.onlyThere) tell({ part: 'check', name: check.name, what: 'missing-here', here: null, there: check.expression, certain: rails.onlyHere.length === 0 });
}

function isRailsCheck(name: string | null): boolean {
  return name === null || /^chk_rails_[0-9a-f]{10}$/.test(name);
}

function compareCheck(here: Check, there: Check, how: Comparison, tell: Tell): void {
  const name = there.name ?? here.name;
  // A name that a server made up is guessed; it is no more than a hint.
  const sameNames = sameIdentifier(here.name, there.name, how.engine) || (isRailsCheck(here.name) && isRailsCheck(there.name));
  if (!sameNames) tell({ part: 'check', name, what: 'name', here: here.name, there: there.name, certain: false });
  if (compareExpressions(here.expression, there.expression) !== 'same') tell({ part: 'check', name, what: 'expression', here: here.expression, there: there.expression, certain: false });
  if (!how.omits.has('validity') && here.validated !== there.validated) tell({ part: 'check', name, what: 'validated', here: String(here.validated), there: String(there.validated), certain: true });
}
