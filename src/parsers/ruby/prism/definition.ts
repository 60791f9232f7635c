import type {
  BeginNode, ClassNode as PrismClass, DefNode, LambdaNode, Location, ModuleNode as PrismModule, MultiTargetNode, Node, ParametersNode, RescueModifierNode, RescueNode,
  SingletonClassNode,
} from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import type { Clause } from '../build.ts';
import { implicitSpan, rescueModifier } from '../build.ts';
import type { Begin, ClassNode, Def, Lambda, ModuleNode, Parameter, RubyNode, SingletonClass } from '../syntax.ts';
import type { Reader } from './reader.ts';
import { optional, statements, textOf } from './reader.ts';

/** `class A < B`. */
export function readClass(reader: Reader, node: PrismClass): ClassNode {
  const superclass = optional(reader, node.superclass);
  return { type: 'class', ...reader.span(node.location), ...readPath(reader, node.constantPath), superclass, body: readBody(reader, node.body) };
}

/** `module A`. */
export function readModule(reader: Reader, node: PrismModule): ModuleNode {
  return { type: 'module', ...reader.span(node.location), ...readPath(reader, node.constantPath), body: readBody(reader, node.body) };
}

/** `class << self`. */
export function readSingletonClass(reader: Reader, node: SingletonClassNode): SingletonClass {
  return { type: 'singleton-class', ...reader.span(node.location), body: readBody(reader, node.body) };
}

/** `def a`, `def self.a`, `def a = b`. */
export function readDef(reader: Reader, node: DefNode): Def {
  const nameSpan = reader.span(node.nameLoc);
  const parameters = readParameters(reader, node.parameters);
  return { type: 'def', ...reader.span(node.location), name: node.name, nameSpan, onSelf: node.receiver !== null, parameters, body: readBody(reader, node.body) };
}

/** `-> (a) { }`. */
export function readLambda(reader: Reader, node: LambdaNode): Lambda {
  const list = node.parameters instanceof nodes.BlockParametersNode ? node.parameters.parameters : null;
  return { type: 'lambda', ...reader.span(node.location), parameters: readParameters(reader, list), body: readBody(reader, node.body) };
}

/** The body of a class, method or block; with `rescue` or `ensure` in it, one `begin`. */
export function readBody(reader: Reader, node: Node | null): RubyNode[] {
  if (node instanceof nodes.StatementsNode) return statements(reader, node);
  if (node instanceof nodes.BeginNode && !node.beginKeywordLoc) {
    const { parts, clauses } = readClauses(reader, node);
    return [{ type: 'begin', ...implicitSpan(parts.body, clauses), ...parts }];
  }
  return node ? [reader.node(node)] : [];
}

/** `begin ... end`. */
export function readBegin(reader: Reader, node: BeginNode): Begin {
  return { type: 'begin', ...reader.span(node.location), ...readClauses(reader, node).parts };
}

/** `a rescue b`. */
export function readRescueModifier(reader: Reader, node: RescueModifierNode): Begin {
  return rescueModifier(reader.span(node.location), reader.node(node.expression), reader.node(node.rescueExpression));
}

function readClauses(reader: Reader, node: BeginNode): { parts: Pick<Begin, 'body' | 'rescues' | 'otherwise' | 'ensure'>; clauses: Clause[] } {
  const rescues: Begin['rescues'][number][] = [];
  const clauses: Clause[] = [];
  const add = (keyword: Location, found: readonly RubyNode[]): void => void clauses.push({ keyword: reader.span(keyword), nodes: found });
  for (let clause: RescueNode | null = node.rescueClause; clause; clause = clause.subsequent) {
    const classes = clause.exceptions.map((exception) => reader.node(exception));
    const variable = optional(reader, clause.reference);
    const body = statements(reader, clause.statements);
    rescues.push({ classes, variable, body });
    add(clause.keywordLoc, [...classes, ...(variable ? [variable] : []), ...body]);
  }
  const otherwise = statements(reader, node.elseClause?.statements ?? null);
  if (node.elseClause) add(node.elseClause.elseKeywordLoc, otherwise);
  const ensure = statements(reader, node.ensureClause?.statements ?? null);
  if (node.ensureClause) add(node.ensureClause.ensureKeywordLoc, ensure);
  return { parts: { body: statements(reader, node.statements), rescues, otherwise, ensure }, clauses };
}

/** The parameters in source order. */
export function readParameters(reader: Reader, node: ParametersNode | null): Parameter[] {
  if (!node) return [];
  const all: (Node | null)[] = [...node.requireds, ...node.optionals, node.rest, ...node.posts, ...node.keywords, node.keywordRest, node.block];
  return all
    .filter(isParameter)
    .map((parameter) => readParameter(reader, parameter))
    .sort((a, b) => a.start - b.start);
}

function readParameter(reader: Reader, node: Node): Parameter {
  const span = reader.span(node.location);
  const named = (kind: Parameter['kind'], name: string | null): Parameter => ({ kind, name: name ?? '', default: null, ...span });
  if (node instanceof nodes.RequiredParameterNode) return named('required', node.name);
  if (node instanceof nodes.OptionalParameterNode) return { kind: 'optional', name: node.name, default: reader.node(node.value), ...span };
  if (node instanceof nodes.RequiredKeywordParameterNode) return named('keyword', node.name);
  if (node instanceof nodes.OptionalKeywordParameterNode) return { kind: 'keyword', name: node.name, default: reader.node(node.value), ...span };
  if (node instanceof nodes.RestParameterNode) return named('rest', node.name);
  if (node instanceof nodes.KeywordRestParameterNode) return named('keyword-rest', node.name);
  if (node instanceof nodes.NoKeywordsParameterNode) return named('keyword-rest', 'nil');
  if (node instanceof nodes.ForwardingParameterNode) return named('rest', '...');
  if (node instanceof nodes.BlockParameterNode) return named('block', node.name);
  if (node instanceof nodes.SplatNode) return named('rest', node.expression instanceof nodes.RequiredParameterNode ? node.expression.name : null);
  if (node instanceof nodes.MultiTargetNode) return { kind: 'destructured', name: '', default: null, parts: readParts(reader, node), ...span };
  return named('required', reader.text.slice(span.start, span.end));
}

function readParts(reader: Reader, node: MultiTargetNode): Parameter[] {
  const all: (Node | null)[] = [...node.lefts, node.rest, ...node.rights];
  return all.filter(isParameter).map((part) => readParameter(reader, part));
}

/** A trailing comma (`|a,|`) is a node of its own for Prism. */
function isParameter(node: Node | null): node is Node {
  return node !== null && !(node instanceof nodes.ImplicitRestNode);
}

function readPath(reader: Reader, path: Node): { name: string; nameSpan: { start: number; end: number } } {
  return { name: textOf(reader, path.location).replaceAll(/\s/g, ''), nameSpan: reader.span(path.location) };
}
