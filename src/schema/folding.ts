import type { EngineName, Operation } from '../operations/index.ts';
import { commitsImplicitly } from '../operations/index.ts';
import type { Mark, SchemaState } from './state.ts';

interface OpenTransaction {
  readonly id: number;
  readonly before: Mark;
  savepoints: readonly { readonly name: string; readonly mark: Mark }[];
}

/**
 * Folds the operations of one migration into a schema, one after the other, and takes back what a ROLLBACK undoes: all since the transaction began, or since the savepoint. On MySQL and
 * MariaDB a schema statement commits what came before it and itself, so that nothing of it is taken back. Gives the `apply` to call for each operation, in order.
 */
export function foldingOf(schema: SchemaState, operations: readonly Operation[], engine: EngineName): SchemaState['apply'] {
  // Marks make the next write copy what it writes to: they are for the few migrations that roll back.
  if (!operations.some(({ kind }) => kind === 'rollback' || kind === 'rollback-to-savepoint')) return schema.apply;
  const isMysql = engine === 'mysql' || engine === 'mariadb';
  let open: OpenTransaction | null = null;
  return (operation, how) => {
    const { transaction } = operation;
    if (transaction !== open?.id) open = transaction === null ? null : { id: transaction, before: schema.mark(), savepoints: [] };
    schema.apply(operation, how);
    if (open === null) return;
    if (operation.kind === 'savepoint') open.savepoints = [...open.savepoints, { name: operation.name, mark: schema.mark() }];
    else if (operation.kind === 'release-savepoint') open.savepoints = open.savepoints.slice(0, Math.max(0, savepointAt(open, operation.name)));
    else if (operation.kind === 'rollback-to-savepoint') backTo(savepointAt(open, operation.name), open, operation);
    else if (operation.kind === 'rollback' && operation.certain) schema.restore(open.before);
    else if (isMysql && commitsImplicitly(operation)) open = { id: open.id, before: schema.mark(), savepoints: [] };
    if (operation.kind === 'rollback' || operation.kind === 'commit') open = null;
  };

  function backTo(at: number, transaction: OpenTransaction, { certain }: Operation): void {
    const savepoint = transaction.savepoints[at];
    if (!savepoint || !certain) return;
    schema.restore(savepoint.mark);
    transaction.savepoints = transaction.savepoints.slice(0, at + 1);
  }
}

/** The newest savepoint of the name, as the servers take it; -1 when there is none. */
function savepointAt({ savepoints }: OpenTransaction, name: string): number {
  return savepoints.map((savepoint) => savepoint.name).lastIndexOf(name);
}
