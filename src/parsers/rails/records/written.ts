import { isDataChange, type Operation } from '../../../operations/index.ts';

/** True when rows were changed, read or something was not understood since the given place in the list. */
export function touchedRows(operations: readonly Operation[], since: number): boolean {
  return operations.slice(since).some((operation) => isDataChange(operation) || operation.kind === 'read-rows' || operation.kind === 'opaque');
}
