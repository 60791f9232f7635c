import type { Location, Node, StatementsNode } from '@ruby/prism/src/nodes.js';
import type { Span } from '../../../source/span.ts';
import type { RubyNode } from '../syntax.ts';

/** What the functions that turn Prism's nodes into neutral ones share while they read one file. */
export interface Reader {
  readonly text: string;
  /** The UTF-16 span of a location in bytes. */
  span(location: Location): Span;
  /** Turns one node. */
  node(node: Node): RubyNode;
}

/** The source text of a location. */
export function textOf(reader: Reader, location: Location): string {
  const { start, end } = reader.span(location);
  return reader.text.slice(start, end);
}

/** Turns a list of statements; null gives none. */
export function statements(reader: Reader, node: StatementsNode | null): RubyNode[] {
  return node ? node.body.map((statement) => reader.node(statement)) : [];
}

/** Turns a node that may be missing. */
export function optional(reader: Reader, node: Node | null): RubyNode | null {
  return node ? reader.node(node) : null;
}
