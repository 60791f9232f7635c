import type { Step } from '../rule.ts';

/** The columns of existing rows that a step puts NOT NULL, a foreign key or a check on, or null when it does none of that or leaves the rows unchecked. */
export function constrainedColumns({ operation, table }: Step): readonly string[] | null {
  switch (operation.kind) {
    case 'set-not-null':
      return [operation.column];
    case 'add-foreign-key':
      return operation.foreignKey.validated ? operation.foreignKey.columns : null;
    case 'add-check': {
      const { expression, validated } = operation.check;
      const columns = [...(table?.columns.keys() ?? [])].filter((column) => new RegExp(`\\b${column.replace(/\W/g, '\\$&')}\\b`).test(expression));
      return validated && columns.length > 0 ? columns : null;
    }
    default:
      return null;
  }
}
