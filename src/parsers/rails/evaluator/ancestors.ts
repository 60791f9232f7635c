import type { Def, RubyNode } from '../../ruby/syntax.ts';
import { literalValue } from '../../ruby/literal-value.ts';
import { camelize } from '../inflector.ts';
import { definitionOf, foreignDefinitions } from './constants.ts';
import type { Definition } from './definitions.ts';
import { frameFor, type Owner } from './frame.ts';
import type { Machine } from './machine.ts';

/** A method and where it was found. */
export interface Found {
  readonly def: Def;
  readonly definition: Definition;
}

const linearized = new WeakMap<Machine, Map<Definition, readonly Definition[]>>();

/** The modules and classes that a class's methods come from, nearest first, itself included; only those whose text is known. */
export function ancestorsOf(machine: Machine, definition: Definition): readonly Definition[] {
  let known = linearized.get(machine);
  if (!known) linearized.set(machine, (known = new Map()));
  const cached = known.get(definition);
  if (cached) return cached;
  known.set(definition, [definition]);
  const all: Definition[] = [];
  gather(machine, definition, all, 0);
  known.set(definition, all);
  return all;
}

function gather(machine: Machine, definition: Definition, all: Definition[], depth: number): void {
  if (depth > 20 || all.includes(definition)) return;
  const mixins = (how: 'include' | 'extend' | 'prepend'): Definition[] =>
    definition.mixins.filter((mixin) => mixin.how === how).map((mixin) => mixinOf(machine, definition, mixin.module)).filter((mixin) => mixin !== null).reverse();
  for (const module of mixins('prepend')) gather(machine, module, all, depth + 1);
  all.push(definition);
  for (const module of [...mixins('include'), ...mixins('extend')]) {
    gather(machine, module, all, depth + 1);
    const classMethods = module.file.definitions.get(`${module.name}::ClassMethods`);
    if (classMethods) gather(machine, classMethods, all, depth + 1);
  }
  const { superclass } = definition;
  const parent = superclass?.type === 'constant' ? definitionOf(machine, frameIn(definition), superclass.name) : null;
  if (parent && parent !== definition) gather(machine, parent, all, depth + 1);
}

/** Finds a method of an object: an instance's own and inherited ones; for a migration also the class's, and those of the file. */
export function findMethod(machine: Machine, owner: Owner, name: string): Found | null {
  const definition = owner.definition;
  if (definition) {
    const onClass = owner.kind === 'module' || owner.kind === 'model' || owner.kind === 'body';
    for (const ancestor of ancestorsOf(machine, definition)) {
      const def = onClass
        ? ancestor.ownMethods.get(name) ?? (ancestor.kind === 'module' ? ancestor.methods.get(name) : undefined)
        : ancestor.methods.get(name) ?? (owner.kind === 'migration' ? ancestor.ownMethods.get(name) : undefined);
      if (def) return { def, definition: ancestor };
    }
  }
  for (const top of new Set([definition?.file.top, machine.file.top])) {
    const def = top?.methods.get(name);
    if (top && def) return { def, definition: top };
  }
  return machine.tables.sharedMethod?.(name) ?? (owner.kind === 'migration' ? inRequired(machine, name) : null);
}

/** A method that a file loaded by `require` adds, to whatever class: older applications teach migrations new words this way. */
function inRequired(machine: Machine, name: string): Found | null {
  for (const node of machine.file.top.statements) {
    if (node.type !== 'call' || (node.name !== 'require' && node.name !== 'require_relative' && node.name !== 'require_dependency')) continue;
    const path = node.args[0] ? literalValue(node.args[0]) : null;
    if (typeof path !== 'string') continue;
    const constant = camelize(path.replace(/^.*\//, '').replace(/\.rb$/, ''), machine.environment.inflections);
    for (const definition of foreignDefinitions(machine, constant)) {
      const def = definition.methods.get(name);
      if (def) return { def, definition };
    }
  }
  return null;
}

/** The method that `super` means: the next one of that name after the given definition. */
export function findSuper(machine: Machine, owner: Owner, after: Definition, name: string): Found | null {
  if (!owner.definition) return null;
  const all = ancestorsOf(machine, owner.definition);
  for (const ancestor of all.slice(all.indexOf(after) + 1)) {
    const def = ancestor.methods.get(name) ?? ancestor.ownMethods.get(name);
    if (def) return { def, definition: ancestor };
  }
  return null;
}

function mixinOf(machine: Machine, definition: Definition, module: RubyNode): Definition | null {
  return module.type === 'constant' ? definitionOf(machine, frameIn(definition), module.name) : null;
}

function frameIn(definition: Definition): ReturnType<typeof frameFor> {
  return frameFor(definition.file, { kind: 'body', definition: null, variables: new Map() }, definition.nesting);
}
