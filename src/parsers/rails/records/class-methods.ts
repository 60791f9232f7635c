import type { Owner } from '../evaluator/frame.ts';
import { emit } from '../evaluator/emit.ts';
import { adapterQuestion } from '../evaluator/connection-call.ts';
import { hasBlock, textOf, unknownOf, verbOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { quoteCall } from '../evaluator/sql-call.ts';
import { runSql } from '../evaluator/sql-text.ts';
import { transactionCall } from '../evaluator/transactions.ts';
import { roughText } from '../values/inspect.ts';
import type { Value } from '../value.ts';
import { computed, nil } from '../values/make.ts';
import { relationOf, special } from '../values/special.ts';
import { changeRows, deleteRows, rowsIn } from './changes.ts';
import { chained, relationValue, type Relation } from './relation.ts';
import { printModel, splitName } from './model.ts';
import { classMethods } from './vocabulary.ts';

/** A method that only the model's class has; undefined for those that relations have too. */
export function classMethod(inv: Invocation, relation: Relation): Value | undefined {
  const { machine, name, args, node } = inv;
  const quoted = name.startsWith('sanitize_sql') ? quoteCall(inv) : undefined;
  if (quoted) return quoted;
  if (name === 'transaction' || name === 'with_transaction') return transactionCall(inv);
  switch (name) {
    case 'table_name':
    case 'quoted_table_name':
      return tableName(inv, relation);
    case 'table_name=':
    case 'set_table_name':
      machine.tableNames.set(relation.constant, splitName(roughText(args[0]) ?? '?'));
      return args[0] ?? nil(node);
    case 'table_name_prefix':
    case 'table_name_suffix':
      return computed('', node);
    case 'name':
    case 'to_s':
      return computed(relation.constant, node);
    case 'connection':
    case 'lease_connection':
    case 'retrieve_connection':
      return special({ kind: 'connection', text: textOf(inv) }, textOf(inv), node, node);
    case 'with_connection':
      return yieldTo(inv, [special({ kind: 'connection', text: 'connection' }, 'connection', node, node)]);
    case 'connection_pool':
      return relationValue(relation, node);
    case 'reset_column_information':
      emit(machine, { kind: 'reset-column-information', constant: printModel(machine, relation.constant), table: relation.table }, { at: node, verb: verbOf(inv) });
      return nil(node);
    case 'new':
    case 'build':
      return newRecord(inv, relation);
    case 'find_by_sql':
    case 'count_by_sql':
      if (args[0]?.type === 'string') runSql(machine, args[0].text, node, verbOf(inv));
      return relationValue(chained(relation, name, { form: 'list', scope: 'filtered' }), node);
    case 'update':
    case 'update!': {
      const ids = args[0]?.type === 'hash' ? null : args[0];
      changeRows(inv, { ...relation, scope: ids && !(ids.type === 'symbol') ? 'bounded' : 'all' }, rowsIn(args.slice(ids ? 1 : 0)).columns, 'records');
      return relationValue(chained(relation, name, { form: 'list' }), node);
    }
    case 'delete':
    case 'destroy':
      deleteRows(inv, { ...relation, scope: 'bounded' }, name === 'delete' ? 'statement' : 'records');
      return unknownOf(inv);
    case 'update_counters':
    case 'increment_counter':
    case 'decrement_counter':
    case 'reset_counters':
    case 'touch':
      changeRows(inv, { ...relation, scope: args.some((arg) => relationOf(arg)) ? 'filtered' : 'bounded' }, counterColumns(inv), 'statement');
      return unknownOf(inv);
    case 'class_eval':
    case 'class_exec':
    case 'instance_eval':
    case 'with_options': {
      const self: Owner | null = relation.definition ? { kind: 'model', definition: relation.definition, relation, variables: new Map() } : null;
      return hasBlock(inv) ? yieldTo(inv, [relationValue(relation, node)], self) : unknownOf(inv);
    }
    case 'unscoped':
    case 'uncached':
    case 'cache':
    case 'no_touching':
    case 'without_callbacks':
    case 'suppress':
    case 'with_default_timezone':
      return hasBlock(inv) ? yieldTo(inv, []) : undefined;
    default:
      if (name.endsWith('=') && name !== '==' && name !== '!=') return args[0] ?? nil(node);
      return classMethods.has(name) ? adapterQuestion(inv) ?? unknownOf(inv) : undefined;
  }
}

function newRecord(inv: Invocation, relation: Relation): Value {
  const record = chained(relation, inv.name, { form: 'new', scope: 'bounded', columns: rowsIn(inv.args).columns });
  const value = relationValue(record, inv.node);
  if (hasBlock(inv)) yieldTo(inv, [value]);
  return value;
}

function tableName(inv: Invocation, relation: Relation): Value {
  const { table } = relation;
  if (table.dynamic) return unknownOf(inv);
  if (inv.name === 'table_name') return computed(table.schema ? `${table.schema}.${table.name}` : table.name, inv.node);
  const { engine } = inv.machine.environment;
  const mark = engine.name === 'mysql' || engine.name === 'mariadb' ? '`' : '"';
  return computed([table.schema, table.name].filter(Boolean).map((part) => `${mark}${part}${mark}`).join('.'), inv.node);
}

function counterColumns(inv: Invocation): string[] {
  const { name, args } = inv;
  if (name === 'update_counters') return rowsIn(args.slice(1)).columns;
  if (name === 'reset_counters') return args.slice(1).flatMap((arg) => (arg.type === 'symbol' ? [`${arg.name}_count`] : []));
  return args.flatMap((arg) => (arg.type === 'symbol' ? [arg.name] : [])).slice(0, 1);
}
