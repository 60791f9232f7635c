import type { ColumnDefinition, ColumnType, Operation, OperationOf, QualifiedName } from '../../operations/index.ts';
import { sameType } from '../../operations/index.ts';
import type { Finding, Findings, Rule, StepContext } from '../rule.ts';
import { listed, quoted, quotedColumn } from './names.ts';

/** A column that a statement defines or gives another type. */
export interface WrittenColumn {
  readonly table: QualifiedName;
  readonly name: string;
  readonly type: ColumnType;
  /** The whole definition; null for a change of the type alone. */
  readonly definition: ColumnDefinition | null;
  /** True when it is the whole primary key of a table that the statement creates. */
  readonly soleKey: boolean;
}

/** The columns that an operation defines or retypes. Temporary tables have none: they last as long as the session. */
export function writtenColumns(operation: Operation, context: Pick<StepContext, 'table'>): WrittenColumn[] {
  switch (operation.kind) {
    case 'create-table':
      return operation.temporary ? [] : operation.columns.map((column) => ({ table: operation.table, name: column.name, type: column.type, definition: column, soleKey: isSoleKey(column, operation) }));
    case 'add-column':
      return [{ table: operation.table, name: operation.column.name, type: operation.column.type, definition: operation.column, soleKey: operation.column.primaryKey === true }];
    case 'alter-column-type': {
      const before = context.table?.columns.get(operation.column)?.type;
      return before && sameType(before, operation.type) ? [] : [{ table: operation.table, name: operation.column, type: operation.type, definition: null, soleKey: false }];
    }
    default:
      return [];
  }
}

function isSoleKey(column: ColumnDefinition, { primaryKey }: OperationOf<'create-table'>): boolean {
  return primaryKey.length === 0 ? column.primaryKey === true : primaryKey.length === 1 && primaryKey[0] === column.name;
}

/** Handlers that judge the columns of a statement one by one and speak of those that match in one finding. */
export function judgeColumns(matches: (column: WrittenColumn, operation: Operation, context: StepContext) => boolean, say: (columns: readonly WrittenColumn[], context: StepContext) => Finding): NonNullable<Rule['check']> {
  const judge = (operation: Operation, context: StepContext): Findings => {
    const found = writtenColumns(operation, context).filter((column) => matches(column, operation, context));
    return found.length > 0 ? say(found, context) : undefined;
  };
  return { 'create-table': judge, 'add-column': judge, 'alter-column-type': judge };
}

/** The columns as the subject of a sentence, with the verb for one or for several: `"users"."age" is`, `The columns "a" and "b" of "users" are`. */
export function columnsSubject(columns: readonly Pick<WrittenColumn, 'table' | 'name'>[], one: string, several: string): string {
  const [first] = columns;
  if (!first) return '';
  return columns.length === 1 ? `${quotedColumn(first.table, first.name)} ${one}` : `The columns ${listed(columns.map(({ name }) => name))} of ${quoted(first.table)} ${several}`;
}
