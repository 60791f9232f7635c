import { mutate } from '../evaluator/assign.ts';
import { hasBlock, textOf, unknownOf, yieldTo, type Invocation } from '../evaluator/invocation.ts';
import { transactionCall, inTransaction } from '../evaluator/transactions.ts';
import { roughText } from '../values/inspect.ts';
import { nil } from '../values/make.ts';
import { relationOf, special } from '../values/special.ts';
import type { Value } from '../value.ts';
import { addRows, changeRows, deleteRows } from './changes.ts';
import { assignedColumns } from './conditions.ts';
import { chained, relationValue, type Relation } from './relation.ts';
import { recordRemovals, recordUpdates, unmistakable } from './vocabulary.ts';

/** A method of one record. */
export function recordMethod(inv: Invocation, record: Relation): Value | undefined {
  const { name, args, node, machine } = inv;
  if (!record.sure && !unmistakable.has(name) && !/[a-z]=$/.test(name)) return hasBlock(inv) || args.length > 0 ? undefined : special({ kind: 'attribute', record, name }, textOf(inv), node, node);
  if (recordUpdates.has(name)) return save(inv, record);
  if (recordRemovals.has(name)) {
    if (record.form === 'new') return unknownOf(inv);
    deleteRows(inv, record, 'records');
    return relationValue(record, node);
  }
  if (name.endsWith('=') && !/^[=!<>]/.test(name)) {
    const column = name === '[]=' ? roughText(args[0]) : name.slice(0, -1);
    return withColumns(inv, record, column === null ? [] : column === 'attributes' ? assignedColumns(args[0]) : [column], args.at(-1));
  }
  switch (name) {
    case 'write_attribute':
    case 'increment':
    case 'decrement':
    case 'toggle':
      return withColumns(inv, record, [roughText(args[0]) ?? '?'], undefined);
    case 'assign_attributes':
      return withColumns(inv, record, assignedColumns(args[0]), undefined);
    case 'reload':
    case 'tap':
    case 'becomes':
    case 'lock!':
    case 'dup':
    case 'clone':
    case 'itself':
    case 'presence':
    case 'readonly!': {
      const same = relationValue(name === 'dup' || name === 'clone' ? { ...record, form: 'new', columns: [] } : record, node);
      if (hasBlock(inv)) yieldTo(inv, [same]);
      return same;
    }
    case 'with_lock':
      return hasBlock(inv) ? inTransaction(machine, () => yieldTo(inv, [])) : unknownOf(inv);
    case 'transaction':
      return transactionCall(inv);
    case 'class':
      return relationValue({ ...record, form: 'class', scope: 'all', where: [], walk: null, columns: [] }, node);
    default:
  }
  if (args.length > 0 || hasBlock(inv) || !/^[a-z_]\w*$/.test(name) || name === 'id') {
    if (hasBlock(inv)) yieldTo(inv, []);
    return name.endsWith('?') || args.length > 0 ? undefined : unknownOf(inv);
  }
  return special({ kind: 'attribute', record, name }, textOf(inv), node, node);
}

function save(inv: Invocation, record: Relation): Value {
  const { name, args, node } = inv;
  const [first] = args;
  const named = args.flatMap((arg) => (arg.type === 'symbol' ? [arg.name] : []));
  const given = name.startsWith('update_column') || name.startsWith('update') ? (first?.type === 'hash' ? assignedColumns(first) : named.slice(0, 1).concat(first?.type === 'string' ? [first.text.text] : [])) : named;
  const columns = name === 'touch' ? [...named, 'updated_at'] : [...record.columns, ...given];
  if (record.form === 'new') addRows(inv, record, columns, 1);
  else changeRows(inv, record, columns, 'records', first?.type === 'hash' && name.startsWith('update') ? [first] : []);
  const saved = relationValue(chained(record, name, { form: 'record', columns: [] }), node);
  const receiver = inv.receiverNode;
  if (receiver?.type === 'identifier' || receiver?.type === 'variable') mutate(inv.machine, receiver, saved, inv.frame);
  return saved;
}

/** Remembers which columns were given a value, until the record is saved. */
function withColumns(inv: Invocation, record: Relation, columns: readonly string[], value: Value | undefined): Value {
  const changed = relationValue({ ...record, columns: [...new Set([...record.columns, ...columns])].slice(0, 100) }, inv.node);
  if (relationOf(inv.receiver ?? undefined)) mutate(inv.machine, inv.receiverNode, changed, inv.frame);
  return value ?? nil(inv.node);
}
