import type { Operation } from '../../operations/index.ts';

/**
 * True when the operation comes from a call that migration libraries offer for online changes (`add_column_with_default`, `add_reference_concurrently`,
 * `update_column_in_batches`). Those run several statements, refuse to run inside a transaction, and clean up or resume by themselves.
 */
export function isOnlineLibraryCall(operation: Operation): boolean {
  return /^(\w+_concurrently|add_(column|timestamps)_with_default|\w+_in_(batches|background)|(initialize|finalize|cleanup|undo|revert)_\w+|with_lock_retries)$/.test(operation.verb);
}
