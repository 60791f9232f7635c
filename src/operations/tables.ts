import type { QualifiedName } from './name.ts';
import type { Operation } from './operation.ts';

/** The table an operation mainly works on, or null when it has none. */
export function tableOf(operation: Operation): QualifiedName | null {
  switch (operation.kind) {
    case 'create-index':
      return operation.index.table;
    case 'truncate':
    case 'lock-table':
    case 'read-rows':
      return operation.tables[0] ?? null;
    case 'create-view':
    case 'drop-view':
    case 'rename-view':
    case 'refresh-materialized-view':
      return operation.view;
    default:
      return 'table' in operation ? operation.table : null;
  }
}

/** True when the operation changes the database's structure. */
export function isSchemaChange(operation: Pick<Operation, 'kind'>): boolean {
  return !isDataChange(operation) && !neutral.has(operation.kind);
}

/** True when the operation changes rows. */
export function isDataChange(operation: Pick<Operation, 'kind'>): boolean {
  return rowChanges.has(operation.kind);
}

const rowChanges = new Set<Operation['kind']>(['insert-rows', 'update-rows', 'delete-rows', 'truncate', 'load-rows']);

const neutral = new Set<Operation['kind']>([
  'read-rows', 'begin', 'commit', 'rollback', 'savepoint', 'rollback-to-savepoint', 'release-savepoint', 'lock-table', 'set-setting', 'vacuum', 'analyze', 'cluster',
  'refresh-materialized-view', 'use-model', 'reset-column-information', 'other', 'opaque',
]);
