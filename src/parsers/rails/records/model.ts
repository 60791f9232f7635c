import { qualified, type QualifiedName } from '../../../operations/index.ts';
import { literalValue } from '../../ruby/literal-value.ts';
import type { RubyNode } from '../../ruby/syntax.ts';
import { foreignDefinition, resolveConstant } from '../evaluator/constants.ts';
import type { Definition } from '../evaluator/definitions.ts';
import { evaluate } from '../evaluator/evaluate.ts';
import { frameFor, type Frame } from '../evaluator/frame.ts';
import { silently, type Machine } from '../evaluator/machine.ts';
import { isFrameworkConstant, libraryModels } from '../framework-constants.ts';
import { demodulize, pluralize, underscore } from '../inflector.ts';
import { literalText } from '../value.ts';
import type { Relation } from './relation.ts';
import { isActiveRecordMethod } from './vocabulary.ts';

/** The model behind a constant; null when the constant is no model, or nothing says that it is one. `method` is what is called on it. */
export function modelOf(machine: Machine, frame: Frame, constant: string, method: string | null): Relation | null {
  const found = resolveConstant(machine, frame, constant);
  if (found.kind === 'definition') return isModel(machine, found.definition, 0) ? classRelation(machine, constant, true, found.definition) : null;
  if (found.kind === 'value') return null;
  const libraryTable = libraryModels.get(constant);
  if (libraryTable) return relation(constant, false, true, qualified(libraryTable), null);
  if (found.kind === 'framework') return null;
  const definition = foreignDefinition(machine, constant);
  if (definition) return isModel(machine, definition, 0) ? classRelation(machine, constant, false, definition) : null;
  return method !== null && isActiveRecordMethod(method) ? relation(constant, false, true, conventionalTable(machine, constant, null), null) : null;
}

/** A model that a definition makes, whatever its name. */
function classRelation(machine: Machine, constant: string, declared: boolean, definition: Definition): Relation {
  return relation(constant, declared, true, tableOf(machine, constant, definition, 0), declared ? definition : null);
}

/** Rows that an association or an unknown class may hold: nothing says so for sure. */
export function guessedRelation(constant: string, table: QualifiedName): Relation {
  return relation(constant, true, false, table, null);
}

function relation(constant: string, declared: boolean, sure: boolean, table: QualifiedName, definition: Definition | null): Relation {
  return { constant, declared, sure, table, definition, form: 'class', scope: 'all', where: [], calls: [], walk: null, columns: [] };
}

/** True when a class is an Active Record model, as far as its superclasses tell. */
function isModel(machine: Machine, definition: Definition, depth: number): boolean {
  const { superclass } = definition;
  if (definition.kind !== 'class' || depth > 10) return false;
  if (!superclass) return setting(definition, 'table_name') !== null;
  if (superclass.type !== 'constant') return superclass.type === 'call' && superclass.name === '[]' ? false : /Record|Base|Model/.test(definition.file.tree.source.text.slice(superclass.start, superclass.end));
  const name = superclass.name.replace(/^::/, '');
  if (/(^|::)(ActiveRecord::Base|ApplicationRecord)$/.test(name)) return true;
  if (name.startsWith('ActiveRecord::Migration')) return false;
  const found = resolveConstant(machine, frameIn(definition), superclass.name);
  if (found.kind === 'definition') return found.definition !== definition && isModel(machine, found.definition, depth + 1);
  if (libraryModels.has(name)) return true;
  if (found.kind !== 'application' || isFrameworkConstant(name, machine.environment.libraries)) return false;
  const parent = foreignDefinition(machine, name);
  if (parent) return parent !== definition && isModel(machine, parent, depth + 1);
  return /Record|Base|Model|Setting|User/.test(name) || name === demodulize(definition.name);
}

function tableOf(machine: Machine, constant: string, definition: Definition, depth: number): QualifiedName {
  const given = machine.tableNames.get(constant);
  if (given) return given;
  const written = setting(definition, 'table_name') ?? definition.ownMethods.get('table_name')?.body.at(-1) ?? null;
  if (written) {
    const text = literalText(silently(machine, () => evaluate(machine, written, frameFor(definition.file, { kind: 'body', definition, variables: new Map() }, definition.nesting))));
    if (text !== null) return splitName(text);
    return { schema: null, name: definition.file.tree.source.text.slice(written.start, written.end), dynamic: true };
  }
  const parent = parentOf(machine, definition);
  if (parent && depth < 10 && isModel(machine, parent, 0) && !isAbstract(parent)) return tableOf(machine, parent.name, parent, depth + 1);
  return conventionalTable(machine, constant, definition);
}

/** `users` for `User` and, where the module says `table_name_prefix`, `admin_users` for `Admin::User`. */
export function conventionalTable(machine: Machine, constant: string, definition: Definition | null): QualifiedName {
  const { inflections } = machine.environment;
  const table = pluralize(underscore(demodulize(constant), inflections), inflections);
  const own = definition ? prefixOf(definition) : null;
  const namespace = constant.includes('::') ? constant.slice(0, constant.lastIndexOf('::')) : null;
  const holder = namespace && !own ? definition?.file.definitions.get(namespace) ?? (definition?.file.foreign === false ? null : foreignDefinition(machine, namespace)) : null;
  const prefix = own ?? (holder ? prefixOf(holder) : null) ?? '';
  return qualified(`${prefix}${table}`);
}

function prefixOf(definition: Definition): string | null {
  const written = setting(definition, 'table_name_prefix') ?? definition.ownMethods.get('table_name_prefix')?.body.at(-1) ?? null;
  const value = written ? literalValue(written) : null;
  return typeof value === 'string' ? value : null;
}

function parentOf(machine: Machine, definition: Definition): Definition | null {
  const { superclass } = definition;
  if (superclass?.type !== 'constant') return null;
  const found = resolveConstant(machine, frameIn(definition), superclass.name);
  const parent = found.kind === 'definition' ? found.definition : found.kind === 'application' ? foreignDefinition(machine, superclass.name.replace(/^::/, '')) : null;
  return parent === definition ? null : parent;
}

function isAbstract(definition: Definition): boolean {
  const written = setting(definition, 'abstract_class');
  return (written !== null && literalValue(written) === true) || definition.statements.some((node) => node.type === 'identifier' && node.name === 'primary_abstract_class') || definition.name.endsWith('ApplicationRecord');
}

/** The value given by `self.name = value` or the old `set_name value` in a class body, or null. */
export function setting(definition: Definition, name: string): RubyNode | null {
  for (const node of definition.statements.toReversed()) {
    if (node.type === 'call' && (node.name === `${name}=` || node.name === `set_${name}`)) return node.args[0] ?? null;
    if (node.type === 'assignment' && node.target.type === 'call' && node.target.name.replace(/=$/, '') === name) return node.value;
  }
  return null;
}

/** The name of a model for messages: without the migration's own class in front, and for a class without a name how it was made. */
export function printModel(machine: Machine, constant: string): string {
  const own = machine.owner?.definition?.name;
  const short = own && constant.startsWith(`${own}::`) ? constant.slice(own.length + 2) : constant;
  return short.replace(/@\d+$/, '');
}

/** `auth.users` as a name with its schema. */
export function splitName(text: string): QualifiedName {
  const parts = text.replaceAll(/["`]/g, '').split('.');
  const name = parts.pop() ?? text;
  return qualified(name, parts.pop() ?? null);
}

function frameIn(definition: Definition): Frame {
  return frameFor(definition.file, { kind: 'body', definition: null, variables: new Map() }, definition.nesting);
}
