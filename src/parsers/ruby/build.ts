import type { Span } from '../../source/span.ts';
import { emptyPart } from './literal.ts';
import type { ArrayNode, Begin, Constant, HashNode, Identifier, NumberNode, Other, RubyNode, StringNode, StringPart } from './syntax.ts';

/** A node for what has none of its own. */
export function other(what: string, span: Span, children: readonly RubyNode[] = []): Other {
  return { type: 'other', what, start: span.start, end: span.end, children };
}

/** The span from the first node to the last; `nodes` must not be empty. */
export function coverAll(nodes: readonly Span[]): Span {
  let start = Infinity;
  let end = 0;
  for (const node of nodes) {
    start = Math.min(start, node.start);
    end = Math.max(end, node.end);
  }
  return { start, end };
}

/** What `return a, b` hands over: nothing, the value itself, or an array without brackets. */
export function jumpValue(values: readonly RubyNode[]): RubyNode | null {
  const [first] = values;
  if (!first) return null;
  return values.length === 1 && first.type !== 'splat' ? first : bareArray(values);
}

/** An array written without brackets (`a = 1, 2`). */
export function bareArray(elements: readonly RubyNode[]): ArrayNode {
  return { type: 'array', ...coverAll(elements), elements };
}

/** The value in `not(x)`, `defined?(x)`: one parenthesised expression stands for itself. */
export function withoutParentheses(node: RubyNode): RubyNode {
  return node.type === 'body' && node.body.length === 1 && node.body[0] ? node.body[0] : node;
}

/** Adjacent string literals as one string. */
export function joinStrings(strings: readonly StringNode[]): StringNode {
  const span = coverAll(strings);
  const parts = strings.flatMap((string) => string.parts).filter((part) => part.kind !== 'literal' || part.value !== '');
  return {
    type: 'string',
    ...span,
    parts: parts.length > 0 ? parts : [emptyPart(span.start)],
    heredoc: strings.some((string) => string.heredoc),
    bodySpan: strings.find((string) => string.bodySpan)?.bodySpan ?? null,
    shell: false,
  };
}

/** A plain string node. */
export function stringNode(span: Span, parts: readonly StringPart[], shell = false): StringNode {
  return { type: 'string', start: span.start, end: span.end, parts, heredoc: false, bodySpan: null, shell };
}

/** The pairs of a call's arguments or of `[a: 1]`, without braces. */
export function bareHash(pairs: HashNode['pairs'], spans: readonly Span[]): HashNode {
  return { type: 'hash', ...coverAll(spans), braces: false, pairs };
}

/** A name on its own: a constant when it begins with a capital letter. */
export function nameNode(name: string, span: Span): Identifier | Constant {
  const { start, end } = span;
  return /^[\p{Lu}\p{Lt}]/u.test(name) ? { type: 'constant', start, end, name, scope: null } : { type: 'identifier', start, end, name };
}

/** A clause of a `begin` node as an adapter read it: `keyword` is where its keyword stands. */
export interface Clause {
  readonly keyword: Span;
  readonly nodes: readonly RubyNode[];
}

/** The span of a `begin` that is not written: from the first statement or clause to the last. */
export function implicitSpan(body: readonly RubyNode[], clauses: readonly Clause[]): Span {
  return coverAll([...body, ...clauses.flatMap((clause) => [clause.keyword, ...clause.nodes])]);
}

/** `body rescue handler`. */
export function rescueModifier(span: Span, body: RubyNode, handler: RubyNode): Begin {
  const rescues: Begin['rescues'] = [{ classes: [], variable: null, body: [handler] }];
  return { type: 'begin', start: span.start, end: span.end, body: [body], rescues, otherwise: [], ensure: [] };
}

/** A number; `text` is its source text. */
export function numberNode(span: Span, text: string, value: number): NumberNode {
  return { type: 'number', start: span.start, end: span.end, value, text };
}

/** The value of an integer or float literal's text, sign included; a rational's `r` is left out of account. */
export function numberValue(text: string): number {
  const plain = text.replaceAll('_', '').replace(/r$/, '').toLowerCase();
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[+-]/, '').replace(/^0d/, '');
  const octal = /^0o?([0-7]+)$/.exec(digits);
  return sign * (octal ? Number.parseInt(octal[1] ?? '0', 8) : Number(digits));
}

/** Operators that Ruby does not treat as method calls. */
export const logicalOperators: Readonly<Record<string, 'and' | 'or'>> = { '&&': 'and', and: 'and', '||': 'or', or: 'or' };
