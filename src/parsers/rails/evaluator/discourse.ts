import { qualified } from '../../../operations/index.ts';
import type { Value } from '../value.ts';
import { nil } from '../values/make.ts';
import { roughText } from '../values/inspect.ts';
import { emit, emitOpaque } from './emit.ts';
import { textOf, verbOf, type Invocation } from './invocation.ts';

/**
 * Discourse's own tools for migrations of the forum and its plugins (`Migration::ColumnDropper`, `Migration::TableDropper`); undefined for
 * anything else.
 */
export function discourseCall(inv: Invocation, constant: string): Value | undefined {
  if (!/^(::)?Migration::(ColumnDropper|TableDropper|SafeMigrate|BaseDropper)$/.test(constant)) return undefined;
  const spot = { at: inv.node, verb: verbOf(inv) };
  const [table, columns] = inv.args;
  const name = roughText(table);
  if (inv.name === 'execute_drop' && name !== null) {
    if (constant.endsWith('TableDropper')) emit(inv.machine, { kind: 'drop-table', table: qualified(name), ifExists: true, cascade: false }, spot);
    else if (columns?.type === 'array' && columns.complete) {
      for (const column of columns.items) emit(inv.machine, { kind: 'drop-column', table: qualified(name), column: roughText(column) ?? '?', ifExists: true, cascade: false }, spot);
    } else emitOpaque(inv.machine, 'the columns are not known', textOf(inv), spot);
  } else if (inv.name === 'mark_readonly' && name !== null) {
    emit(inv.machine, { kind: 'create-trigger', table: qualified(name), name: `${name}_readonly`, function: null, events: ['insert', 'update'] }, spot);
  }
  return nil(inv.node);
}
