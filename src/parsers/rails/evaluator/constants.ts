import { literalValue } from '../../ruby/literal-value.ts';
import type { Constant, RubyNode } from '../../ruby/syntax.ts';
import { isFrameworkConstant } from '../framework-constants.ts';
import { camelize } from '../inflector.ts';
import { modelOf, printModel } from '../records/model.ts';
import type { Value } from '../value.ts';
import { computed, number, unknown } from '../values/make.ts';
import { indexFile, type CodeFile, type Definition } from './definitions.ts';
import { emit } from './emit.ts';
import { evaluate } from './evaluate.ts';
import { frameFor, type Frame } from './frame.ts';
import { silently, sourceText, type Machine } from './machine.ts';
import { ancestorsOf } from './ancestors.ts';
import { moveValue } from './move.ts';

/** What a constant's name leads to. */
export type Resolution =
  | { readonly kind: 'value'; readonly node: RubyNode; readonly definition: Definition }
  | { readonly kind: 'definition'; readonly definition: Definition }
  | { readonly kind: 'framework' }
  | { readonly kind: 'application' };

/** The value of a constant where it is used; notes the use when it is a model or the application's own. `method` is what is called on it. */
export function constantValue(machine: Machine, node: Constant, frame: Frame, method: string | null): Value {
  const scope = node.scope ? evaluate(machine, node.scope, frame) : null;
  if (scope && scope.type !== 'constant') return unknown(sourceText(frame.file, node), node, node);
  const written = scope ? `${scope.name}::${node.name.replace(/^::/, '')}` : node.name;
  const name = written.replace(/^::/, '');
  const found = resolveConstant(machine, frame, written);
  switch (found.kind) {
    case 'value': {
      const value = declaredValue(machine, found.node, found.definition);
      return found.definition.file === frame.file || frame.file.foreign ? value : moveValue(value, node);
    }
    case 'definition':
      noteUse(machine, frame, found.definition.name, true, method, node);
      return { type: 'constant', name: found.definition.name, at: node };
    case 'framework':
      return frameworkValue(machine, name, node) ?? { type: 'constant', name, at: node };
    case 'application': {
      noteUse(machine, frame, name, false, method, node);
      return applicationValue(machine, name, node) ?? { type: 'constant', name, at: node };
    }
  }
}

/** Finds what a constant's name means in the given place: lexically, through ancestors, then outside the file. */
export function resolveConstant(machine: Machine, frame: Frame, written: string): Resolution {
  const name = written.replace(/^::/, '');
  const places = written.startsWith('::') ? [''] : [...frame.nesting].reverse().concat('');
  for (const place of places) {
    const found = inFile(frame.file, place, name);
    if (found) return found;
  }
  const { self } = frame;
  if ('definition' in self && self.definition) {
    for (const ancestor of ancestorsOf(machine, self.definition)) {
      const found = inFile(ancestor.file, ancestor.name, name);
      if (found) return found;
    }
  }
  if (frame.file !== machine.file) {
    const found = inFile(machine.file, '', name);
    if (found) return found;
  }
  if (requiredNames(machine.file, machine).has(name)) return { kind: 'framework' };
  if (isFrameworkConstant(name, machine.environment.libraries) && (isReserved(name) || machine.environment.resolveConstant(name) === null)) return { kind: 'framework' };
  return { kind: 'application' };
}

/** The class or module a name leads to, in this file or another one of the repository; null for frameworks and the unknown. */
export function definitionOf(machine: Machine, frame: Frame, written: string): Definition | null {
  const found = resolveConstant(machine, frame, written);
  if (found.kind === 'definition') return found.definition;
  return found.kind === 'application' || found.kind === 'framework' ? foreignDefinition(machine, written.replace(/^::/, '')) : null;
}

/** The class or module of another file of the repository, or null. */
export function foreignDefinition(machine: Machine, name: string): Definition | null {
  const file = foreignFile(machine, name);
  if (!file) return null;
  const exact = file.definitions.get(name);
  if (exact) return exact;
  for (const [full, definition] of file.definitions) if (full.endsWith(`::${name}`)) return definition;
  return null;
}

/** Everything that the file of a constant's name defines. */
export function foreignDefinitions(machine: Machine, name: string): Iterable<Definition> {
  return foreignFile(machine, name)?.definitions.values() ?? [];
}

function foreignFile(machine: Machine, name: string): CodeFile | null {
  const known = machine.files.get(name);
  if (known !== undefined) return known;
  let file: CodeFile | null = null;
  if (machine.files.size < 200) {
    const tree = machine.environment.resolveConstant(name);
    file = tree && tree.source.path !== machine.file.tree.source.path ? indexFile(tree, true) : null;
  }
  machine.files.set(name, file);
  return file;
}

function inFile(file: CodeFile, place: string, name: string): Resolution | null {
  const full = place === '' ? name : `${place}::${name}`;
  const definition = file.definitions.get(full);
  if (definition) return { kind: 'definition', definition };
  const cut = full.lastIndexOf('::');
  const holder = cut < 0 ? file.top : file.definitions.get(full.slice(0, cut));
  const node = holder?.constants.get(cut < 0 ? full : full.slice(cut + 2));
  return holder && node ? { kind: 'value', node, definition: holder } : null;
}

/** A constant's value, worked out once. */
function declaredValue(machine: Machine, node: RubyNode, definition: Definition): Value {
  const known = machine.constants.get(node);
  if (known) return known;
  machine.constants.set(node, unknown(sourceText(definition.file, node, 40), node, node));
  const frame = frameFor(definition.file, { kind: 'body', definition, variables: new Map() }, definition.nesting);
  const value = silently(machine, () => evaluate(machine, node, frame));
  machine.constants.set(node, value);
  return value;
}

/** A constant of the application's own file, when it is a plain value: `User::ROLES`. */
function applicationValue(machine: Machine, name: string, node: RubyNode): Value | null {
  const cut = name.lastIndexOf('::');
  if (cut < 0 || !/^[A-Z][A-Z0-9_]*$/.test(name.slice(cut + 2))) return null;
  const holder = foreignDefinition(machine, name.slice(0, cut));
  const value = holder?.constants.get(name.slice(cut + 2));
  return holder && value ? moveValue(declaredValue(machine, value, holder), node) : null;
}

function frameworkValue(machine: Machine, name: string, node: RubyNode): Value | null {
  const version = machine.environment.railsVersion;
  if (version && /^(ActiveRecord|ActiveSupport|ActiveModel|Rails)::VERSION::/.test(name)) {
    if (name.endsWith('::MAJOR') && version[0] !== undefined) return number(version[0], node);
    if (name.endsWith('::MINOR') && version[1] !== undefined) return number(version[1], node);
    if (name.endsWith('::STRING') && version.length > 0) return computed(version.join('.'), node);
  }
  return /(^|::)([A-Z][A-Z0-9]*_[A-Z0-9_]*|ARGV|STDOUT|STDERR|STDIN|INFINITY|EPSILON|MAX|MIN|NAN)$/.test(name) ? unknown(name, node, node) : null;
}

/** Names of other migrations that the file loads by `require_relative`. */
export function requiredNames(file: CodeFile, machine: Machine): ReadonlySet<string> {
  let names = requiredBy.get(file);
  if (!names) {
    const paths = file.top.statements.flatMap((node) => (node.type === 'call' && /^require(_relative)?$/.test(node.name) && node.args[0] ? [literalValue(node.args[0])] : []));
    names = new Set(paths.flatMap((path) => {
      const migration = typeof path === 'string' ? /(?:^|\/)\d+_(\w+?)(?:\.rb)?$/.exec(path)?.[1] : undefined;
      return migration === undefined ? [] : [camelize(migration, machine.environment.inflections)];
    }));
    requiredBy.set(file, names);
  }
  return names;
}

const requiredBy = new WeakMap<CodeFile, ReadonlySet<string>>();

function isReserved(name: string): boolean {
  return /^(Active[A-Z]\w*|Action[A-Z]\w*|ApplicationRecord|Rails|Arel|Abstract\w*|ENV|DB|Time|Date|DateTime|File|Dir|String|Integer|Float|Array|Hash|Struct|Class|Module|Kernel|Object|Set|JSON|YAML|Logger|SecureRandom|I18n)(::|$)/.test(name);
}

function noteUse(machine: Machine, frame: Frame, constant: string, declared: boolean, method: string | null, node: RubyNode): void {
  const model = modelOf(machine, frame, constant, method);
  if (declared && !model) return;
  const key = `${machine.context.direction} ${(machine.context.foreign?.site ?? machine.context.statement ?? node).start} ${constant}`;
  if (machine.uses.has(key) || machine.muted > 0) return;
  machine.uses.add(key);
  emit(machine, { kind: 'use-model', constant: printModel(machine, constant), declared, method, table: model?.table ?? null }, { at: node, verb: printModel(machine, constant) });
}
