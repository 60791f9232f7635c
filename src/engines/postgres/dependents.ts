import { printName } from '../../operations/index.ts';
import type { ForeignKey, QualifiedName } from '../../operations/index.ts';
import { mentions } from '../../schema/expression.ts';
import { usesColumn } from '../../schema/query-columns.ts';
import type { Use } from '../../schema/query-columns.ts';
import type { Schema, View } from '../../schema/schema.ts';
import type { Policy, Table, Trigger } from '../../schema/table.ts';
import type { Dependent } from '../effect.ts';
import { childrenOf, partitionsBelow, viewsOn } from '../relations.ts';
import { others } from './claim.ts';

/** A view as a dependent. */
export function viewDependent(view: View, surely = true): Dependent {
  return { what: `the ${view.materialized ? 'materialized view' : 'view'} "${printName(view.name)}"`, kind: 'view', owner: view.name, surely,
    drop: { kind: 'drop-view', view: view.name, materialized: view.materialized, ifExists: false, cascade: false } };
}

/** The views that read the table or view themselves. */
export function readersOf(name: QualifiedName, schema: Schema): View[] {
  const key = printName(name);
  return viewsOn(name, schema).filter((view) => view.reads.some((read) => printName(read) === key));
}

/** The foreign keys of other tables that refer to the table, or to one of its columns. */
export function keyDependents(name: QualifiedName, schema: Schema, refers: (key: ForeignKey) => boolean = () => true): Dependent[] {
  return childrenOf(name, schema).flatMap((child) => child.foreignKeys.filter((key) => printName(key.references) === printName(name) && refers(key)).map((key): Dependent => ({
    what: `the foreign key ${key.name === null ? `on "${key.columns.join('", "')}"` : `"${key.name}"`} of "${printName(child.name)}"`, kind: 'foreign-key', owner: child.name, surely: true,
    drop: { kind: 'drop-constraint', table: child.name, name: key.name, constraint: 'foreign-key', columns: key.columns, references: name, ifExists: false, cascade: false },
  })));
}

/**
 * What depends on a column itself, so that Postgres refuses to drop it (2BP01) or to change its type (0A000): views, rules apart, generated columns, row security
 * policies, and triggers with UPDATE OF or WHEN. Indexes, checks and statistics go or change with the column without a word.
 */
export function columnDependents(name: QualifiedName, column: string, schema: Schema): Dependent[] {
  const partitions = schema.table(name)?.partitionBy ? partitionsBelow(name, schema) : [];
  return [name, ...partitions.map((partition) => partition.name)].flatMap((one) => ofColumn(one, column, schema));
}

function ofColumn(name: QualifiedName, column: string, schema: Schema): Dependent[] {
  const table = schema.table(name);
  const lookup = (one: QualifiedName) => schema.table(one);
  const views = readersOf(name, schema).flatMap((view): Dependent[] => {
    const use: Use = view.starred?.get(printName(name))?.has(column) ? 'surely' : view.query === null ? 'no' : usesColumn(view.query, name, column, lookup);
    return use === 'no' ? [] : [viewDependent(view, use === 'surely')];
  });
  const policies = [...(table ? [table] : []), ...(schema.policiesReading?.(name) ?? [])].flatMap((owner) => owner.policies.flatMap((policy): Dependent[] => {
    const uses = [policy.using, policy.check].map((condition) => (condition === null ? 'no' : usesColumn(condition, name, column, lookup, owner.name)));
    if (uses.every((use) => use === 'no')) return [];
    return [policyDependent(owner, policy, uses.includes('surely'))];
  }));
  return [...views, ...(table ? ofTable(table, column) : []), ...policies];
}

function ofTable(table: Table, column: string): Dependent[] {
  const generated = [...table.columns.values()].filter((other) => other.generated && mentions(other.generated.expression, column));
  const triggers = table.triggers.filter((trigger) => trigger.columns.includes(column) || (trigger.when !== null && mentions(trigger.when, column)));
  return [
    ...generated.map((other): Dependent => ({
      what: `the generated column "${other.name}"`, kind: 'generated-column', owner: table.name, surely: true, drop: { kind: 'drop-column', table: table.name, column: other.name, ifExists: false, cascade: false },
    })),
    ...triggers.map((trigger) => triggerDependent(table, trigger)),
  ];
}

/** What depends on the table as a whole: views, foreign keys of other tables, and policies of other tables. */
export function tableDependents(name: QualifiedName, schema: Schema): Dependent[] {
  const policies = [...(schema.policiesReading?.(name) ?? [])].flatMap((owner) => owner.policies.filter((policy) => policy.reads.some((read) => printName(read) === printName(name)))
    .map((policy) => policyDependent(owner, policy, true)));
  return [...readersOf(name, schema).map((view) => viewDependent(view)), ...keyDependents(name, schema), ...policies];
}

/** The dependents with the views that read the views among them, those first: what CASCADE takes along. */
export function takenAlong(dependents: readonly Dependent[], schema: Schema): Dependent[] {
  const further = dependents.filter(({ kind }) => kind === 'view').flatMap(({ owner }) => viewsOn(owner, schema)).map((view) => viewDependent(view));
  return [...new Map([...further.reverse(), ...dependents].map((dependent) => [dependent.what, dependent])).values()];
}

function policyDependent(owner: Table, policy: Policy, surely: boolean): Dependent {
  return { what: `the policy "${policy.name}" of "${printName(owner.name)}"`, kind: 'policy', owner: owner.name, surely, drop: { kind: 'drop-policy', table: owner.name, name: policy.name } };
}

/** A trigger as a dependent. */
export function triggerDependent(table: Table, { name }: Trigger): Dependent {
  return { what: `the trigger "${name}" of "${printName(table.name)}"`, kind: 'trigger', owner: table.name, surely: true, drop: { kind: 'drop-trigger', table: table.name, name, ifExists: false } };
}

/** The locks that CASCADE takes on what holds the dependents, and on the views that read the views. */
export function lockedWith(dependents: readonly Dependent[], schema: Schema): ReturnType<typeof others> {
  const of = (...kinds: readonly Dependent['kind'][]) => dependents.filter(({ kind }) => kinds.includes(kind)).map(({ owner }) => owner);
  const views = of('view');
  return [
    ...others(of('foreign-key', 'policy', 'trigger', 'column', 'index'), 'ACCESS EXCLUSIVE', 'child'),
    ...others([...views, ...views.flatMap((view) => viewsOn(view, schema).map((reader) => reader.name))], 'ACCESS EXCLUSIVE', 'view'),
  ];
}

/** The sentence part that says so when it is not sure that a dependent is one. */
export function doubt(dependents: readonly Dependent[]): string | null {
  const [first] = dependents;
  return first === undefined || dependents.some(({ surely }) => surely) ? null : `${first.what} may mean a column of that name of another table`;
}
