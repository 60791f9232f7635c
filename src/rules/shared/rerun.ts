import type { Operation } from '../../operations/index.ts';

/** True when running the operation a second time fails, or does its work twice, because it was done already. */
export function failsWhenRepeated(operation: Operation): boolean {
  if (operation.guards.some(({ kind }) => kind !== 'condition')) return false;
  if ('ifNotExists' in operation && operation.ifNotExists) return false;
  if ('ifExists' in operation && operation.ifExists) return false;
  if (operation.kind === 'create-table') return operation.force === false;
  if (operation.kind === 'create-view' || operation.kind === 'create-function') return !operation.replace;
  return once.has(operation.kind);
}

const once = new Set<Operation['kind']>([
  'drop-table', 'rename-table', 'set-table-schema', 'add-column', 'drop-column', 'rename-column', 'create-index', 'drop-index', 'rename-index',
  'add-foreign-key', 'add-check', 'add-unique', 'add-primary-key', 'add-exclusion', 'add-not-null', 'drop-constraint', 'rename-constraint',
  'create-enum', 'add-enum-value', 'rename-enum-value', 'rename-type', 'drop-type', 'create-domain', 'drop-view', 'rename-view', 'drop-function',
  'create-trigger', 'rename-trigger', 'drop-trigger', 'create-sequence', 'drop-sequence', 'create-schema', 'rename-schema', 'drop-schema', 'create-extension',
  'drop-extension', 'attach-partition', 'detach-partition', 'create-policy', 'drop-policy', 'insert-rows', 'load-rows',
]);
