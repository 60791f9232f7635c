import type { EngineName, Operation } from '../operations/index.ts';
import { commitsImplicitly } from '../operations/index.ts';
import type { Mark, SchemaState } from './state.ts';

interface OpenTransaction {
  readonly id: number;
  readonly before: Mark;
  readonly savepoints: { readonly name: string; readonly mark: Mark }[];
}

/** Each mark costs a copy of what is written next; more savepoints and transactions than any person writes are not gone back to. */
const mostMarks = 500;

/**
 * Folds the operations of one migration into a schema, one after the other, and takes back what a ROLLBACK undoes: all since the transaction began, or since the savepoint. On MySQL and
 * MariaDB a schema statement commits what came before it and itself, so that nothing of it is taken back. Gives the `apply` to call for each operation, in order.
 */
export function foldingOf(schema: SchemaState, operations: readonly Operation[], engine: EngineName): SchemaState['apply'] {
  // Marks make the next write copy what it writes to: they are for the few migrations that roll back.
  if (!operations.some(({ kind }) => kind === 'rollback' || kind === 'rollback-to-savepoint')) return schema.apply;
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  let open: OpenTransaction | null = null;
  let marks = 0;
  return (operation, how) => {
    const { transaction } = operation;
    if (transaction !== open?.id) open = transaction === null || ++marks > mostMarks ? null : { id: transaction, before: schema.mark(), savepoints: [] };
    schema.apply(operation, how);
    if (open === null) return;
    if (operation.kind === 'savepoint') open = ++marks > mostMarks ? null : withSavepoint(open, operation.name);
    else if (operation.kind === 'release-savepoint') open.savepoints.splice(savepointAt(open, operation.name));
    else if (operation.kind === 'rollback-to-savepoint') backTo(savepointAt(open, operation.name), open, operation);
    else if (operation.kind === 'rollback' && operation.certain) schema.restore(open.before);
    else if (isMysql && commitsImplicitly(operation)) open = ++marks > mostMarks ? null : { id: open.id, before: schema.mark(), savepoints: [] };
    if (operation.kind === 'rollback' || operation.kind === 'commit') open = null;
  };

  function withSavepoint(transaction: OpenTransaction, name: string): OpenTransaction {
    transaction.savepoints.push({ name, mark: schema.mark() });
    return transaction;
  }

  function backTo(at: number, transaction: OpenTransaction, { certain }: Operation): void {
    const savepoint = transaction.savepoints[at];
    if (!savepoint || !certain) return;
    schema.restore(savepoint.mark);
    transaction.savepoints.splice(at + 1);
  }
}

/** The newest savepoint of the name, as the servers take it; past the end when there is none. */
function savepointAt({ savepoints }: OpenTransaction, name: string): number {
  const at = savepoints.findLastIndex((savepoint) => savepoint.name === name);
  return at < 0 ? savepoints.length : at;
}
