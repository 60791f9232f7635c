import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { walk } from '../../ruby/walk.ts';

const mutators = new Set(['<<', 'push', 'append', 'unshift', 'prepend', 'concat', 'merge!', 'update', 'store', '[]=', 'delete', 'shift', 'pop', 'insert', 'gsub!', 'sub!', 'compact!', 'reject!', 'select!', 'map!', 'uniq!', 'clear']);

/** A variable that code gives a new value, or (`inPlace`) whose value it changes. */
export interface AssignedName {
  readonly name: string;
  readonly at: Span;
  readonly inPlace: boolean;
}

/** The variables that code below a node assigns or changes in place. */
export function assignedNames(node: RubyNode): readonly AssignedName[] {
  const known = namesOf.get(node);
  if (known) return known;
  const found: AssignedName[] = [];
  const add = (target: RubyNode | null, inPlace = false): void => {
    if (target?.type === 'identifier' || target?.type === 'variable') found.push({ name: target.name, at: { start: target.start, end: target.end }, inPlace });
    else if (target?.type === 'splat') add(target.value);
    else if (target?.type === 'call' && target.name === '[]') add(target.receiver, true);
    else if (target?.type === 'multiple-assignment' || target?.type === 'other') for (const inner of target.type === 'other' ? target.children : target.targets) add(inner);
  };
  walk(node, (inner) => {
    if (inner.type === 'assignment') add(inner.target);
    else if (inner.type === 'multiple-assignment') for (const target of inner.targets) add(target);
    else if (inner.type === 'call' && mutators.has(inner.name)) add(inner.receiver, true);
    return true;
  });
  namesOf.set(node, found);
  return found;
}

const namesOf = new WeakMap<RubyNode, readonly AssignedName[]>();
