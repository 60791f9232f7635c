import type {
  AndNode, BreakNode, CaseMatchNode, CaseNode, FlipFlopNode, ForNode, IfNode, MatchPredicateNode, MatchRequiredNode, NextNode, Node, OrNode, RangeNode as PrismRange,
  RedoNode, RetryNode, ReturnNode, UnlessNode, UntilNode, WhileNode,
} from '@ruby/prism/src/nodes.js';
import * as nodes from '@ruby/prism/src/nodes.js';
import { jumpValue, other } from '../build.ts';
import type { Case, If, Jump, Logical, Loop, Other, RangeNode, RubyNode } from '../syntax.ts';
import { readTargets } from './assignment.ts';
import { readArguments } from './call.ts';
import type { Reader } from './reader.ts';
import { optional, statements } from './reader.ts';

/** `if`, `elsif`, modifiers and ternaries. */
export function readIf(reader: Reader, node: IfNode): If {
  const condition = reader.node(node.predicate);
  return { type: 'if', ...reader.span(node.location), negated: false, condition, then: statements(reader, node.statements), otherwise: readElse(reader, node.subsequent) };
}

/** `unless`. */
export function readUnless(reader: Reader, node: UnlessNode): If {
  const condition = reader.node(node.predicate);
  return { type: 'if', ...reader.span(node.location), negated: true, condition, then: statements(reader, node.statements), otherwise: readElse(reader, node.elseClause) };
}

function readElse(reader: Reader, node: Node | null): RubyNode[] {
  if (node instanceof nodes.ElseNode) return statements(reader, node.statements);
  return node ? [reader.node(node)] : [];
}

/** `while`, `until` and their modifiers. */
export function readLoop(reader: Reader, node: WhileNode | UntilNode): Loop {
  const keyword = node instanceof nodes.WhileNode ? 'while' : 'until';
  return { type: 'loop', ...reader.span(node.location), keyword, condition: reader.node(node.predicate), variables: [], body: statements(reader, node.statements) };
}

/** `for a, b in c`; `condition` is what is gone through. */
export function readFor(reader: Reader, node: ForNode): Loop {
  const variables = node.index instanceof nodes.MultiTargetNode && !node.index.lparenLoc ? readTargets(reader, node.index) : [reader.node(node.index)];
  const condition = reader.node(node.collection);
  return { type: 'loop', ...reader.span(node.location), keyword: 'for', condition, variables, body: statements(reader, node.statements) };
}

/** `case ... when`. */
export function readCase(reader: Reader, node: CaseNode): Case {
  const branches = node.conditions.flatMap((when) =>
    when instanceof nodes.WhenNode ? [{ patterns: when.conditions.map((pattern) => reader.node(pattern)), body: statements(reader, when.statements) }] : []);
  return { type: 'case', ...reader.span(node.location), subject: optional(reader, node.predicate), branches, otherwise: statements(reader, node.elseClause?.statements ?? null) };
}

/** `case ... in`. */
export function readCaseMatch(reader: Reader, node: CaseMatchNode): Case {
  const branches = node.conditions.flatMap((branch) =>
    branch instanceof nodes.InNode ? [{ patterns: [readPattern(reader, branch.pattern)], body: statements(reader, branch.statements) }] : []);
  return { type: 'case', ...reader.span(node.location), subject: optional(reader, node.predicate), branches, otherwise: statements(reader, node.elseClause?.statements ?? null) };
}

/** `a => pattern`, `a in pattern`. */
export function readMatch(reader: Reader, node: MatchRequiredNode | MatchPredicateNode): Other {
  return other('match', reader.span(node.location), [reader.node(node.value), readPattern(reader, node.pattern)]);
}

/** A pattern as one `other` node whose children are its names, constants and values in source order, the guard last. */
function readPattern(reader: Reader, node: Node): Other {
  const guarded = node instanceof nodes.IfNode || node instanceof nodes.UnlessNode;
  const pattern = guarded ? (node.statements?.body[0] ?? node) : node;
  const children: RubyNode[] = [];
  collect(reader, pattern, children);
  children.sort((a, b) => a.start - b.start);
  if (guarded) children.push(reader.node(node.predicate));
  return other('pattern', reader.span(node.location), children);
}

function collect(reader: Reader, node: Node, found: RubyNode[]): void {
  if (node instanceof nodes.NoKeywordsParameterNode || node instanceof nodes.ImplicitNode || node instanceof nodes.ImplicitRestNode) return;
  const isComposed = node instanceof nodes.ArrayPatternNode || node instanceof nodes.FindPatternNode || node instanceof nodes.HashPatternNode
    || node instanceof nodes.AlternationPatternNode || node instanceof nodes.CapturePatternNode || node instanceof nodes.AssocNode || node instanceof nodes.AssocSplatNode
    || node instanceof nodes.SplatNode || node instanceof nodes.PinnedVariableNode || node instanceof nodes.PinnedExpressionNode || node instanceof nodes.ParenthesesNode
    || node instanceof nodes.StatementsNode;
  if (!isComposed) found.push(reader.node(node));
  else for (const child of node.childNodes()) if (child) collect(reader, child, found);
}

/** `return`, `break`, `next`, `redo`, `retry`. */
export function readJump(reader: Reader, node: ReturnNode | BreakNode | NextNode | RedoNode | RetryNode): Jump {
  const span = reader.span(node.location);
  const value = 'arguments_' in node ? jumpValue(readArguments(reader, node.arguments_)) : null;
  return { type: 'jump', ...span, keyword: jumpKeyword(node), value };
}

function jumpKeyword(node: Node): Jump['keyword'] {
  if (node instanceof nodes.ReturnNode) return 'return';
  if (node instanceof nodes.BreakNode) return 'break';
  if (node instanceof nodes.NextNode) return 'next';
  return node instanceof nodes.RedoNode ? 'redo' : 'retry';
}

/** `a && b`, `a or b`. */
export function readLogical(reader: Reader, node: AndNode | OrNode): Logical {
  const operator = node instanceof nodes.AndNode ? 'and' : 'or';
  return { type: 'logical', ...reader.span(node.location), operator, left: reader.node(node.left), right: reader.node(node.right) };
}

/** `a..b`, also as a flip-flop. */
export function readRange(reader: Reader, node: PrismRange | FlipFlopNode): RangeNode {
  return { type: 'range', ...reader.span(node.location), from: optional(reader, node.left), to: optional(reader, node.right), exclusive: node.isExcludeEnd() };
}
