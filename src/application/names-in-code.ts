import type { Migration, QualifiedName } from '../operations/index.ts';
import { printName } from '../operations/index.ts';

/** The tables and columns whose uses in the code matter to a run: what its migrations take away, rename or add. */
export interface ChangedNames {
  /** Printed names. */
  readonly tables: ReadonlySet<string>;
  readonly columns: ReadonlySet<string>;
}

/** Collects them from the migrations that are reported. */
export function changedNames(migrations: readonly Migration[]): ChangedNames {
  const tables = new Set<string>();
  const columns = new Set<string>();
  const add = (table: QualifiedName, ...names: readonly string[]) => {
    if (!table.dynamic) tables.add(printName(table));
    for (const name of names) columns.add(name);
  };
  for (const { operations } of migrations) {
    for (const operation of operations) {
      switch (operation.kind) {
        case 'drop-column':
          add(operation.table, operation.column);
          break;
        case 'rename-column':
          add(operation.table, operation.column, operation.to);
          break;
        case 'add-column':
          add(operation.table, operation.column.name);
          break;
        case 'drop-table':
        case 'create-table':
          add(operation.table);
          break;
        case 'rename-table':
          add(operation.table);
          add(operation.to);
          break;
        default:
      }
    }
  }
  return { tables, columns };
}

/** True when what the code says is worth looking up: a migration takes something away or renames it, so that code which runs can break, or it adds something after the new code has come. With `additions`, every addition counts. */
export function codeMatters(migrations: readonly Migration[], additions: boolean): boolean {
  return migrations.some(({ source, operations }) => operations.some(({ kind }) => takesAway.has(kind) || ((additions || isAfterDeployment(source.path)) && (kind === 'add-column' || kind === 'create-table'))));
}

const takesAway: ReadonlySet<string> = new Set(['drop-column', 'rename-column', 'drop-table', 'rename-table']);

/** True for a migration (by its path) that runs after the new code was deployed: GitLab's and Discourse's `post_migrate`. */
export function isAfterDeployment(path: string): boolean {
  return /(?:^|\/)post_migrate\//.test(path);
}
