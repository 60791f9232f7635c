import { conventionalTable, guessedRelation, modelOf } from '../records/model.ts';
import { chained, relationValue } from '../records/relation.ts';
import { relationMethod } from '../records/methods.ts';
import type { Value } from '../value.ts';
import { array, boolean, computed, hash, nil, symbol, unknown } from '../values/make.ts';
import { special } from '../values/special.ts';
import { findMethod } from './ancestors.ts';
import { connectionCall } from './connection-call.ts';
import { foreignDefinition, requiredNames, resolveConstant } from './constants.ts';
import { anonymousClass, type Definition } from './definitions.ts';
import { discourseCall } from './discourse.ts';
import { emitOpaque } from './emit.ts';
import type { Owner } from './frame.ts';
import { hasBlock, textOf, unknownOf, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { eachItem, runsOnce, unknownBlock } from './iteration.ts';
import { lambdaValue, kernelCall } from './kernel.ts';
import { inline } from './methods.ts';
import { selfCall } from './self-call.ts';
import { isSqlCall, quoteCall, sqlCall } from './sql-call.ts';
import { transactionCall } from './transactions.ts';

/** A call on a class or module. */
export function constantMethod(inv: Invocation, name: string): Value | undefined {
  const found = resolveConstant(inv.machine, inv.frame, name);
  if (found.kind === 'definition') return declaredCall(inv, name, found.definition);
  const model = modelOf(inv.machine, inv.frame, name, inv.name);
  if (model) return relationMethod(inv, model);
  if (found.kind === 'framework') return frameworkCall(inv, name);
  if (found.kind === 'application') return applicationCall(inv, name);
  return undefined;
}

function declaredCall(inv: Invocation, name: string, definition: Definition): Value | undefined {
  const { machine } = inv;
  const model = modelOf(machine, inv.frame, name, inv.name);
  if (model) return relationMethod(inv, model);
  const self: Owner = { kind: 'module', definition, variables: new Map() };
  const method = findMethod(machine, self, inv.name);
  if (method && method.definition.kind !== 'top') return inline(inv, method, self);
  if (inv.name === 'new') return newObject(inv, definition);
  if (inv.name === 'name' || inv.name === 'to_s') return computed(name, inv.node);
  if (inv.name.endsWith('=')) return inv.args[0] ?? nil(inv.node);
  return hasBlock(inv) ? unknownBlock(inv) : undefined;
}

function newObject(inv: Invocation, definition: Definition): Value {
  const variables = new Map<string, Value>();
  const { node } = definition;
  if (node.type === 'call' && node.name !== 'define') {
    const members = node.args.filter((arg) => arg.type === 'symbol');
    members.forEach((member, at) => {
      const part = member.parts[0];
      const value = inv.args.at(-1)?.type === 'hash' && inv.keywords ? inv.call(inv.args.at(-1) ?? null, '[]', [symbol(part?.kind === 'literal' ? part.value : '', inv.node)]) : inv.args[at];
      if (part?.kind === 'literal' && value) variables.set(`@${part.value}`, value);
    });
  }
  const self: Owner = { kind: 'object', definition, variables };
  const initialize = findMethod(inv.machine, self, 'initialize');
  if (initialize && initialize.definition.kind !== 'top') inline(inv, initialize, self);
  return special({ kind: 'object', definition, variables }, textOf(inv), inv.node, inv.node);
}

function frameworkCall(inv: Invocation, name: string): Value | undefined {
  const { machine, node, args } = inv;
  const known = frameworkValue(inv, name) ?? discourseCall(inv, name);
  if (known) return known;
  if (requiredNames(machine.file, machine).has(name)) {
    emitOpaque(machine, 'another migration is run', textOf(inv), { at: node, verb: verbOf(inv) });
    return unknownOf(inv);
  }
  if (/^(ActiveRecord::Base|ApplicationRecord|ActiveRecord::Base\.\w+)$/.test(name)) {
    if (inv.name === 'transaction') return transactionCall(inv);
    const value = quoteCall(inv) ?? (/connection$/.test(inv.name) ? connectionCall(inv, null) : undefined);
    if (value) return value;
    if (inv.name === 'connection_pool') return { type: 'constant', name, at: node };
  }
  if (/^ActiveRecord::(Migration|Schema)(\[|$)/.test(name)) {
    if (inv.name === '[]' || inv.name === 'new' || inv.name === 'current') return { type: 'constant', name: 'ActiveRecord::Migration', at: node };
    if (inv.name === 'define') return hasBlock(inv) ? yieldTo(inv, [], machine.owner) : undefined;
    return selfCall({ ...inv, receiver: null, frame: { ...inv.frame, self: machine.owner ?? inv.frame.self } });
  }
  if (name === 'DB' && isSqlCall(inv, true)) return sqlCall(inv);
  if (name === 'Scenic::Adapters::Postgres' && machine.tables.isStatementName(inv.name)) return selfCall({ ...inv, receiver: null, frame: { ...inv.frame, self: machine.owner ?? inv.frame.self } });
  if (/^(Lhm|LHM)$/.test(name)) {
    const statement: Invocation = { ...inv, receiver: null, receiverNode: inv.receiverNode };
    if (machine.tables.isStatementName(`Lhm.${inv.name}`)) return selfCall({ ...statement, name: `Lhm.${inv.name}` });
    emitOpaque(machine, 'Lhm is not read', textOf(inv), { at: node, verb: verbOf(inv) });
    return nil(node);
  }
  if (name === 'Rake::Task' || (name === 'Rails' && inv.name === 'load_seed')) {
    emitOpaque(machine, 'a Rake task is run', textOf(inv), { at: node, verb: verbOf(inv) });
    return unknownOf(inv);
  }
  if (isSqlCall(inv, false) && args.length > 0) return sqlCall(inv);
  if (!hasBlock(inv)) return undefined;
  if (/^(each|map|each_\w+|times|upto|step|loop)$/.test(inv.name)) return rounds(inv);
  return runsOnce(inv.name) ? yieldTo(inv, args.slice(0, 1)) : unknownBlock(inv);
}

/** What Ruby's and Rails' own classes give, where it matters. */
function frameworkValue(inv: Invocation, name: string): Value | undefined {
  const { machine, node, args } = inv;
  const { railsVersion } = machine.environment;
  switch (name) {
    case 'Rails':
      if (inv.name === 'env') return special({ kind: 'environment-name' }, 'Rails.env', node, node);
      return inv.name === 'version' && railsVersion ? computed(railsVersion.join('.'), node) : undefined;
    case 'Class':
    case 'Module':
      return inv.name === 'new' && node.type === 'call' ? anonymous(inv) : undefined;
    case 'Struct':
    case 'OpenStruct':
      return undefined;
    case 'Set':
    case 'Array':
      if (inv.name === '[]') return array(args, node);
      if (inv.name !== 'new') return undefined;
      return args[0]?.type === 'array' ? args[0] : args.length === 0 ? array([], node) : undefined;
    case 'Hash':
    case 'HashWithIndifferentAccess':
    case 'ActiveSupport::HashWithIndifferentAccess':
      return inv.name === 'new' && args.length === 0 && !hasBlock(inv) ? hash([], node) : args[0]?.type === 'hash' ? args[0] : undefined;
    case 'String':
    case 'Symbol':
      return inv.name === 'new' ? args[0] ?? computed('', node) : undefined;
    case 'Proc':
      return inv.name === 'new' && inv.closure ? lambdaValue(inv) : undefined;
    case 'Scenic':
      return inv.name === 'database' ? { type: 'constant', name: 'Scenic::Adapters::Postgres', at: node } : undefined;
    case 'Arel':
      return inv.name === 'sql' ? args[0] : undefined;
    case 'File':
    case 'IO':
    case 'Pathname':
    case 'Dir':
      if (inv.name === 'exist?' || inv.name === 'exists?') return undefined;
      if (inv.name === 'foreach' || (inv.name === 'open' && hasBlock(inv))) return rounds(inv);
      return special({ kind: 'file' }, textOf(inv), node, node);
    case 'Kernel':
      return kernelCall(inv);
    case 'ActiveRecord::Type::Boolean':
      return undefined;
    case 'Gem::Version':
      return inv.name === 'new' ? args[0] : undefined;
    case 'Date':
    case 'Time':
    case 'DateTime':
      return unknown(textOf(inv), node, node);
    default:
      return undefined;
  }
}

/** `Class.new(ActiveRecord::Base) { ... }` that is given to a variable. */
function anonymous(inv: Invocation): Value {
  const { node } = inv;
  if (node.type !== 'call') return unknownOf(inv);
  const name = `Class.new@${node.start}`;
  const definitions = inv.frame.file.definitions as Map<string, Definition>;
  if (!definitions.has(name)) definitions.set(name, anonymousClass(name, node, inv.frame.file, inv.frame.nesting));
  return { type: 'constant', name, at: node };
}

/** Code of the application: what it does is not followed, except for helper modules that live beside the migrations. */
function applicationCall(inv: Invocation, name: string): Value | undefined {
  const { machine } = inv;
  const definition = foreignDefinition(machine, name);
  if (definition && /(^|\/)db\//.test(definition.file.tree.source.path)) {
    const self: Owner = { kind: 'module', definition, variables: new Map() };
    const method = findMethod(machine, self, inv.name);
    if (method && method.definition.kind !== 'top') return inline(inv, method, self);
  }
  if (isSqlCall(inv, false)) return sqlCall(inv);
  if (inv.name === 'transaction') return transactionCall(inv);
  const decided = inv.name.endsWith('?') ? adapterAnswer(inv) : undefined;
  if (decided) return decided;
  if (inv.name === 'connection' || inv.name === 'lease_connection') return connectionCall(inv, null);
  if (hasBlock(inv)) return runsOnce(inv.name) ? yieldTo(inv, inv.args.slice(0, 1)) : unknownBlock(inv);
  if (definition || !/^[a-z]\w*$/.test(inv.name) || /(Service|Job|Worker|Mailer|Helper|Policy|Serializer|Setting|Settings|Client)$/.test(name)) return undefined;
  const rows = guessedRelation(name, conventionalTable(machine, name, null));
  return relationValue(chained(rows, inv.name, inv.name === 'new' ? { form: 'new', scope: 'bounded' } : { form: 'query', scope: 'filtered' }), inv.node);
}

function adapterAnswer(inv: Invocation): Value | undefined {
  const { name } = inv.machine.environment.engine;
  const asked = /^(postgres(?:ql)?|mysql|mariadb|sqlite)\??$/.exec(inv.name)?.[1];
  if (!asked) return undefined;
  const family = name === 'mariadb' ? ['mysql', 'mariadb'] : name === 'postgres' ? ['postgres', 'postgresql'] : [name];
  return boolean(family.includes(asked), inv.node);
}

function rounds(inv: Invocation): Value {
  const [list] = inv.args;
  if (list?.type !== 'array') return unknownBlock(inv);
  eachItem(inv.machine, list.items, { node: inv.node, frame: inv.frame }, (item) => yieldTo(inv, [item]));
  return list;
}
