import { qualified } from '../../../operations/index.ts';
import { guessedRelation } from '../records/model.ts';
import { relationMethod } from '../records/methods.ts';
import { chained } from '../records/relation.ts';
import { finders, groupWalks, unmistakable, walks } from '../records/vocabulary.ts';
import { camelize, pluralize, singularize } from '../inflector.ts';
import { literalText, type Value } from '../value.ts';
import { arrayMethod } from '../values/arrays.ts';
import { hash, nil, symbol, unknown } from '../values/make.ts';
import { isKnown } from '../values/inspect.ts';
import { rangeMethod, regexMethod } from '../values/ranges.ts';
import { closureOf, relationOf, roleOf, special, type Role } from '../values/special.ts';
import { findMethod } from './ancestors.ts';
import { callClosure } from './blocks.ts';
import { adapterQuestion, connectionCall } from './connection-call.ts';
import { emitOpaque } from './emit.ts';
import { hasBlock, textOf, unknownOf, verbOf, yieldTo, type Invocation } from './invocation.ts';
import { itemsOf, partRounds, runsOnce, unknownBlock } from './iteration.ts';
import { lower, statementCall } from './lowering.ts';
import { write } from './machine.ts';
import { inline } from './methods.ts';
import { selfCall } from './self-call.ts';
import { isSqlCall, sqlCall } from './sql-call.ts';
import { inTransaction } from './transactions.ts';
import { directionCall } from './wrappers.ts';

/** A call on a value that only the evaluator knows, or on one that nobody knows. */
export function roleMethod(inv: Invocation, receiver: Value): Value | undefined {
  const closure = closureOf(receiver);
  if (closure) return ['call', '()', '[]', 'yield', '===', '.()'].includes(inv.name) || inv.name === '' ? callClosure(inv.machine, closure, inv.args) : undefined;
  const role = roleOf(receiver);
  return role ? knownRole(inv, receiver, role) : unknownReceiver(inv, receiver);
}

function knownRole(inv: Invocation, receiver: Value, role: Role): Value | undefined {
  const { machine } = inv;
  switch (role.kind) {
    case 'migration':
      return selfCall({ ...inv, receiver: null, frame: { ...inv.frame, self: machine.owner ?? inv.frame.self } });
    case 'connection':
      return connectionCall(inv, receiver) ?? unknownReceiver(inv, unknown(role.text, receiver.at), true);
    case 'table':
      return tableCall(inv, role);
    case 'direction':
      return directionCall(inv);
    case 'range':
      return rangeMethod(inv, role) ?? listMethod(inv, receiver);
    case 'regex':
      return regexMethod(inv, role);
    case 'object': {
      const self = { kind: 'object', definition: role.definition, variables: role.variables } as const;
      const found = findMethod(machine, self, inv.name);
      if (found) return inline(inv, found, self);
      if (inv.name.endsWith('=') && inv.args[0]) {
        write(machine, role.variables, `@${inv.name.slice(0, -1)}`, inv.args[0]);
        return inv.args[0];
      }
      return role.variables.get(`@${inv.name}`) ?? undefined;
    }
    case 'file':
      return special(role, textOf(inv), inv.node, inv.node);
    case 'options':
      return inv.call(role.target, inv.name, withOptions(inv, role.options));
    case 'result':
      return resultMethod(inv, role);
    case 'attribute':
      return attributeMethod(inv, role);
    case 'grouped':
      return groupedMethod(inv, role);
    case 'method':
      return inv.name === 'call' || inv.name === '[]' ? inv.call(null, role.name, inv.args) : undefined;
    case 'environment-name':
      return undefined;
    case 'existence':
    case 'closure':
      return undefined;
  }
}

function tableCall(inv: Invocation, role: Extract<Role, { kind: 'table' }>): Value | undefined {
  if (inv.name === 'send' || inv.name === 'public_send' || inv.name === '__send__') {
    const name = literalText(inv.args[0]);
    if (name !== null) return tableCall({ ...inv, name, args: inv.args.slice(1) }, role);
    emitOpaque(inv.machine, 'the method is chosen while the migration runs', textOf(inv), { at: inv.node, verb: verbOf(inv) });
    return nil(inv.node);
  }
  if (inv.name === 'with_options') return undefined;
  if (inv.name === 'tap' || inv.name === 'instance_eval') return yieldTo(inv, [inv.receiver ?? nil(inv.node)]);
  if (/[?]$|^(name|is_a\?|respond_to\?|nil\?|class|==)$/.test(inv.name)) return unknownOf(inv);
  role.onCall(statementCall(inv, 'table'));
  return nil(inv.node);
}

function listMethod(inv: Invocation, receiver: Value): Value | undefined {
  const known = itemsOf(receiver);
  if (known) return arrayMethod(inv, { type: 'array', items: known.items, complete: known.complete, at: receiver.at });
  return hasBlock(inv) ? partRounds(inv, [unknown(textOf(inv), inv.node)]) : undefined;
}

function withOptions(inv: Invocation, options: Value): readonly Value[] {
  const last = inv.args.at(-1);
  if (options.type !== 'hash') return inv.args;
  if (last?.type !== 'hash') return [...inv.args, options];
  const own = new Set(last.entries.map(([key]) => literalText(key)));
  return [...inv.args.slice(0, -1), hash([...options.entries.filter(([key]) => !own.has(literalText(key))), ...last.entries], last.at, last.complete && options.complete)];
}

/** What was read from the database: a value nobody knows, that remembers which query it comes from. */
function resultMethod(inv: Invocation, role: Extract<Role, { kind: 'result' }>): Value | undefined {
  const { node } = inv;
  const same = special(role, textOf(inv), node, node);
  if (hasBlock(inv) && (walks.has(inv.name) || groupWalks.has(inv.name) || inv.name === 'each_row' || inv.name === 'each_pair' || inv.name === 'each_hash')) {
    const grouped = groupWalks.has(inv.name);
    const loop = { by: grouped ? 'batches' as const : 'records' as const, batchedRead: false, model: role.relation?.constant ?? null };
    const item = special({ ...role, columns: false }, textOf(inv), node, node);
    return partRounds(inv, inv.name === 'each_with_index' ? [item, unknown('index', node)] : [item], loop);
  }
  if (groupWalks.has(inv.name)) return special({ kind: 'grouped', source: same, by: inv.name }, textOf(inv), node, node);
  if (unmistakable.has(inv.name) && role.relation && !['order', 'limit', 'where', 'exists?', 'save', 'destroy'].includes(inv.name)) return undefined;
  return hasBlock(inv) ? partRounds(inv, [unknown(textOf(inv), node)]) : same;
}

/** An attribute of a record; when something only rows can do is called on it, it was an association. */
function attributeMethod(inv: Invocation, role: Extract<Role, { kind: 'attribute' }>): Value | undefined {
  const { machine } = inv;
  const walked = hasBlock(inv) && (inv.name === 'each' || inv.name === 'map' || inv.name === 'each_with_index');
  const { inflections } = machine.environment;
  const table = pluralize(role.name, inflections);
  const many = table === role.name;
  if (!unmistakable.has(inv.name) && !walked && !(many && finders.has(inv.name))) {
    return hasBlock(inv) ? partRounds(inv, [unknown(textOf(inv), inv.node)]) : unknownOf(inv);
  }
  const constant = camelize(singularize(role.name, inflections), inflections);
  const rows = guessedRelation(constant, qualified(table));
  const { walk } = role.record;
  return relationMethod(inv, chained(rows, role.name, { form: many ? 'query' : 'record', scope: many ? 'filtered' : 'bounded', walk: walk && !many ? walk : null }));
}

function groupedMethod(inv: Invocation, role: Extract<Role, { kind: 'grouped' }>): Value | undefined {
  if (role.by === 'each_with_index' || role.by === 'map' || role.by === 'each') return inv.call(role.source, inv.name, inv.args);
  const relation = relationOf(role.source);
  if (!hasBlock(inv)) return special(role, textOf(inv), inv.node, inv.node);
  if (relation) return relationMethod({ ...inv, name: role.by, args: [] }, relation);
  return partRounds(inv, [role.source]);
}

/** Nothing is known of the receiver, but some names say enough. */
function unknownReceiver(inv: Invocation, receiver: Value, isConnection = false): Value | undefined {
  const { machine, name } = inv;
  if (isSqlCall(inv, false)) return sqlCall(inv);
  const decided = name.endsWith('?') ? adapterQuestion(inv) : undefined;
  if (decided) return decided;
  if (name === '[]' && inv.args[0]?.type === 'symbol' && inv.args[0].name === 'primary_key_type') return generatorKeyType(inv);
  if (!isConnection && inv.args.length > 0 && /_/.test(name) && machine.tables.isStatementName(name) && (inv.args[0]?.type === 'symbol' || inv.args[0]?.type === 'string') && lower(inv)) return nil(inv.node);
  if (unmistakable.has(name) && /^(update|delete|destroy|touch|insert|upsert|save|create)/.test(name) && !isKnown(receiver) && !/^(save|destroy|create!?)$/.test(name)) {
    emitOpaque(machine, 'it is not known whose rows these are', textOf(inv), { at: inv.node, verb: verbOf(inv) });
  }
  if (!hasBlock(inv)) return undefined;
  if (name === 'transaction' || name === 'with_lock') return inTransaction(machine, () => yieldTo(inv, []));
  return runsOnce(name) ? yieldTo(inv, [unknown(textOf(inv), inv.node)]) : unknownBlock(inv);
}

/** What `Rails.configuration.generators` says of primary keys: the migrations of Active Storage and Action Text ask for it. */
function generatorKeyType(inv: Invocation): Value {
  const { primaryKeyType } = inv.machine.environment;
  return primaryKeyType === null ? nil(inv.node) : symbol(primaryKeyType, inv.node);
}
