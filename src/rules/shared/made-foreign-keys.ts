import type { ForeignKey, Operation, QualifiedName } from '../../operations/index.ts';

/** A foreign key with the table that it stands on. */
export interface MadeForeignKey {
  readonly table: QualifiedName;
  readonly key: ForeignKey;
}

/** The foreign keys that an operation declares, on their own or inside a table or column; temporary tables have none that matter. */
export function madeForeignKeys(operation: Operation): MadeForeignKey[] {
  switch (operation.kind) {
    case 'add-foreign-key':
      return [{ table: operation.table, key: operation.foreignKey }];
    case 'add-column':
      return operation.column.references ? [{ table: operation.table, key: { ...operation.column.references, columns: [operation.column.name] } }] : [];
    case 'create-table': {
      if (operation.temporary) return [];
      const inline = operation.columns.flatMap((column) => (column.references ? [{ ...column.references, columns: [column.name] }] : []));
      return [...inline, ...operation.foreignKeys].map((key) => ({ table: operation.table, key }));
    }
    default:
      return [];
  }
}
