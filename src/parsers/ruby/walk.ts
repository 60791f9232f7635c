import type { Parameter, RubyNode, StringPart } from './syntax.ts';

/** The direct children of a node, in source order as far as the syntax allows: parameters' defaults and interpolations included. */
export function children(node: RubyNode): RubyNode[] {
  switch (node.type) {
    case 'program':
    case 'module':
    case 'singleton-class':
    case 'body':
      return [...node.body];
    case 'class':
      return present([node.superclass, ...node.body]);
    case 'def':
    case 'block':
    case 'lambda':
      return [...node.parameters.flatMap(defaults), ...node.body];
    case 'call':
      return present([node.receiver, ...node.args, node.block]);
    case 'block-pass':
    case 'splat':
    case 'jump':
      return present([node.value]);
    case 'constant':
      return present([node.scope]);
    case 'string':
    case 'symbol':
    case 'regex':
      return node.parts.flatMap(interpolated);
    case 'array':
      return [...node.elements];
    case 'hash':
      return node.pairs.flatMap((pair) => present([pair.key, pair.value]));
    case 'range':
      return present([node.from, node.to]);
    case 'assignment':
      return [node.target, node.value];
    case 'multiple-assignment':
      return [...node.targets, node.value];
    case 'if':
      return [node.condition, ...node.then, ...node.otherwise];
    case 'case':
      return present([node.subject, ...node.branches.flatMap((branch) => [...branch.patterns, ...branch.body]), ...node.otherwise]);
    case 'loop':
      return present([...node.variables, node.condition, ...node.body]);
    case 'begin':
      return [...node.body, ...node.rescues.flatMap((rescue) => present([...rescue.classes, rescue.variable, ...rescue.body])), ...node.otherwise, ...node.ensure];
    case 'logical':
      return [node.left, node.right];
    case 'not':
    case 'defined':
      return [node.value];
    case 'other':
      return [...node.children];
    case 'identifier':
    case 'variable':
    case 'number':
    case 'literal':
      return [];
  }
}

/** Visits a node and everything below it, parents first. `visit` returning `false` skips the node's children. */
export function walk(node: RubyNode, visit: (node: RubyNode) => boolean | void): void {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (visit(next) === false) continue;
    const below = children(next);
    for (let index = below.length - 1; index >= 0; index--) {
      const child = below[index];
      if (child) waiting.push(child);
    }
  }
}

function present(nodes: readonly (RubyNode | null)[]): RubyNode[] {
  return nodes.filter((node) => node !== null);
}

function defaults(parameter: Parameter): RubyNode[] {
  return [...present([parameter.default]), ...(parameter.parts ?? []).flatMap(defaults)];
}

function interpolated(part: StringPart): readonly RubyNode[] {
  return part.kind === 'interpolation' ? part.body : [];
}
