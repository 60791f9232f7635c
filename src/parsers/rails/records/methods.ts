import { findMethod } from '../evaluator/ancestors.ts';
import type { Owner } from '../evaluator/frame.ts';
import type { Invocation } from '../evaluator/invocation.ts';
import { inline } from '../evaluator/methods.ts';
import type { Value } from '../value.ts';
import { classMethod } from './class-methods.ts';
import { queryMethod } from './query-methods.ts';
import { recordMethod } from './record-methods.ts';
import type { Relation } from './relation.ts';

/** A method of a model, a relation, a list of records or one record; undefined when nothing is known of it. */
export function relationMethod(inv: Invocation, relation: Relation): Value | undefined {
  const { definition } = relation;
  const isRecord = relation.form === 'record' || relation.form === 'new';
  if (definition && (isRecord || relation.form === 'class')) {
    const self: Owner = { kind: isRecord ? 'record' : 'model', definition, relation, variables: new Map() };
    const found = findMethod(inv.machine, self, inv.name);
    if (found && found.definition.kind !== 'top') return inline(inv, found, self);
  }
  if (isRecord) return recordMethod(inv, relation);
  return (relation.form === 'class' ? classMethod(inv, relation) : undefined) ?? queryMethod(inv, relation);
}
