import { literalValue } from '../../ruby/literal-value.ts';
import type { RubyTree } from '../../ruby/tree.ts';
import type { Block, Call, ClassNode, Def, ModuleNode, Program, RubyNode, SingletonClass } from '../../ruby/syntax.ts';

/** One Ruby file with everything it defines. */
export interface CodeFile {
  readonly tree: RubyTree;
  /** True for every file but the one that is read: spans of its nodes mean nothing in messages. */
  readonly foreign: boolean;
  /** The top level, as a definition without a name. */
  readonly top: Definition;
  /** Classes and modules by full name. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** A module that a class mixes in. */
export interface Mixin {
  readonly how: 'include' | 'extend' | 'prepend';
  readonly module: RubyNode;
  readonly node: RubyNode;
}

/** A class or module (all its openings in one file together), or the top level. */
export interface Definition {
  readonly name: string;
  readonly kind: 'class' | 'module' | 'top';
  readonly node: ClassNode | ModuleNode | Program | Call;
  readonly file: CodeFile;
  readonly superclass: RubyNode | null;
  /** Full names of the definitions around it and its own, outermost first. */
  readonly nesting: readonly string[];
  readonly methods: Map<string, Def>;
  readonly ownMethods: Map<string, Def>;
  readonly constants: Map<string, RubyNode>;
  readonly mixins: Mixin[];
  /** What else stands in the body, in order. */
  readonly statements: RubyNode[];
  /** What stands in a concern's `included do`. */
  readonly whenIncluded: RubyNode[];
}

/** Finds everything a file defines. */
export function indexFile(tree: RubyTree, foreign: boolean): CodeFile {
  const definitions = new Map<string, Definition>();
  const file: { -readonly [K in keyof CodeFile]: CodeFile[K] } = { tree, foreign, definitions, top: undefined as unknown as Definition };
  file.top = define('', 'top', tree.program, file, null, []);
  collect(tree.program.body, file.top, definitions, false);
  return file;
}

/** Makes a definition that the index does not hold, for `Class.new(Base) { }` met while evaluating. */
export function anonymousClass(name: string, node: Call, file: CodeFile, nesting: readonly string[]): Definition {
  const definition = define(name, node.receiver?.type === 'constant' && node.receiver.name === 'Module' ? 'module' : 'class', node, file, node.args[0] ?? null, [...nesting, name]);
  if (node.block?.type === 'block') collect(node.block.body, definition, new Map(), false);
  return definition;
}

function define(name: string, kind: Definition['kind'], node: Definition['node'], file: CodeFile, superclass: RubyNode | null, nesting: readonly string[]): Definition {
  return { name, kind, node, file, superclass, nesting, methods: new Map(), ownMethods: new Map(), constants: new Map(), mixins: [], statements: [], whenIncluded: [] };
}

type Definitions = Map<string, Definition>;

function collect(body: readonly RubyNode[], into: Definition, definitions: Definitions, singleton: boolean): void {
  for (const node of body) collectOne(node, into, definitions, singleton);
}

function collectOne(node: RubyNode, into: Definition, definitions: Definitions, singleton: boolean): void {
  switch (node.type) {
    case 'class':
    case 'module':
      collect(node.body, open(node, into, definitions), definitions, false);
      return;
    case 'singleton-class':
      collect((node satisfies SingletonClass).body, into, definitions, true);
      return;
    case 'def':
      (singleton || node.onSelf ? into.ownMethods : into.methods).set(node.name, node);
      return;
    case 'assignment':
      if (node.target.type === 'constant' && node.operator !== '+=') collectConstant(node.target.name, node.value, into, definitions);
      else into.statements.push(node);
      return;
    case 'if':
      into.statements.push(node);
      collectDefinitions([...node.then, ...node.otherwise], into, definitions, singleton);
      return;
    case 'begin':
    case 'body':
      into.statements.push(node);
      collectDefinitions(node.body, into, definitions, singleton);
      return;
    case 'other':
      if (node.what === 'alias') alias(into, node.children, singleton);
      else into.statements.push(node);
      return;
    case 'call':
      if (node.name === 'alias_method' && node.receiver === null) alias(into, node.args, singleton);
      collectCall(node, into, definitions, singleton);
      return;
    default:
      into.statements.push(node);
  }
}

function alias(into: Definition, names: readonly RubyNode[], singleton: boolean): void {
  const [name, known] = names.map(literalValue);
  const methods = singleton ? into.ownMethods : into.methods;
  const def = typeof known === 'string' ? methods.get(known) : undefined;
  if (typeof name === 'string' && def) methods.set(name, def);
}

/** Only what defines something: the statements around it are kept whole. */
function collectDefinitions(body: readonly RubyNode[], into: Definition, definitions: Definitions, singleton: boolean): void {
  for (const node of body) {
    if (node.type === 'class' || node.type === 'module' || node.type === 'def' || node.type === 'singleton-class' || (node.type === 'assignment' && node.target.type === 'constant')) {
      collectOne(node, into, definitions, singleton);
    }
  }
}

function collectCall(node: Call, into: Definition, definitions: Definitions, singleton: boolean): void {
  if (node.receiver === null || node.receiver.type === 'literal') {
    if (node.name === 'include' || node.name === 'extend' || node.name === 'prepend') {
      for (const module of node.args) {
        if (module.type === 'literal' && module.value === 'self') for (const [name, def] of into.methods) into.ownMethods.set(name, def);
        else into.mixins.push({ how: node.name, module, node });
      }
      return;
    }
    if (node.name === 'included' && node.block?.type === 'block') {
      into.whenIncluded.push(...node.block.body);
      return;
    }
    if (node.name === 'class_methods' && node.block?.type === 'block') {
      collect(node.block.body, into, definitions, true);
      return;
    }
    const inner = node.args.filter((arg): arg is Def => arg.type === 'def');
    if (inner.length > 0) {
      for (const def of inner) collectOne(def, into, definitions, singleton || node.name === 'private_class_method');
      return;
    }
  }
  into.statements.push(node);
  if (node.block?.type === 'block' && into.kind === 'top') collectDefinitions(node.block.body, into, definitions, singleton);
}

function collectConstant(name: string, value: RubyNode, into: Definition, definitions: Definitions): void {
  const made = madeClass(value);
  if (!made) {
    into.constants.set(name, value);
    return;
  }
  const full = join(into, name);
  const definition = define(full, made.kind, made.node, into.file, made.node.args[0] ?? null, [...into.nesting, full]);
  definitions.set(full, definition);
  if (made.block) collect(made.block.body, definition, definitions, false);
}

/** `Class.new(Base) do ... end`, `Struct.new(...)`, `Module.new`, also with `.freeze` or in parentheses. */
function madeClass(value: RubyNode): { node: Call; block: Block | null; kind: 'class' | 'module' } | null {
  if (value.type === 'body' && value.body.length === 1 && value.body[0]) return madeClass(value.body[0]);
  if (value.type !== 'call' || value.receiver?.type !== 'constant') return null;
  const isNew = value.name === 'new' || (value.name === 'define' && value.receiver.name === 'Data');
  if (!isNew || !/^(::)?(Class|Module|Struct|Data)$/.test(value.receiver.name)) return null;
  return { node: value, block: value.block?.type === 'block' ? value.block : null, kind: value.receiver.name.endsWith('Module') ? 'module' : 'class' };
}

function open(node: ClassNode | ModuleNode, into: Definition, definitions: Definitions): Definition {
  const absolute = node.name.startsWith('::');
  const full = absolute ? node.name.slice(2) : join(into, node.name);
  const known = definitions.get(full);
  if (known) return known;
  const superclass = node.type === 'class' ? node.superclass : null;
  const definition = define(full, node.type, node, into.file, superclass, [...into.nesting, full]);
  definitions.set(full, definition);
  return definition;
}

function join(into: Definition, name: string): string {
  return into.kind === 'top' ? name : `${into.name}::${name}`;
}
