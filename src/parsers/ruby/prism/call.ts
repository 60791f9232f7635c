import type {
  ArgumentsNode, ArrayNode as PrismArray, BlockArgumentNode, BlockNode, CallNode, CallTargetNode, DefinedNode, ForwardingSuperNode, HashNode as PrismHash,
  IndexTargetNode, KeywordHashNode, Node, SplatNode, SuperNode, YieldNode,
} from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../source/span.ts';
import { nameNode, other, withoutParentheses } from '../build.ts';
import type { ArrayNode, Block, BlockPass, Call, HashNode, RubyNode, Splat } from '../syntax.ts';
import { readBody, readParameters } from './definition.ts';
import type { Reader } from './reader.ts';
import { optional } from './reader.ts';
import { wordRules, readWord } from './string.ts';
import { textOf } from './reader.ts';

/** A call, an operator, an attribute or index write, a bare name. */
export function readCall(reader: Reader, node: CallNode): RubyNode {
  const span = reader.span(node.location);
  const isNegation = node.name === '!' && node.callOperatorLoc === null && node.receiver !== null;
  if (isNegation && node.receiver) return { type: 'not', ...span, value: negated(reader, node, node.receiver) };
  if (node.isVariableCall() && !/[!?]$/.test(node.name)) return { type: 'identifier', ...span, name: node.name };
  const nameSpan = node.messageLoc ? reader.span(node.messageLoc) : emptyAfter(node.callOperatorLoc ? reader.span(node.callOperatorLoc) : span);
  return callNode(span, node.name, nameSpan, {
    receiver: optional(reader, node.receiver),
    safe: node.isSafeNavigation(),
    args: readArguments(reader, node.arguments_),
    block: readBlockOrPass(reader, node.block),
  });
}

function negated(reader: Reader, node: CallNode, receiver: Node): RubyNode {
  const value = reader.node(receiver);
  return node.messageLoc && textOf(reader, node.messageLoc) === 'not' ? withoutParentheses(value) : value;
}

function emptyAfter(span: Span): Span {
  return { start: span.end, end: span.end };
}

/** A call node made of its parts. */
export function callNode(span: Span, name: string, nameSpan: Span, parts: Partial<Pick<Call, 'receiver' | 'safe' | 'args' | 'block'>>): Call {
  const { receiver = null, safe = false, args = [], block = null } = parts;
  return { type: 'call', start: span.start, end: span.end, receiver, name, nameSpan, safe, args, block };
}

/** `super(...)`, bare `super`, `yield`. */
export function readKeywordCall(reader: Reader, node: SuperNode | ForwardingSuperNode | YieldNode): Call {
  const span = reader.span(node.location);
  const name = node instanceof nodes.YieldNode ? 'yield' : 'super';
  const args = 'arguments_' in node ? readArguments(reader, node.arguments_) : [];
  return callNode(span, name, { start: span.start, end: span.start + name.length }, { args, block: 'block' in node ? readBlockOrPass(reader, node.block) : null });
}

/** `a.b` and `a[1]` on the left of a multiple assignment. */
export function readCallTarget(reader: Reader, node: CallTargetNode | IndexTargetNode): Call {
  const span = reader.span(node.location);
  const receiver = reader.node(node.receiver);
  const safe = node.isSafeNavigation();
  if (node instanceof nodes.CallTargetNode) return callNode(span, node.name, reader.span(node.messageLoc), { receiver, safe });
  const nameSpan = { start: reader.span(node.openingLoc).start, end: reader.span(node.closingLoc).end };
  return callNode(span, '[]=', nameSpan, { receiver, safe, args: readArguments(reader, node.arguments_), block: readBlockOrPass(reader, node.block) });
}

/** The arguments of a call. */
export function readArguments(reader: Reader, node: ArgumentsNode | null): RubyNode[] {
  return node ? node.arguments_.map((argument) => reader.node(argument)) : [];
}

/** `{ }`, `do end`, `&x`. */
export function readBlockOrPass(reader: Reader, node: Node | null): Block | BlockPass | null {
  if (node instanceof nodes.BlockArgumentNode) return readBlockPass(reader, node);
  return node instanceof nodes.BlockNode ? readBlock(reader, node) : null;
}

function readBlockPass(reader: Reader, node: BlockArgumentNode): BlockPass {
  return { type: 'block-pass', ...reader.span(node.location), value: optional(reader, node.expression) };
}

function readBlock(reader: Reader, node: BlockNode): Block {
  const { parameters } = node;
  const implicit = parameters instanceof nodes.NumberedParametersNode ? 'numbered' : parameters instanceof nodes.ItParametersNode ? 'it' : null;
  const declared = parameters instanceof nodes.BlockParametersNode ? readParameters(reader, parameters.parameters) : [];
  return { type: 'block', ...reader.span(node.location), parameters: declared, implicit, body: readBody(reader, node.body) };
}

/** `*a`. */
export function readSplat(reader: Reader, node: SplatNode): Splat {
  return { type: 'splat', ...reader.span(node.location), value: optional(reader, node.expression) };
}

/** `{ a: 1 }`, and the bare pairs of a call. */
export function readHash(reader: Reader, node: PrismHash | KeywordHashNode): HashNode {
  const pairs = node.elements.map((element): HashNode['pairs'][number] => {
    if (element instanceof nodes.AssocSplatNode) return { key: null, value: element.value ? reader.node(element.value) : other('**', reader.span(element.location)) };
    if (!(element instanceof nodes.AssocNode)) return { key: null, value: reader.node(element) };
    const key = reader.node(element.key);
    if (!(element.value instanceof nodes.ImplicitNode)) return { key, value: reader.node(element.value) };
    return { key, value: nameNode(reader.text.slice(key.start, key.end), key) };
  });
  return { type: 'hash', ...reader.span(node.location), braces: node instanceof nodes.HashNode, pairs };
}

/** `[...]`, `%w[]`, `%i[]`, and lists without brackets. */
export function readArray(reader: Reader, node: PrismArray): ArrayNode {
  const rules = node.openingLoc ? wordRules(textOf(reader, node.openingLoc)) : null;
  const elements = node.elements.map((element) => (rules ? readWord(reader, element, rules) : reader.node(element)));
  return { type: 'array', ...reader.span(node.location), elements };
}

/** `defined?(a)`. */
export function readDefined(reader: Reader, node: DefinedNode): RubyNode {
  return { type: 'defined', ...reader.span(node.location), value: withoutParentheses(reader.node(node.value)) };
}
