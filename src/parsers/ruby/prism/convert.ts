import type { Location, Node } from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../source/span.ts';
import { numberNode, numberValue, other } from '../build.ts';
import { withinStack } from '../depth.ts';
import type { Program, RubyNode } from '../syntax.ts';
import type { OperatorWrite } from './assignment.ts';
import {
  readCallOperatorWrite, readConstantPath, readIndexOperatorWrite, readMultiTarget, readMultiWrite, readOperatorWrite, readPathWrite, readVariableAt, readWrite,
} from './assignment.ts';
import { readArray, readCall, readCallTarget, readDefined, readHash, readKeywordCall, readSplat } from './call.ts';
import { readCase, readCaseMatch, readFor, readIf, readJump, readLogical, readLoop, readMatch, readRange, readUnless } from './control.ts';
import { readBegin, readBody, readClass, readDef, readLambda, readModule, readRescueModifier, readSingletonClass } from './definition.ts';
import type { Reader } from './reader.ts';
import { statements, textOf } from './reader.ts';
import { readInterpolatedString, readInterpolatedSymbol, readRegex, readString, readSymbol } from './string.ts';

type Type<N extends Node> = abstract new (...args: never[]) => N;
type Read = (reader: Reader, node: Node) => RubyNode;

const readers = new Map<unknown, Read>();

function on<N extends Node>(types: readonly Type<N>[], read: (reader: Reader, node: N) => RubyNode): void {
  for (const type of types) readers.set(type, (reader, node) => read(reader, node as N));
}

const variable = (reader: Reader, node: Node): RubyNode => readVariableAt(reader, node.location);
const whole = (reader: Reader, node: Node): RubyNode => other(textOf(reader, node.location), reader.span(node.location));
const literal = (value: 'nil' | 'true' | 'false' | 'self') => (reader: Reader, node: Node): RubyNode => ({ type: 'literal', ...reader.span(node.location), value });

on([nodes.ClassNode], readClass);
on([nodes.ModuleNode], readModule);
on([nodes.SingletonClassNode], readSingletonClass);
on([nodes.DefNode], readDef);
on([nodes.LambdaNode], readLambda);
on([nodes.CallNode], readCall);
on<nodes.SuperNode | nodes.ForwardingSuperNode | nodes.YieldNode>([nodes.SuperNode, nodes.ForwardingSuperNode, nodes.YieldNode], readKeywordCall);
on<nodes.CallTargetNode | nodes.IndexTargetNode>([nodes.CallTargetNode, nodes.IndexTargetNode], readCallTarget);
on([nodes.SplatNode], readSplat);
on([nodes.DefinedNode], readDefined);
on<nodes.HashNode | nodes.KeywordHashNode>([nodes.HashNode, nodes.KeywordHashNode], readHash);
on([nodes.ArrayNode], readArray);
on<nodes.StringNode | nodes.XStringNode>([nodes.StringNode, nodes.XStringNode], (reader, node) => readString(reader, node));
on<nodes.InterpolatedStringNode | nodes.InterpolatedXStringNode>(
  [nodes.InterpolatedStringNode, nodes.InterpolatedXStringNode], (reader, node) => readInterpolatedString(reader, node));
on([nodes.SymbolNode], (reader, node) => readSymbol(reader, node));
on([nodes.InterpolatedSymbolNode], (reader, node) => readInterpolatedSymbol(reader, node));
on<nodes.RegularExpressionNode | nodes.MatchLastLineNode | nodes.InterpolatedRegularExpressionNode | nodes.InterpolatedMatchLastLineNode>(
  [nodes.RegularExpressionNode, nodes.MatchLastLineNode, nodes.InterpolatedRegularExpressionNode, nodes.InterpolatedMatchLastLineNode], readRegex);
on([nodes.MatchWriteNode], (reader, node) => reader.node(node.call));
// Prism's own values of integers beyond 31 bits are wrong.
on<Node>([nodes.IntegerNode, nodes.FloatNode, nodes.RationalNode], (reader, node) => numberNode(reader.span(node.location), textOf(reader, node.location), numberValue(textOf(reader, node.location))));
on([nodes.ImaginaryNode], (reader, node) => other('imaginary', reader.span(node.location)));
on([nodes.NilNode], literal('nil'));
on([nodes.TrueNode], literal('true'));
on([nodes.FalseNode], literal('false'));
on([nodes.SelfNode], literal('self'));
on<Node>([
  nodes.LocalVariableReadNode, nodes.LocalVariableTargetNode, nodes.ItLocalVariableReadNode, nodes.InstanceVariableReadNode, nodes.InstanceVariableTargetNode,
  nodes.ClassVariableReadNode, nodes.ClassVariableTargetNode, nodes.GlobalVariableReadNode, nodes.GlobalVariableTargetNode, nodes.NumberedReferenceReadNode,
  nodes.BackReferenceReadNode, nodes.ConstantReadNode, nodes.ConstantTargetNode,
], variable);
on<nodes.ConstantPathNode | nodes.ConstantPathTargetNode>([nodes.ConstantPathNode, nodes.ConstantPathTargetNode], readConstantPath);
on<nodes.LocalVariableWriteNode | nodes.InstanceVariableWriteNode | nodes.ClassVariableWriteNode | nodes.GlobalVariableWriteNode | nodes.ConstantWriteNode>(
  [nodes.LocalVariableWriteNode, nodes.InstanceVariableWriteNode, nodes.ClassVariableWriteNode, nodes.GlobalVariableWriteNode, nodes.ConstantWriteNode], readWrite);
on([nodes.ConstantPathWriteNode], readPathWrite);
on<OperatorWrite>([
  nodes.LocalVariableAndWriteNode, nodes.LocalVariableOrWriteNode, nodes.LocalVariableOperatorWriteNode,
  nodes.InstanceVariableAndWriteNode, nodes.InstanceVariableOrWriteNode, nodes.InstanceVariableOperatorWriteNode,
  nodes.ClassVariableAndWriteNode, nodes.ClassVariableOrWriteNode, nodes.ClassVariableOperatorWriteNode,
  nodes.GlobalVariableAndWriteNode, nodes.GlobalVariableOrWriteNode, nodes.GlobalVariableOperatorWriteNode,
  nodes.ConstantAndWriteNode, nodes.ConstantOrWriteNode, nodes.ConstantOperatorWriteNode,
  nodes.ConstantPathAndWriteNode, nodes.ConstantPathOrWriteNode, nodes.ConstantPathOperatorWriteNode,
], readOperatorWrite);
on<nodes.CallAndWriteNode | nodes.CallOrWriteNode | nodes.CallOperatorWriteNode>(
  [nodes.CallAndWriteNode, nodes.CallOrWriteNode, nodes.CallOperatorWriteNode], readCallOperatorWrite);
on<nodes.IndexAndWriteNode | nodes.IndexOrWriteNode | nodes.IndexOperatorWriteNode>(
  [nodes.IndexAndWriteNode, nodes.IndexOrWriteNode, nodes.IndexOperatorWriteNode], readIndexOperatorWrite);
on([nodes.MultiWriteNode], readMultiWrite);
on([nodes.MultiTargetNode], readMultiTarget);
on([nodes.ShareableConstantNode], (reader, node) => reader.node(node.write));
on([nodes.IfNode], readIf);
on([nodes.UnlessNode], readUnless);
on<nodes.WhileNode | nodes.UntilNode>([nodes.WhileNode, nodes.UntilNode], readLoop);
on([nodes.ForNode], readFor);
on([nodes.CaseNode], readCase);
on([nodes.CaseMatchNode], readCaseMatch);
on<nodes.MatchRequiredNode | nodes.MatchPredicateNode>([nodes.MatchRequiredNode, nodes.MatchPredicateNode], readMatch);
on([nodes.BeginNode], readBegin);
on([nodes.RescueModifierNode], readRescueModifier);
on<nodes.AndNode | nodes.OrNode>([nodes.AndNode, nodes.OrNode], readLogical);
on<nodes.RangeNode | nodes.FlipFlopNode>([nodes.RangeNode, nodes.FlipFlopNode], readRange);
on<Parameters<typeof readJump>[1]>([nodes.ReturnNode, nodes.BreakNode, nodes.NextNode, nodes.RedoNode, nodes.RetryNode], readJump);
on([nodes.ParenthesesNode], (reader, node) => ({ type: 'body', ...reader.span(node.location), body: readBody(reader, node.body) }));
on([nodes.PreExecutionNode], (reader, node) => ({ type: 'body', ...reader.span(node.location), body: statements(reader, node.statements) }));
on([nodes.PostExecutionNode], (reader, node) => other('END', reader.span(node.location), statements(reader, node.statements)));
on<nodes.AliasMethodNode | nodes.AliasGlobalVariableNode>([nodes.AliasMethodNode, nodes.AliasGlobalVariableNode], (reader, node) =>
  other('alias', reader.span(node.location), [reader.node(node.newName), reader.node(node.oldName)]));
on([nodes.UndefNode], (reader, node) => other('undef', reader.span(node.location), node.names.map((name) => reader.node(name))));
on<Node>([nodes.SourceFileNode, nodes.SourceLineNode, nodes.SourceEncodingNode, nodes.ForwardingArgumentsNode], whole);
on([nodes.MissingNode], (reader, node) => other('missing', reader.span(node.location)));

// Prism's own `compactChildNodes` leaves lists out.
function childrenOf(node: Node): Node[] {
  return node.childNodes().filter((child) => child !== null);
}

/** What Prism's tree came to. */
export interface Reading {
  readonly program: Program;
  /** The first node that was nested too deep. */
  readonly tooDeep: Span | null;
}

/** Turns Prism's tree of a text into neutral syntax; `span` gives the place of a location in it. */
export function convert(program: nodes.ProgramNode, text: string, span: (location: Location) => Span): Reading {
  return withinStack((limit) => read(program, text, span, limit));
}

function read(program: nodes.ProgramNode, text: string, span: (location: Location) => Span, limit: number): Reading {
  let depth = 0;
  let tooDeep: Span | null = null;
  const reader: Reader = {
    text,
    span,
    node(node) {
      if (depth >= limit) {
        tooDeep ??= span(node.location);
        return other('too-deep', span(node.location));
      }
      depth += 1;
      const read = readers.get(node.constructor);
      const result = read ? read(reader, node) : other('unknown', span(node.location), childrenOf(node).map((child) => reader.node(child)));
      depth -= 1;
      return result;
    },
  };
  return { program: { type: 'program', start: 0, end: text.length, body: statements(reader, program.statements) }, tooDeep };
}
