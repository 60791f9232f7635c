import type { Span } from '../../../source/span.ts';
import { other } from '../build.ts';
import type { RubyNode } from '../syntax.ts';
import type { RawNode } from './raw.ts';

/** What the functions that turn tree-sitter's nodes into neutral ones share while they read one file. */
export interface Reader {
  /** The file's own text; the tree may be of a masked one of equal length. */
  readonly text: string;
  /** The body of every heredoc marker. */
  readonly heredocs: ReadonlyMap<RawNode, RawNode>;
  /** Turns one node. */
  node(raw: RawNode): RubyNode;
  /** Reads one level deeper; gives `other` instead when that is too deep. */
  nested(span: Span, read: () => RubyNode): RubyNode;
  /** The blocks, lambdas and methods around the node that is being read, outermost first. */
  readonly scopes: Scope[];
  /** Notes that the grammar cannot be trusted here, so that Prism is asked. */
  doubt(reason: string): void;
  /** Names that are assigned or are parameters anywhere in the file. */
  readonly locals: Set<string>;
  /** Names read as calls whose argument would be an operand were they local variables (`a [1]`, `a -1`). */
  readonly ambiguous: Set<string>;
}

/** A block, lambda or method while its body is read. */
export interface Scope {
  readonly kind: 'block' | 'method';
  /** True when the block declares parameters, so that `it` and `_1` mean nothing special. */
  readonly declares: boolean;
  readonly locals: Set<string>;
  implicit: 'it' | 'numbered' | null;
}

/** The source text of a span. */
export function textOf(reader: Reader, span: Span): string {
  return reader.text.slice(span.start, span.end);
}

/** The child in a field, or null. */
export function field(raw: RawNode, name: string): RawNode | null {
  return raw.children.find((child) => child.field === name) ?? null;
}

/** All children in a field. */
export function fields(raw: RawNode, name: string): RawNode[] {
  return raw.children.filter((child) => child.field === name);
}

/** A token among the children, or null. */
export function token(raw: RawNode, ...types: string[]): RawNode | null {
  return raw.children.find((child) => !child.named && types.includes(child.type)) ?? null;
}

const silent = new Set(['comment', 'heredoc_body', 'empty_statement', 'uninterpreted']);

/** The children that mean something: no tokens, comments, heredoc bodies. */
export function content(raw: RawNode): RawNode[] {
  return raw.children.filter((child) => child.named && !silent.has(child.type));
}

/** Turns the meaningful children of a list of statements; null gives none. */
export function statements(reader: Reader, raw: RawNode | null): RubyNode[] {
  return raw ? content(raw).map((child) => reader.node(child)) : [];
}

/** Turns a child that a sound tree always has; where a damaged one lacks it, `other`. */
export function required(reader: Reader, raw: RawNode | null | undefined, at: number): RubyNode {
  return raw ? reader.node(raw) : other('missing', { start: at, end: at });
}

const keywords = new Set(['and', 'begin', 'case', 'class', 'def', 'do', 'else', 'elsif', 'end', 'ensure', 'for', 'if', 'in', 'module', 'not', 'or', 'rescue', 'then', 'unless', 'until', 'when', 'while']);

/** The grammar takes a keyword for a name where it does not expect it. */
export function doubtKeyword(reader: Reader, name: string): void {
  if (keywords.has(name)) reader.doubt(`"${name}" as a name`);
}

/** The node's span alone. */
export function spanOf(raw: RawNode): Span {
  return { start: raw.start, end: raw.end };
}
