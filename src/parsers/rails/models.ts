import type { Span } from '../../source/span.ts';
import { literalValue } from '../ruby/literal-value.ts';
import type { RubyTree } from '../ruby/tree.ts';
import type { RubyNode } from '../ruby/syntax.ts';
import type { RailsEnvironment } from './environment.ts';
import { indexFile, type Definition } from './evaluator/definitions.ts';
import { evaluate } from './evaluator/evaluate.ts';
import { frameFor, type Frame } from './evaluator/frame.ts';
import { createMachine, silently, type Machine } from './evaluator/machine.ts';
import type { UniquenessValidation } from './uniqueness.ts';
import { uniquenessValidations } from './uniqueness.ts';
import { demodulize, pluralize, underscore } from './inflector.ts';
import { literalText, type Value } from './value.ts';

/** What one class of `app/models` says about its table, as written; nothing inherited or included is resolved here. */
export interface ModelFacts {
  /** The full name with its namespaces: `Admin::User`. */
  readonly className: string;
  /** The superclass as written, or null; for a concern or another module always null. */
  readonly superclass: string | null;
  readonly kind: 'class' | 'module';
  /** `self.abstract_class = true`. */
  readonly abstract: boolean;
  /** `self.table_name =`, or null. */
  readonly tableName: string | null;
  /** `self.table_name_prefix =` or `def self.table_name_prefix`, or null. */
  readonly tableNamePrefix: string | null;
  /** The table by Active Record's convention, when nothing sets it; without a prefix. */
  readonly conventionalTable: string;
  readonly ignoredColumns: readonly string[];
  /** `ignored_columns +=`: adds to what the superclass ignores; false when it replaces it. */
  readonly addsIgnoredColumns: boolean;
  /** `self.inheritance_column =`; empty when it is set to nil, null when nothing is said. */
  readonly inheritanceColumn: string | null;
  readonly uniqueness: readonly UniquenessValidation[];
  /** Names of the modules it includes, extends or prepends, as written. */
  readonly includes: readonly string[];
  readonly span: Span;
}

/** Every class and module of a file that may be a model or a part of one. Never throws. */
export function readModel(tree: RubyTree, environment: RailsEnvironment): ModelFacts[] {
  try {
    const file = indexFile(tree, false);
    const tables = { lowerStatement: () => false, isStatementName: () => false, spellStatement: () => null };
    const machine = createMachine(environment, file, tables, environment.railsVersion ?? [8, 0], false);
    machine.muted = 1;
    return [...file.definitions.values()].map((definition) => factsOf(machine, definition, environment));
  } catch {
    return [];
  }
}

function factsOf(machine: Machine, definition: Definition, environment: RailsEnvironment): ModelFacts {
  const { inflections } = environment;
  const settings = settingsOf([...definition.statements, ...definition.whenIncluded]);
  const valueOf = (name: string): Value | null => {
    const node = settings.get(name)?.at(-1)?.value ?? definition.ownMethods.get(name)?.body.at(-1) ?? null;
    return node ? evaluated(machine, definition, node) : null;
  };
  const textOf = (name: string): string | null => literalText(valueOf(name) ?? undefined);
  const ignored = settings.get('ignored_columns') ?? [];
  const { superclass } = definition;
  return {
    className: definition.name,
    superclass: superclass ? machine.file.tree.source.text.slice(superclass.start, superclass.end) : null,
    kind: definition.kind === 'module' ? 'module' : 'class',
    abstract: (settings.get('abstract_class') ?? []).some(({ value }) => literalValue(value) === true) || definition.statements.some((node) => node.type === 'identifier' && node.name === 'primary_abstract_class'),
    tableName: textOf('table_name'),
    tableNamePrefix: textOf('table_name_prefix'),
    conventionalTable: pluralize(underscore(demodulize(definition.name), inflections), inflections),
    ignoredColumns: [...new Set(ignored.flatMap(({ value }) => names(evaluated(machine, definition, value))))],
    addsIgnoredColumns: ignored.length > 0 && ignored.every(({ adds }) => adds),
    inheritanceColumn: isOff(valueOf('inheritance_column')) ? '' : textOf('inheritance_column'),
    uniqueness: uniquenessValidations([...definition.statements, ...definition.whenIncluded], (node) => evaluated(machine, definition, node)),
    includes: definition.mixins.flatMap(({ module }) => (module.type === 'constant' ? [module.name.replace(/^::/, '')] : [])),
    span: { start: definition.node.start, end: definition.node.end },
  };
}

/** `self.inheritance_column = nil` or `false`: the model has none. */
function isOff(value: Value | undefined | null): boolean {
  return value?.type === 'nil' || (value?.type === 'boolean' && !value.value);
}

/** One `self.name = value` or `self.name += value`. */
interface Setting {
  readonly value: RubyNode;
  readonly adds: boolean;
}

function settingsOf(statements: readonly RubyNode[]): Map<string, Setting[]> {
  const settings = new Map<string, Setting[]>();
  const add = (name: string, setting: Setting): void => void settings.set(name, [...(settings.get(name) ?? []), setting]);
  for (const node of statements) {
    if (node.type === 'if' || node.type === 'begin') {
      for (const [name, found] of settingsOf(node.type === 'if' ? [...node.then, ...node.otherwise] : node.body)) for (const setting of found) add(name, setting);
    } else if (node.type === 'call' && node.args[0] && (isSelf(node.receiver) || node.receiver === null)) {
      const [value] = node.args;
      if (node.name.endsWith('=')) add(node.name.slice(0, -1), { value, adds: false });
      else if (/^set_(table_name|inheritance_column)$/.test(node.name)) add(node.name.slice(4), { value, adds: false });
      else if (/^ignore_columns?$/.test(node.name)) for (const arg of node.args) if (arg.type !== 'hash') add('ignored_columns', { value: arg, adds: true });
    } else if (node.type === 'assignment' && node.target.type === 'call' && isSelf(node.target.receiver)) {
      add(node.target.name.replace(/=$/, ''), { value: node.value, adds: node.operator !== '=' });
    }
  }
  return settings;
}

function isSelf(node: RubyNode | null): boolean {
  return node?.type === 'literal' && node.value === 'self';
}

function evaluated(machine: Machine, definition: Definition, node: RubyNode): Value {
  const frame: Frame = frameFor(definition.file, { kind: 'body', definition, variables: new Map() }, definition.nesting);
  return silently(machine, () => evaluate(machine, node, frame));
}

/** Column names in a list, however deep; a single name counts too. */
function names(value: Value): string[] {
  if (value.type === 'array') return value.items.flatMap(names);
  const text = value.type === 'string' || value.type === 'symbol' ? literalText(value) : null;
  return text === null ? [] : [text];
}
