import { loadRubyParser } from '../../../src/parsers/ruby/parser.ts';
import type { Call, RubyNode, StringNode } from '../../../src/parsers/ruby/syntax.ts';
import type { RubyTree } from '../../../src/parsers/ruby/tree.ts';
import { walk } from '../../../src/parsers/ruby/walk.ts';
import { createSource } from '../../../src/source/source.ts';

const parser = await loadRubyParser();

/** Reads a text. */
export function parse(text: string): RubyTree {
  return parser.parse(createSource('test.rb', text));
}

/** All nodes of one type below a tree, parents first. */
export function nodesOf<T extends RubyNode['type']>(tree: RubyTree, type: T): Extract<RubyNode, { type: T }>[] {
  const found: Extract<RubyNode, { type: T }>[] = [];
  walk(tree.program, (node) => {
    if (node.type === type) found.push(node as Extract<RubyNode, { type: T }>);
  });
  return found;
}

/** The first call of a name. */
export function callOf(tree: RubyTree, name: string): Call {
  const call = nodesOf(tree, 'call').find((node) => node.name === name);
  if (!call) throw new Error(`no call of ${name}`);
  return call;
}

/** The names of the calls, in order. */
export function callNames(tree: RubyTree): string[] {
  return nodesOf(tree, 'call').map((call) => call.name);
}

/** The value of a string; an interpolation stands as `#{}`. */
export function valueOf(string: StringNode): string {
  return string.parts.map((part) => (part.kind === 'literal' ? part.value : '#{}')).join('');
}
