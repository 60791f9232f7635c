import type {
  CallAndWriteNode, CallOperatorWriteNode, CallOrWriteNode, ClassVariableWriteNode, ConstantPathNode, ConstantPathTargetNode, ConstantPathWriteNode, ConstantWriteNode,
  GlobalVariableWriteNode, IndexAndWriteNode, IndexOperatorWriteNode, IndexOrWriteNode, InstanceVariableWriteNode, LocalVariableWriteNode, Location, MultiTargetNode,
  MultiWriteNode, Node,
} from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import { other } from '../build.ts';
import type { Assignment, Constant, MultipleAssignment, RubyNode } from '../syntax.ts';
import { callNode, readArguments, readBlockOrPass } from './call.ts';
import type { Reader } from './reader.ts';
import { optional, textOf } from './reader.ts';

type NamedWrite = LocalVariableWriteNode | InstanceVariableWriteNode | ClassVariableWriteNode | GlobalVariableWriteNode | ConstantWriteNode;

/** `a = 1`, `@a = 1`, `A = 1`. */
export function readWrite(reader: Reader, node: NamedWrite): Assignment {
  return { type: 'assignment', ...reader.span(node.location), target: readVariableAt(reader, node.nameLoc), operator: '=', value: reader.node(node.value) };
}

/** `A::B = 1`. */
export function readPathWrite(reader: Reader, node: ConstantPathWriteNode): Assignment {
  return { type: 'assignment', ...reader.span(node.location), target: reader.node(node.target), operator: '=', value: reader.node(node.value) };
}

/** A write with an operator to a variable or a constant. */
export type OperatorWrite = Extract<Node, { nameLoc: Location; value: Node; operatorLoc: Location } | { nameLoc: Location; value: Node; binaryOperatorLoc: Location } | { target: ConstantPathNode; value: Node }>;

/** `a ||= 1`, `@a += 1`; `nameLoc` is the variable, `operatorLoc` or `binaryOperatorLoc` the operator. */
export function readOperatorWrite(reader: Reader, node: OperatorWrite): Assignment {
  const target = 'nameLoc' in node ? readVariableAt(reader, node.nameLoc) : reader.node(node.target);
  return { type: 'assignment', ...reader.span(node.location), target, operator: operatorOf(reader, node), value: reader.node(node.value) };
}

/** `a.b ||= 1`. */
export function readCallOperatorWrite(reader: Reader, node: CallAndWriteNode | CallOrWriteNode | CallOperatorWriteNode): Assignment {
  const span = reader.span(node.location);
  const nameSpan = node.messageLoc ? reader.span(node.messageLoc) : { start: span.start, end: span.start };
  const target = callNode({ start: span.start, end: nameSpan.end }, node.readName, nameSpan, { receiver: optional(reader, node.receiver), safe: node.isSafeNavigation() });
  return { type: 'assignment', ...span, target, operator: operatorOf(reader, node), value: reader.node(node.value) };
}

/** `a[1] += 2`. */
export function readIndexOperatorWrite(reader: Reader, node: IndexAndWriteNode | IndexOrWriteNode | IndexOperatorWriteNode): Assignment {
  const span = reader.span(node.location);
  const nameSpan = { start: reader.span(node.openingLoc).start, end: reader.span(node.closingLoc).end };
  const target = callNode({ start: span.start, end: nameSpan.end }, '[]', nameSpan, {
    receiver: optional(reader, node.receiver),
    safe: node.isSafeNavigation(),
    args: readArguments(reader, node.arguments_),
    block: readBlockOrPass(reader, node.block),
  });
  return { type: 'assignment', ...span, target, operator: operatorOf(reader, node), value: reader.node(node.value) };
}

/** `a, b = c`. */
export function readMultiWrite(reader: Reader, node: MultiWriteNode): MultipleAssignment {
  return { type: 'multiple-assignment', ...reader.span(node.location), targets: readTargets(reader, node), value: reader.node(node.value) };
}

/** `(a, b)` among targets. */
export function readMultiTarget(reader: Reader, node: MultiTargetNode): RubyNode {
  return other('targets', reader.span(node.location), readTargets(reader, node));
}

/** The targets of a multiple assignment; a trailing comma is none. */
export function readTargets(reader: Reader, node: MultiWriteNode | MultiTargetNode): RubyNode[] {
  const all = [...node.lefts, ...(node.rest ? [node.rest] : []), ...node.rights];
  return all.filter((target) => !(target instanceof nodes.ImplicitRestNode)).map((target) => reader.node(target));
}

/** `A::B`; on an expression (`foo::Bar::Baz`) the name is what follows it. */
export function readConstantPath(reader: Reader, node: ConstantPathNode | ConstantPathTargetNode): Constant {
  const span = reader.span(node.location);
  const name = node.name ?? '';
  if (!node.parent) return { type: 'constant', ...span, name: `::${name}`, scope: null };
  const parent = reader.node(node.parent);
  return parent.type === 'constant'
    ? { type: 'constant', ...span, name: `${parent.name}::${name}`, scope: parent.scope }
    : { type: 'constant', ...span, name, scope: parent };
}

/** The variable or constant whose name stands at a location. */
export function readVariableAt(reader: Reader, location: Location): RubyNode {
  const span = reader.span(location);
  const name = textOf(reader, location);
  if (/^[@$]/.test(name)) return { type: 'variable', ...span, name };
  return /^[\p{Lu}\p{Lt}]/u.test(name) ? { type: 'constant', ...span, name, scope: null } : { type: 'identifier', ...span, name };
}

function operatorOf(reader: Reader, node: Node): string {
  const location = 'binaryOperatorLoc' in node ? node.binaryOperatorLoc : 'operatorLoc' in node ? node.operatorLoc : null;
  return location ? textOf(reader, location) : '=';
}
