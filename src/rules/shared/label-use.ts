import type { ColumnDefinition, Operation } from '../../operations/index.ts';
import type { Table } from '../../schema/table.ts';
import { typeKey } from '../../schema/store.ts';
import type { RuleContext, Step } from '../rule.ts';
import type { EnumLabel } from './enum-label.ts';
import { usesLabel } from './enum-label.ts';

type TypeOf = (column: string) => string | undefined;

/** True when a step's statement reads the label as a value of its type: in what it stores, in a default, or in an expression. */
export function stepUsesLabel({ operation, table }: Step, label: EnumLabel, context: RuleContext): boolean {
  const typeOf: TypeOf = (column) => scalarType(table?.columns.get(column));
  const uses = (expression: string | null | undefined) => typeof expression === 'string' && usesLabel(expression, label, typeOf);
  switch (operation.kind) {
    case 'insert-rows':
    case 'update-rows':
      return stores(operation, table, label) || (operation.kind === 'update-rows' && uses(operation.where));
    case 'delete-rows':
      return uses(operation.where);
    case 'read-rows':
    case 'other':
      return uses(operation.text);
    case 'set-default':
      return defaultIs(operation.default, typeOf(operation.column), label) || (operation.default.kind === 'expression' && uses(operation.default.sql));
    case 'add-column':
      return columnUses(operation.column, label, (name) => (name === operation.column.name ? scalarType(operation.column) : typeOf(name)));
    case 'alter-column-type':
      return uses(operation.using);
    case 'add-check':
      return uses(operation.check.expression);
    case 'create-index':
      return uses(operation.index.where) || operation.index.keys.some((key) => uses(key.expression));
    case 'create-policy':
      return uses(operation.using) || uses(operation.check);
    case 'create-trigger':
      return uses(operation.when);
    case 'create-table': {
      const ownType: TypeOf = (name) => scalarType(operation.columns.find((column) => column.name === name));
      return operation.columns.some((column) => columnUses(column, label, ownType)) || operation.checks.some((check) => usesLabel(check.expression, label, ownType));
    }
    case 'create-view': {
      const tables = operation.reads.flatMap((name) => context.schema.table(name) ?? []);
      return operation.query !== null && usesLabel(operation.query, label, (column) => scalarType(tables.find((read) => read.columns.has(column))?.columns.get(column)));
    }
    default:
      return false;
  }
}

function stores({ texts = [] }: Extract<Operation, { kind: 'insert-rows' | 'update-rows' }>, table: Table | undefined, { type, value }: EnumLabel): boolean {
  return texts.some(({ column, text }) => {
    if (text !== value || !table) return false;
    const definition = typeof column === 'string' ? table.columns.get(column) : [...table.columns.values()][column];
    const stored = scalarType(definition);
    return stored !== undefined && typeKey(stored) === type;
  });
}

function columnUses(column: ColumnDefinition, label: EnumLabel, typeOf: TypeOf): boolean {
  if (defaultIs(column.default, scalarType(column), label)) return true;
  const expressions = [column.default.kind === 'expression' ? column.default.sql : null, column.check?.expression, column.generated?.expression];
  return expressions.some((expression) => typeof expression === 'string' && usesLabel(expression, label, typeOf));
}

function defaultIs(given: ColumnDefinition['default'], type: string | undefined, label: EnumLabel): boolean {
  return given.kind === 'constant' && given.value === label.value && type !== undefined && typeKey(type) === label.type;
}

function scalarType(column: ColumnDefinition | undefined): string | undefined {
  return column === undefined || column.type.array ? undefined : column.type.name;
}
